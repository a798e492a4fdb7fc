package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.LaunchFailure;
import org.jsupervisor.process.LaunchFault;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.Leftovers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Ends that are noticed by a thread for each child, as on a kernel without pidfd. */
@EnabledOnOs(OS.LINUX)
class WaiterExitTest extends ExitContract {
  WaiterExitTest() {
    super(ExitDetection.waiters(1_500));
  }

  /** F20. */
  @Test
  void childReapedBySomethingElse_isLost() {
    Incarnation run = fixture.launch("sleep", "60");
    ReaperThief.killAndReap(fixture.awaitLaunched(run).value());

    ExitStatus status = fixture.awaitExit(run);

    assertThat(status.kind()).isEqualTo(ExitStatus.Kind.LOST);
    assertThat(status.describe()).contains("ECHILD");
    assertThat(fixture.await(PlatformReport.Exited.class, run).usage()).isEmpty();
  }

  @Test
  void groupOfALeaderThatSomethingElseHasReaped_isNotSignalledByItsNumber() {
    Path file = directory.resolve("pid");
    // Kept, so that it is not killed by its token either.
    Incarnation run =
        fixture.launch(
            spec -> spec.withLeftovers(Leftovers.KEPT),
            "sh",
            "-c",
            "sleep 60 & echo $! > \"$0\"; wait",
            file.toString());
    Pid leader = fixture.awaitLaunched(run);
    long grandchild = Long.parseLong(fixture.awaitLine(file));
    try {
      ReaperThief.killAndReapAlone(leader.value());

      fixture.platform.signal(run, Signal.KILL);
      fixture.awaitExit(run);

      assertThat(PlatformFixture.isAlive(grandchild)).isTrue();
    } finally {
      PlatformFixture.kill(grandchild);
    }
  }

  @Test
  void oneMoreThanMayBeWaitedFor_isNotStarted_andMayBeLater() {
    var two = PosixOptions.defaults().withExitDetection(ExitDetection.waiters(2));
    Path file = directory.resolve("started");
    try (var small = new PlatformFixture(two)) {
      Incarnation first = small.launch("sleep", "60");
      small.awaitLaunched(first);
      small.awaitLaunched(small.launch("sleep", "60"));

      LaunchFailure failure = small.awaitFailure(small.launch("touch", file.toString()));
      assertThat(failure.fault()).isEqualTo(LaunchFault.HOST);
      assertThat(failure.error()).isEqualTo("EAGAIN");
      assertThat(failure.message()).contains("at most 2 children");
      assertThat(file).doesNotExist();

      small.platform.signal(first, Signal.KILL);
      small.awaitExit(first);
      small.awaitExit(small.launch("touch", file.toString()));
      assertThat(file).exists();
    }
  }

  @Test
  void interruptOfTheEnginesThread_staysSet_andHidesNoEnd() {
    Incarnation run = fixture.launch("true");
    Thread.currentThread().interrupt();

    fixture.await("an exit", () -> !fixture.all(PlatformReport.Exited.class, run).isEmpty());

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void waiters_endWithTheirChildren() {
    Set<Thread> others = allWaiters();
    List<Incarnation> runs = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      runs.add(fixture.launch("sleep", "60"));
    }
    runs.forEach(fixture::awaitLaunched);
    // One waits for the host-death guard.
    fixture.await("51 waiters", () -> waitersBut(others) == 51);

    runs.forEach(run -> fixture.platform.signal(run, Signal.KILL));
    runs.forEach(fixture::awaitExit);

    fixture.await("the end of the waiters", () -> waitersBut(others) == 1);
  }

  /** Those of another test may be still there, and end meanwhile. */
  private static long waitersBut(Set<Thread> others) {
    return allWaiters().stream().filter(thread -> !others.contains(thread)).count();
  }

  private static Set<Thread> allWaiters() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("supervisor-waiter-"))
        .collect(Collectors.toSet());
  }

  @Test
  void limitOutOfItsRange_isRefused() {
    assertThatThrownBy(() -> ExitDetection.waiters(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("waiters must be 1 to 100000, was 0");
  }
}
