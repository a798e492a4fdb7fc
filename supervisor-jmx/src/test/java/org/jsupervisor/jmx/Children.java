package org.jsupervisor.jmx;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.LaunchFailure;
import org.jsupervisor.process.LaunchFault;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.ResourceUsage;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Counters;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Due;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.RestartCounts;
import org.jsupervisor.snapshot.Run;

/** Children in the states that the tests need. */
public final class Children {
  public static final ChildId WEB = ChildId.of("web");

  /** When {@link #running} was launched. */
  public static final long LAUNCHED_SECONDS_AGO = 90;

  private Children() {}

  /** Ready, third run, with two ends behind it. */
  public static ChildSnapshot running(ChildId id) {
    Run run =
        new Run.Live(
            new Incarnation(id, 3),
            new Pid(4711),
            FakeSupervisor.NOW.minusSeconds(LAUNCHED_SECONDS_AGO));
    return new ChildSnapshot(
        id,
        Desire.UP,
        Phase.RUNNING,
        true,
        FakeSupervisor.NOW.minusSeconds(LAUNCHED_SECONDS_AGO),
        "launched",
        run,
        new Due.Never(),
        new Counters(3, 1, 2, 4, 77, new RestartCounts(1, 0, 1, 1, 0, 1, 2)),
        List.of(killed(id, 2), exited(id, 1)),
        7,
        false,
        "");
  }

  /** A task in its second run. */
  public static ChildSnapshot task(ChildId id) {
    Run run =
        new Run.LiveTask(
            new Incarnation(id, 2), FakeSupervisor.NOW.minusSeconds(LAUNCHED_SECONDS_AGO));
    return new ChildSnapshot(
        id,
        Desire.UP,
        Phase.RUNNING,
        true,
        FakeSupervisor.NOW,
        "ready",
        run,
        new Due.Never(),
        Counters.ZERO,
        List.of(threw(id, 1)),
        2,
        false,
        "");
  }

  /** No process and nothing behind it. */
  public static ChildSnapshot idle(ChildId id, Desire desire, Phase phase, Due due) {
    return new ChildSnapshot(
        id,
        desire,
        phase,
        false,
        FakeSupervisor.NOW,
        "as the test says",
        new Run.None(),
        due,
        Counters.ZERO,
        List.of(),
        1,
        false,
        "");
  }

  /** Wanted down and down. */
  public static ChildSnapshot down(ChildId id) {
    return idle(id, Desire.DOWN, Phase.DOWN, new Due.Never());
  }

  public static Exit exited(ChildId id, long run) {
    return new Exit(
        new Incarnation(id, run),
        new ExitStatus.Exited(3),
        ExitCause.BY_ITSELF,
        Duration.ofMillis(5_200),
        Optional.of(
            new ResourceUsage(
                Duration.ofMillis(1_250),
                Duration.ofMillis(100),
                OptionalLong.of(64_000_000),
                7,
                0,
                3,
                2)));
  }

  public static Exit threw(ChildId id, long run) {
    return new Exit(
        new Incarnation(id, run),
        new ExitStatus.Threw("java.io.IOException", "no route"),
        ExitCause.BY_ITSELF,
        Duration.ofSeconds(1));
  }

  public static Exit killed(ChildId id, long run) {
    return new Exit(
        new Incarnation(id, run),
        new ExitStatus.Signalled(Signal.ABRT, true),
        ExitCause.ASKED_TO_STOP,
        Duration.ofSeconds(1));
  }

  public static Exit neverStarted(ChildId id, long run) {
    LaunchFailure failure =
        new LaunchFailure(LaunchFault.CHILD, "ENOENT", "webd", "program 'webd' does not exist");
    return new Exit(
        new Incarnation(id, run),
        new ExitStatus.NeverStarted(failure),
        ExitCause.LAUNCH_FAILED,
        Duration.ZERO);
  }
}
