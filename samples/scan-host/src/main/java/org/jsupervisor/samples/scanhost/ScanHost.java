package org.jsupervisor.samples.scanhost;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jsupervisor.StopReport;
import org.jsupervisor.Supervisor;
import org.jsupervisor.core.SupervisorBuilder;
import org.jsupervisor.jmx.remote.RemoteConnector;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.posix.PosixOptions;
import org.jsupervisor.posix.PosixPlatform;
import org.jsupervisor.posix.UserChanges;
import org.jsupervisor.rescan.ChangePlan;
import org.jsupervisor.scan.DirectoryFollower;
import org.jsupervisor.scan.DirectoryWatch;
import org.jsupervisor.scan.ScanDirectory;
import org.jsupervisor.scan.ScanFailedException;
import org.jsupervisor.scan.ScanResult;
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
    if (words.length > 0 && words[0].equals(AccountCommand.WORD)) {
      System.exit(account(List.of(words).subList(1, words.length)).number());
    }
    if (List.of(words).contains(Option.HELP.word())) {
      System.out.println(Arguments.HELP);
      System.exit(ExitCode.OK.number());
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
    } catch (ScanFailedException | UnusableFileException e) {
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

  /** Likewise. */
  private static ExitCode account(List<String> words) {
    try {
      return AccountCommand.parse(words).run(System.out);
    } catch (Arguments.UsageException e) {
      return fail(ExitCode.USAGE, e.getMessage() + "; " + AccountCommand.USAGE);
    } catch (IOException e) {
      return fail(ExitCode.OS_ERROR, String.valueOf(e.getMessage()));
    }
  }

  private static ExitCode fail(ExitCode code, String message) {
    System.err.println("scan-host: " + message);
    return code;
  }

  /** What is there before the first service is. */
  private record Prepared(
      ScanDirectory directory, ScanResult found, SupervisorSpec spec, Memory memory, Ways ways) {}

  private ExitCode supervise() throws IOException, InterruptedException {
    // The platform knows which signals a definition may name, and belongs to the tree once it runs.
    Platform platform = PosixPlatform.open(options());
    Prepared prepared;
    try {
      ScanDirectory directory = arguments.sources().scanned(arguments.directory(), platform);
      ScanResult found = directory.read();
      if (arguments.purpose() == Arguments.Purpose.PLAN) {
        platform.close();
        return plan(found);
      }
      Memory memory = Memory.of(arguments.sources().memory());
      prepared = new Prepared(directory, found, spec(found, memory), memory, Ways.open(arguments));
    } catch (IOException | RuntimeException | Error e) {
      platform.close();
      throw e;
    }
    try (Ways ways = prepared.ways();
        Memory memory = prepared.memory()) {
      SupervisorBuilder builder = SupervisorBuilder.of(prepared.spec(), platform);
      try (Supervisor tree = ways.addTo(builder.addListener(printer)).start();
          Ways.Beans beans = ways.show(tree)) {
        memory.follow(tree);
        DirectoryFollower follower =
            DirectoryFollower.following(
                    prepared.directory(), prepared.found(), tree, ScanHost::aside)
                .finishing(memory::applied);
        FollowedTree followed = new FollowedTree(tree, follower, printer);
        beans.show(followed);
        tellBeginning(prepared, beans);
        return follow(tree, followed);
      }
    }
  }

  private void tellBeginning(Prepared prepared, Ways.Beans beans) {
    printer.note(
        prepared.found().specs().size()
            + " services; "
            + beans.own().names().size()
            + " beans in JMX; HUP reloads");
    prepared.ways().door().ifPresent(door -> printer.note(address(door)));
  }

  private String address(RemoteConnector door) {
    return "JMX consoles may connect to "
        + arguments
            .door()
            .flatMap(Door::url)
            .map(file -> door.host() + "; the URL is in " + file)
            .orElseGet(() -> door.url().toString());
  }

  private PosixOptions options() {
    return PosixOptions.defaults()
        .withUserChanges(
            switch (arguments.users()) {
              case AS_DEFINED -> UserChanges.APPLIED;
              case UNCHANGED -> UserChanges.SWITCHED_OFF;
            });
  }

  /** What a start would do, without it; as a check of the directory. */
  private ExitCode plan(ScanResult found) {
    ChangePlan plan = found.planOfStart();
    plan.notes().forEach(printer::remark);
    plan.problems().forEach(printer::problem);
    plan.changes().forEach(change -> printer.note(change.toString()));
    return plan.problems().isEmpty() ? ExitCode.OK : ExitCode.DATA_ERROR;
  }

  private SupervisorSpec spec(ScanResult found, Memory memory) {
    found.notes().forEach(printer::remark);
    found.problems().forEach(printer::problem);
    memory.lines().forEach(printer::note);
    SupervisorSpec.Builder spec = SupervisorSpec.builder(arguments.name());
    found.specs().forEach(each -> spec.addChild(memory.applied(each)));
    return spec.build();
  }

  /** Reading a directory may take long, and neither a signal nor the tree is to wait for it. */
  private static void aside(Runnable reading) {
    Thread reader = new Thread(reading, "scan-host-reader");
    reader.setDaemon(true);
    reader.start();
  }

  private ExitCode follow(Supervisor tree, FollowedTree followed)
      throws IOException, InterruptedException {
    Optional<DirectoryWatch> watch =
        arguments.purpose() == Arguments.Purpose.WATCH
            ? Optional.of(followed.watch())
            : Optional.empty();
    try {
      return serve(tree, followed);
    } finally {
      watch.ifPresent(DirectoryWatch::close);
    }
  }

  private ExitCode serve(Supervisor tree, FollowedTree followed) throws InterruptedException {
    tree.stopped().thenRun(() -> signals.ask(HostSignals.Request.STOP));
    followed.sayWhenReady();
    while (signals.take() == HostSignals.Request.RELOAD) {
      followed.reload();
    }
    StopReport report = tree.stop("asked by a signal").toCompletableFuture().join();
    report.unkillable().forEach(child -> printer.note(child + " could not be killed"));
    if (report.cause() == StopReport.Cause.ASKED) {
      printer.note("stopped, after " + report.took().toMillis() + " ms");
      return ExitCode.OK;
    }
    return fail(ExitCode.TREE_ENDED, report.reason());
  }
}
