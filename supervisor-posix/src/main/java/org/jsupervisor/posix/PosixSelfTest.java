package org.jsupervisor.posix;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.platform.LaunchRequest;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.posix.internal.guard.RunToken;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.SelfTestReport;
import org.jsupervisor.process.SelfTestReport.Check;
import org.jsupervisor.process.SelfTestReport.Outcome;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.Environment;
import org.jsupervisor.spec.ProcessSpec;

/**
 * Tries on this host what {@link PosixPlatform} promises: that a child starts clean, that its end
 * is told, that a failed exec is told as an error, and that a group can be killed; and warns if the
 * host is process 1, which gets orphans that nobody waits for. An embedder may run it before it
 * opens its platform, or at any time later, as it opens a platform of its own.
 *
 * <p>It needs {@code sh} and {@code sleep} in the {@code PATH} of {@link
 * PosixOptions#hostEnvironment}, and {@code /proc}.
 */
public final class PosixSelfTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  // Of all checks together: a host that fails one by silence mostly fails others, too.
  private static final Duration PATIENCE_IN_ALL = Duration.ofSeconds(20);
  private static final long STEP_NANOS = Duration.ofMillis(50).toNanos();
  private static final int EXIT_CODE = 7;
  // Not the host's own directory, most probably, and there on every Linux.
  private static final String DIRECTORY = "/dev";
  // It stops itself, so that it can be looked at in peace.
  private static final String LOOK_AT_ME = "echo up; kill -STOP $$; exit " + EXIT_CODE;
  private static final String HAVE_A_CHILD = "sleep 60 & echo $!; wait";

  private final PosixPlatform platform;
  private final List<Check> checks = new ArrayList<>();
  private final List<PlatformReport> reports = new ArrayList<>();
  // Written by the output thread.
  private final Queue<String> output = new ConcurrentLinkedQueue<>();
  private final long beginNanos = System.nanoTime();
  private long launches;

  private PosixSelfTest(PosixPlatform platform) {
    this.platform = platform;
  }

  /**
   * Makes all checks. Any thread; blocks for a fraction of a second, for half a minute at most if
   * the host does not answer. What cannot be opened at all is a failed check, too.
   */
  public static SelfTestReport run(PosixOptions options) {
    try (PosixPlatform own = PosixPlatform.open(options)) {
      PosixSelfTest test = new PosixSelfTest(own);
      test.lookAtTheHost(ProcessHandle.current().pid());
      test.lookAtAChild(options.hostEnvironment());
      test.failToLaunch();
      test.killAGroup();
      return new SelfTestReport(test.checks);
    } catch (UnsupportedOperationException | IllegalStateException e) {
      return new SelfTestReport(
          List.of(new Check("platform", Outcome.FAILED, String.valueOf(e.getMessage()))));
    }
  }

  private void lookAtTheHost(long pid) {
    checks.add(
        HostCheck.warningOf(pid)
            .map(warning -> new Check("init", Outcome.WARNED, warning))
            .orElseGet(() -> new Check("init", Outcome.PASSED, "this JVM is process " + pid)));
  }

  private void lookAtAChild(Map<String, String> hosts) {
    Environment environment =
        Environment.empty()
            .with("PATH", hosts.getOrDefault("PATH", "/bin:/usr/bin"))
            .with("SELF_TEST", "a b=c");
    Incarnation run =
        launch(
            spec("sh", "-c", LOOK_AT_ME)
                .withDirectory(Path.of(DIRECTORY))
                .withEnvironment(environment));
    if (!checkStart("start", run, () -> pid(run).isPresent())) {
      return;
    }
    ChildOnDisplay child = new ChildOnDisplay(pid(run).orElseThrow());
    if (!check("output", () -> text().equals("up\n"), () -> "read '" + text().strip() + "'")
        || !check("stop", () -> child.state().startsWith("T"), child::state)) {
      return;
    }
    check("descriptors", () -> child.descriptors().equals("0 1 2"), child::descriptors);
    check("stdin", () -> child.link("fd/0").equals("/dev/null"), () -> child.link("fd/0"));
    check("signal mask", () -> child.isZero("SigBlk"), () -> child.status("SigBlk"));
    check("ignored signals", () -> child.isZero("SigIgn"), () -> child.status("SigIgn"));
    check("group and session", child::leadsItsSession, child::groupAndSession);
    check("directory", () -> child.link("cwd").equals(DIRECTORY), () -> child.link("cwd"));
    check("umask", child::hasTheHostsUmask, () -> child.status("Umask"));
    check(
        "environment",
        () -> withoutToken(child.environment()).equals(environment.resolve(Map.of())),
        () -> child.environment().keySet().toString());
    platform.signal(run, Signal.CONT);
    ExitStatus expected = new ExitStatus.Exited(EXIT_CODE);
    check("exit status", () -> exit(run).equals(Optional.of(expected)), () -> exitOf(run));
  }

  /** The token of the run is the one variable that nobody has asked for. */
  private static Map<String, String> withoutToken(Map<String, String> environment) {
    Map<String, String> rest = new TreeMap<>(environment);
    return rest.remove(RunToken.VARIABLE) == null ? Map.of() : rest;
  }

  private void failToLaunch() {
    Incarnation run = launch(spec("/proc/self/no such program"));
    check("launch error", () -> launchOf(run).startsWith("ENOENT"), () -> launchOf(run));
  }

  private void killAGroup() {
    output.clear();
    Incarnation run = launch(spec("sh", "-c", HAVE_A_CHILD));
    if (!checkStart("start of a group", run, () -> text().endsWith("\n"))) {
      return;
    }
    ChildOnDisplay grandchild = new ChildOnDisplay(text().strip());
    platform.stop(run, Signal.KILL);
    ExitStatus expected = new ExitStatus.Signalled(Signal.KILL, false);
    check("kill", () -> exit(run).equals(Optional.of(expected)), () -> exitOf(run));
    check(
        "kill of the group",
        grandchild::isGone,
        () -> "child of the child is " + (grandchild.isGone() ? "gone" : grandchild.state()));
  }

  private static ProcessSpec.Builder spec(String... command) {
    return ProcessSpec.builder("self-test", List.of(command));
  }

  private Incarnation launch(ProcessSpec.Builder spec) {
    var run = new Incarnation(ChildId.of("self-test"), ++launches);
    OutputSink sink =
        (source, bytes) -> output.add(StandardCharsets.US_ASCII.decode(bytes).toString());
    platform.launch(new LaunchRequest(run, spec.build(), new OutputTarget.Piped(sink)));
    return run;
  }

  private String text() {
    return String.join("", output);
  }

  /** Waits for what must be, and writes down what was seen then, or when the time was over. */
  private boolean check(String name, BooleanSupplier mustBe, Seen seen) {
    await(mustBe);
    return note(name, mustBe, seen);
  }

  /** As {@link #check}, but a launch that has failed is not waited for. */
  private boolean checkStart(String name, Incarnation run, BooleanSupplier mustBe) {
    await(() -> mustBe.getAsBoolean() || hasFailed(run));
    return note(name, mustBe, () -> launchOf(run));
  }

  private void await(BooleanSupplier condition) {
    long spent = System.nanoTime() - beginNanos;
    long until = Math.min(spent + PATIENCE.toNanos(), PATIENCE_IN_ALL.toNanos());
    while (!condition.getAsBoolean() && System.nanoTime() - beginNanos < until) {
      platform.poll(STEP_NANOS, reports::add);
    }
  }

  private boolean note(String name, BooleanSupplier mustBe, Seen seen) {
    boolean passed = mustBe.getAsBoolean();
    checks.add(new Check(name, passed ? Outcome.PASSED : Outcome.FAILED, seen.text()));
    return passed;
  }

  private interface Seen {
    String text();
  }

  private <T extends PlatformReport> Optional<T> report(Class<T> kind, Incarnation run) {
    return reports.stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .filter(report -> report.incarnation().equals(run))
        .findFirst();
  }

  private Optional<String> pid(Incarnation run) {
    return report(PlatformReport.Launched.class, run).map(launched -> launched.pid().toString());
  }

  private boolean hasFailed(Incarnation run) {
    return report(PlatformReport.LaunchFailed.class, run).isPresent();
  }

  private String launchOf(Incarnation run) {
    return report(PlatformReport.LaunchFailed.class, run)
        .map(failed -> failed.failure().toString())
        .or(() -> pid(run).map(pid -> "pid " + pid))
        .orElse("no answer");
  }

  private Optional<ExitStatus> exit(Incarnation run) {
    return report(PlatformReport.Exited.class, run).map(PlatformReport.Exited::status);
  }

  private String exitOf(Incarnation run) {
    return exit(run).map(ExitStatus::describe).orElse("not told");
  }
}
