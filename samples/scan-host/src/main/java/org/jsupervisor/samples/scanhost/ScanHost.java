package org.jsupervisor.samples.scanhost;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jsupervisor.StopReport;
import org.jsupervisor.Supervisor;
import org.jsupervisor.core.SupervisorBuilder;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.jmx.Registration;
import org.jsupervisor.jmx.SupervisorMBeans;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.posix.PosixPlatform;
import org.jsupervisor.posix.UnixDatagrams;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.scan.ChangePlan;
import org.jsupervisor.scan.DirectoryFollower;
import org.jsupervisor.scan.DirectoryWatch;
import org.jsupervisor.scan.ScanDirectory;
import org.jsupervisor.scan.ScanFailedException;
import org.jsupervisor.scan.ScanListener;
import org.jsupervisor.scan.ScanReport;
import org.jsupervisor.scan.ScanResult;
import org.jsupervisor.scan.WatchOptions;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.TreeSnapshot;
import org.jsupervisor.spec.InvalidSpecException;
import org.jsupervisor.spec.SupervisorSpec;

/**
 * Supervises a scan directory: {@code scan-host DIRECTORY}. HUP reads the directory again; TERM and
 * INT stop everything in reverse order. {@code scan-host tail} prints what a service has logged.
 */
public final class ScanHost {
  /** How long the end waits for somebody to read the last lines. */
  private static final Duration DRAIN_WAIT = Duration.ofSeconds(2);

  private final Arguments arguments;
  private final LivePrinter printer;
  private final HostSignals signals;

  /** Whether the line that says that all are up is still to come. */
  private final AtomicBoolean awaitsReady = new AtomicBoolean();

  private ScanHost(Arguments arguments, LivePrinter printer, HostSignals signals) {
    this.arguments = arguments;
    this.printer = printer;
    this.signals = signals;
  }

  /** Runs until it is told to stop. */
  public static void main(String... words) throws InterruptedException {
    if (words.length > 0 && words[0].equals(TailCommand.WORD)) {
      System.exit(tail(List.of(words).subList(1, words.length)).number());
    }
    LineQueue out = new LineQueue(System.out, "out");
    LineQueue err = new LineQueue(System.err, "err");
    // Nobody else must wait for a reader either: the library logs.
    System.setOut(out.asStream());
    System.setErr(err.asStream());
    ExitCode code = run(out, words);
    out.close(DRAIN_WAIT);
    err.close(DRAIN_WAIT);
    System.exit(code.number());
  }

  private static ExitCode run(LineQueue out, String... words) {
    try {
      Arguments arguments = Arguments.parse(words);
      LivePrinter printer = new LivePrinter(out::print, arguments.form());
      return new ScanHost(arguments, printer, new HostSignals()).supervise();
    } catch (Arguments.UsageException e) {
      return fail(ExitCode.USAGE, e.getMessage() + "; " + Arguments.USAGE);
    } catch (InvalidSpecException e) {
      return fail(ExitCode.USAGE, String.valueOf(e.getMessage()));
    } catch (ScanFailedException e) {
      return fail(ExitCode.NO_INPUT, String.valueOf(e.getMessage()));
    } catch (IOException | UnsupportedOperationException | IllegalStateException e) {
      return fail(ExitCode.OS_ERROR, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return fail(ExitCode.OS_ERROR, "interrupted");
    } catch (RuntimeException e) {
      // Here and not by the JVM, which would print it when nobody prints any more.
      e.printStackTrace();
      return fail(ExitCode.TREE_ENDED, "failed: " + e);
    }
  }

  /** Another program, in fact: nothing is supervised, and no line is to be dropped. */
  private static ExitCode tail(List<String> words) throws InterruptedException {
    try {
      return TailCommand.parse(words).run(System.out, System.err);
    } catch (Arguments.UsageException e) {
      return fail(ExitCode.USAGE, e.getMessage() + "; " + TailCommand.USAGE);
    } catch (ScanFailedException e) {
      return fail(ExitCode.NO_INPUT, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return fail(ExitCode.OS_ERROR, String.valueOf(e.getMessage()));
    }
  }

  private static ExitCode fail(ExitCode code, String message) {
    System.err.println("scan-host: " + message);
    return code;
  }

  private ExitCode supervise() throws IOException, InterruptedException {
    // The platform knows which signals a definition may name, and belongs to the tree once it runs.
    Platform platform = PosixPlatform.open();
    ScanDirectory directory;
    ScanResult found;
    SupervisorSpec spec;
    try {
      directory = directory(platform);
      found = directory.read();
      if (arguments.purpose() == Arguments.Purpose.PLAN) {
        platform.close();
        return plan(found);
      }
      spec = spec(found);
    } catch (IOException | RuntimeException | Error e) {
      platform.close();
      throw e;
    }
    try (Supervisor tree = SupervisorBuilder.of(spec, platform).addListener(printer).start();
        Registration beans = SupervisorMBeans.register(tree)) {
      printer.note(
          found.specs().size()
              + " services; "
              + beans.names().size()
              + " beans in JMX; HUP reloads");
      DirectoryFollower follower =
          DirectoryFollower.following(directory, found, tree, ScanHost::aside);
      Optional<DirectoryWatch> watch = watch(tree, follower);
      try {
        return follow(tree, follower);
      } finally {
        watch.ifPresent(DirectoryWatch::close);
      }
    }
  }

  private Optional<DirectoryWatch> watch(Supervisor tree, DirectoryFollower follower)
      throws IOException {
    if (arguments.purpose() != Arguments.Purpose.WATCH) {
      return Optional.empty();
    }
    ScanListener listener =
        new ScanListener() {
          @Override
          public void onReport(ScanReport report) {
            if (!report.isEmpty()) {
              report(report);
              sayWhenReady(tree);
            }
          }

          @Override
          public void onFailure(Throwable reason) {
            printer.note("nothing was changed: " + reason(reason));
          }
        };
    return Optional.of(DirectoryWatch.begin(follower, WatchOptions.defaults(), listener));
  }

  private ScanDirectory directory(Platform platform) throws IOException {
    DefinitionSettings settings =
        DefinitionSettings.of(arguments.logRoot())
            .withSupportedSignals(platform::supports)
            .withUnixSockets(UnixDatagrams::to);
    return Format.directory(arguments.directory(), arguments.also(), settings);
  }

  /** What a start would do, without it; as a check of the directory. */
  private ExitCode plan(ScanResult found) {
    ChangePlan plan = ChangePlan.ofStart(found);
    plan.notes().forEach(printer::remark);
    plan.problems().forEach(printer::problem);
    plan.changes().forEach(change -> printer.note(change.toString()));
    return plan.problems().isEmpty() ? ExitCode.OK : ExitCode.DATA_ERROR;
  }

  private SupervisorSpec spec(ScanResult found) {
    found.notes().forEach(printer::remark);
    found.problems().forEach(printer::problem);
    SupervisorSpec.Builder spec = SupervisorSpec.builder(arguments.name());
    found.specs().forEach(spec::addChild);
    return spec.build();
  }

  /** Reading a directory may take long, and neither a signal nor the tree is to wait for it. */
  private static void aside(Runnable reading) {
    Thread reader = new Thread(reading, "scan-host-reader");
    reader.setDaemon(true);
    reader.start();
  }

  private ExitCode follow(Supervisor tree, DirectoryFollower follower) throws InterruptedException {
    tree.stopped().thenRun(() -> signals.ask(HostSignals.Request.STOP));
    sayWhenReady(tree);
    while (signals.take() == HostSignals.Request.RELOAD) {
      reload(tree, follower);
    }
    StopReport report = tree.stop("asked by a signal").toCompletableFuture().join();
    report.unkillable().forEach(child -> printer.note(child + " could not be killed"));
    if (report.cause() == StopReport.Cause.ASKED) {
      printer.note("stopped, after " + report.took().toMillis() + " ms");
      return ExitCode.OK;
    }
    return fail(ExitCode.TREE_ENDED, report.reason());
  }

  /** One line for all that wait for it: it is true of what was read until then. */
  private void sayWhenReady(Supervisor tree) {
    if (awaitsReady.getAndSet(true)) {
      return;
    }
    var unused =
        tree.ready()
            .whenComplete(
                (snapshot, refusal) -> {
                  awaitsReady.set(false);
                  if (snapshot != null) {
                    printer.ready(upAndWanted(snapshot));
                  }
                });
  }

  private static String upAndWanted(TreeSnapshot snapshot) {
    long wanted = snapshot.children().stream().filter(c -> c.desire() == Desire.UP).count();
    return "all " + wanted + " services that should be up are up";
  }

  /** Does not wait: what is removed may take its time to stop. */
  private void reload(Supervisor tree, DirectoryFollower follower) {
    printer.note("reads " + arguments.directory() + " again");
    var unused =
        follower
            .rescan()
            .whenComplete(
                (report, error) -> {
                  if (report == null) {
                    // The running tree keeps its last good state; the operator sees why.
                    printer.note("nothing was changed: " + reason(error));
                  } else {
                    report(report);
                  }
                  sayWhenReady(tree);
                });
  }

  private static String reason(Throwable error) {
    Throwable cause = error.getCause();
    return String.valueOf((cause == null ? error : cause).getMessage());
  }

  private void report(ScanReport report) {
    report.notes().forEach(printer::remark);
    report.problems().forEach(printer::problem);
    printer.note(
        "added "
            + names(report.added())
            + ", changed "
            + names(report.changed())
            + ", rolled back "
            + names(report.rolledBack())
            + ", removed "
            + names(report.removed())
            + ", kept as they were "
            + names(report.kept()));
  }

  private static String names(List<ChildId> children) {
    return children.isEmpty() ? "none" : children.toString();
  }
}
