package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.Leftovers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the rest of a group when its leader has ended. */
abstract class LeftoversContract {
  private static final String LEAVE_ONE = "sleep 60 & echo $! > \"$0\"; exit 1";
  static final String STAY_WITH_ONE = "sleep 60 & echo $! > \"$0\"; wait";
  private static final String STAY_WITH_ONE_THAT_IGNORES =
      "(trap '' USR1 TERM; exec sh -c 'echo $$ > \"$0\"; exec sleep 60' \"$0\") & wait";

  final PlatformFixture fixture;

  LeftoversContract(ExitDetection detection) {
    fixture = new PlatformFixture(PosixOptions.defaults().withExitDetection(detection));
  }

  @TempDir Path directory;

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void leaderThatEndsByItself_leavesNobodyBehind() {
    Incarnation run = launch(Leftovers.KILLED, LEAVE_ONE);
    long grandchild = grandchild();

    assertThat(fixture.awaitExit(run)).isEqualTo(new ExitStatus.Exited(1));

    awaitEnd(grandchild);
  }

  @Test
  void leaderKilledFromOutside_leavesNobodyBehind() {
    Incarnation run = launch(Leftovers.KILLED, STAY_WITH_ONE);
    Pid leader = fixture.awaitLaunched(run);
    long grandchild = grandchild();

    PlatformFixture.kill(leader.value());

    assertThat(fixture.awaitExit(run)).isEqualTo(new ExitStatus.Signalled(Signal.KILL, false));
    awaitEnd(grandchild);
  }

  @Test
  void leaderThatWasOnlySignalled_leavesNobodyBehind() {
    awaitEnd(leftWhenEnded(Leftovers.KILLED, run -> fixture.platform.signal(run, Signal.USR1)));
  }

  @Test
  void keptLeftovers_ofALeaderThatEndsByItself_liveOn() {
    Incarnation run = launch(Leftovers.KEPT, LEAVE_ONE);
    long grandchild = grandchild();

    fixture.awaitExit(run);

    assertThatItLives(grandchild);
  }

  @Test
  void keptLeftovers_ofALeaderThatWasOnlySignalled_liveOn() {
    assertThatItLives(
        leftWhenEnded(Leftovers.KEPT, run -> fixture.platform.signal(run, Signal.USR1)));
  }

  @Test
  void keptLeftovers_areKilledAllTheSameAfterAStop() {
    awaitEnd(leftWhenEnded(Leftovers.KEPT, run -> fixture.platform.stop(run, Signal.TERM)));
  }

  /** Who is left by a leader that lives until it is ended so. */
  private long leftWhenEnded(Leftovers leftovers, Consumer<Incarnation> end) {
    Incarnation run = launch(leftovers, STAY_WITH_ONE_THAT_IGNORES);
    // Before it has been reported, a signal goes to nobody.
    fixture.awaitLaunched(run);
    long grandchild = grandchild();
    end.accept(run);
    fixture.awaitExit(run);
    return grandchild;
  }

  Incarnation launch(Leftovers leftovers, String script) {
    return fixture.launch(
        spec -> spec.withLeftovers(leftovers), "sh", "-c", script, file().toString());
  }

  private Path file() {
    return directory.resolve("pid");
  }

  long grandchild() {
    return Long.parseLong(fixture.awaitLine(file()));
  }

  void awaitEnd(long pid) {
    try {
      fixture.await("end of the leftover", () -> !PlatformFixture.isAlive(pid));
    } finally {
      PlatformFixture.kill(pid);
    }
  }

  /** KILL may come late, but before its sender has reaped the leader and told its end. */
  private static void assertThatItLives(long pid) {
    try {
      assertThat(PlatformFixture.isAlive(pid)).isTrue();
    } finally {
      PlatformFixture.kill(pid);
    }
  }
}
