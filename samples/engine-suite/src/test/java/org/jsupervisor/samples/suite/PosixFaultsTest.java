package org.jsupervisor.samples.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jsupervisor.OperationRefusedException;
import org.jsupervisor.Refusal;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.RestartLimit;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.posix.ExitDetection;
import org.jsupervisor.posix.PosixOptions;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.Watchdog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What trees make of faults of real children; the numbers are those of docs/faults.md. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the POSIX platform knows Linux only so far")
class PosixFaultsTest extends PosixCase {
  private static final ChildId A = ChildId.of("a");
  private static final ChildId B = ChildId.of("b");
  private static final StopSpec SHORT_GRACE = StopSpec.of(Signal.TERM, Duration.ofMillis(200));

  private static final StopSpec SHORT_PATIENCE =
      new StopSpec(
          StopSpec.of(Signal.TERM, Duration.ofMillis(200)).ladder(), Duration.ofMillis(300));

  private static ProcessSpec.Builder child(String id, String... command) {
    return ProcessSpec.builder(id, List.of(command))
        .withReadiness(ReadinessSpec.atLaunch())
        .withRestart(RestartPolicy.permanent().withBackoff(Backoff.fixed(Duration.ofMillis(10))));
  }

  private Pid pid(ChildId id) {
    return now(id).pid().orElseThrow();
  }

  private static void signal(String name, Object target) throws Exception {
    var kill = new ProcessBuilder("/bin/kill", "-s", name, "--", target.toString()).start();
    assertThat(kill.waitFor()).isZero();
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }

  /** F11: the grandchild is in the group, and deaf as well. */
  @Test
  void f11_deafGroup_isKilledWhole_andReportedAsKilled() throws Exception {
    Path file = directory.resolve("grandchild");
    String script = "trap '' TERM; sleep 1000 & echo $! > \"$0\"; echo >&3; wait";
    start(
        child("a", "/bin/sh", "-c", script, file.toString())
            .withReadiness(ReadinessSpec.notified(3))
            .withStop(SHORT_GRACE));
    world.await(tree.ready());
    long grandchild = Long.parseLong(Files.readString(file).strip());

    ChildSnapshot down = world.await(tree.down(A));

    Exit exit = down.lastExit().orElseThrow();
    assertThat(exit.status()).isEqualTo(new ExitStatus.Signalled(Signal.KILL, false));
    assertThat(exit.cause()).isEqualTo(ExitCause.ASKED_TO_STOP);
    world.awaitUntil("the end of the grandchild", () -> !isAlive(grandchild));
  }

  /**
   * F12: who is traced cannot be reaped before its tracer lets go, and that one stands still. To
   * the supervisor that is a child that outlives KILL.
   */
  @ParameterizedTest
  @EnumSource(
      value = ExitDetection.Method.class,
      names = {"PIDFD", "WAITERS"})
  void f12_childThatOutlivesKill_isUnkillable_keepsItsSlot_andHoldsUpNobody(
      ExitDetection.Method method) throws Exception {
    world = new PosixWorld(PosixOptions.defaults().withExitDetection(new ExitDetection(method, 9)));
    start(child("a", "sleep", "1000").withStop(SHORT_PATIENCE), child("b", "sleep", "1000"));
    world.await(tree.ready());
    Pid doomed = pid(A);
    Process tracer = trace(doomed);
    try {
      signal("STOP", tracer.pid());
      assertThatThrownBy(() -> world.await(tree.down(A)))
          .isInstanceOfSatisfying(
              OperationRefusedException.class,
              refused -> assertThat(refused.refusal()).isEqualTo(Refusal.UNKILLABLE));

      assertThat(now(A).phase()).isEqualTo(Phase.UNKILLABLE);
      assertThat(now(A).pid()).contains(doomed);
      world.awaitUntil("the event", () -> events.stream().anyMatch(PosixFaultsTest::isUnkillable));
      world.await(tree.restart(B, "a sibling goes on"));
      assertThat(now(A).counters().launches()).isEqualTo(1);

      tracer.destroyForcibly();
      world.awaitUntil("its end", () -> now(A).phase() == Phase.DOWN);
      assertThat(world.await(tree.up(A)).ready()).isTrue();
    } finally {
      tracer.destroyForcibly();
    }
  }

  private static boolean isUnkillable(SupervisorEvent event) {
    return event instanceof SupervisorEvent.PhaseChanged changed
        && changed.to() == Phase.UNKILLABLE;
  }

  private static Process trace(Pid pid) throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/strace")), "tool missing: strace");
    Process tracer =
        new ProcessBuilder("/usr/bin/strace", "-o", "/dev/null", "-p", pid.toString())
            .redirectErrorStream(true)
            .start();
    String said = tracer.inputReader(StandardCharsets.UTF_8).readLine();
    if (said == null || !said.contains("attached")) {
      tracer.destroyForcibly();
      assumeTrue(false, "strace may not attach here: " + said);
    }
    return tracer;
  }

  /** F13: nobody has told us that it stands still. ABRT does not wake it, KILL does. */
  @Test
  void f13_childStoppedFromOutside_missesItsWatchdog_andIsReplaced() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/perl")), "tool missing: perl");
    String ping =
        "use Socket; $n = $ENV{NOTIFY_SOCKET}; $n =~ s/^@/\\0/; socket($s, AF_UNIX, SOCK_DGRAM, 0);"
            + "while (1) { send($s, \"READY=1\\nWATCHDOG=1\", 0, pack_sockaddr_un($n));"
            + " select(undef, undef, undef, 0.05) }";
    start(
        child("a", "perl", "-e", ping)
            .withReadiness(ReadinessSpec.notifiedBySocket())
            .withWatchdog(Watchdog.every(Duration.ofSeconds(1)))
            .withStop(SHORT_GRACE));
    world.await(tree.ready());

    signal("STOP", pid(A));
    world.awaitUntil("a second run", () -> now(A).counters().launches() >= 2 && now(A).ready());

    Exit exit = now(A).lastExits().get(0);
    assertThat(exit.cause()).isEqualTo(ExitCause.WATCHDOG);
    assertThat(exit.status()).isInstanceOf(ExitStatus.Signalled.class);
  }

  /** F18. */
  @Test
  void f18_backoffOfZeroLives_grows_andTheSiblingRunsOn() {
    start(
        child("a", "/bin/true")
            .withRestart(
                RestartPolicy.permanent()
                    .withLimit(RestartLimit.none())
                    .withBackoff(Backoff.exponential(Duration.ofMillis(1), Duration.ofHours(1)))),
        child("b", "sleep", "1000"));
    world.awaitUntil("seven restarts", () -> delays().size() >= 7);

    List<Duration> delays = delays();
    for (int i = 1; i < 7; i++) {
      assertThat(delays.get(i)).isGreaterThan(delays.get(i - 1));
    }
    assertThat(now(B).counters().launches()).isEqualTo(1);
  }

  private List<Duration> delays() {
    return events.stream()
        .filter(SupervisorEvent.RestartScheduled.class::isInstance)
        .map(event -> ((SupervisorEvent.RestartScheduled) event).delay())
        .toList();
  }

  /** F21: the same signal, sent by somebody else and by us; and a code that looks like it. */
  @Test
  void f21_killedByTerm_isCleanOnlyIfWeSentIt_andIsNotExit143() throws Exception {
    var transientChild =
        RestartPolicy.transientPolicy().withBackoff(Backoff.fixed(Duration.ofMillis(10)));
    start(
        child("a", "sleep", "1000").withRestart(transientChild),
        child("b", "sh", "-c", "exit 143").withRestart(RestartPolicy.temporary()));
    world.await(tree.ready());

    signal("TERM", pid(A));
    world.awaitUntil("a second run", () -> now(A).counters().launches() == 2 && now(A).ready());
    ChildSnapshot down = world.await(tree.down(A));

    assertThat(down.counters().restarts()).isEqualTo(1);
    assertThat(down.lastExits())
        .extracting(Exit::status)
        .containsOnly(new ExitStatus.Signalled(Signal.TERM, false));
    assertThat(down.lastExits())
        .extracting(Exit::cause)
        .containsExactlyInAnyOrder(ExitCause.BY_ITSELF, ExitCause.ASKED_TO_STOP);
    assertThat(events)
        .filteredOn(SupervisorEvent.Ended.class::isInstance)
        .extracting(event -> ((SupervisorEvent.Ended) event).exit().status())
        .contains(new ExitStatus.Exited(143));
  }
}
