package org.jsupervisor.core.internal.model;

import java.time.Duration;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.GiveUp;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.StandardRestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.spec.Probe;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.TaskBody;
import org.jsupervisor.spec.TaskSpec;
import org.jsupervisor.spec.Watchdog;
import org.jsupervisor.spec.WorkerSpec;
import org.jsupervisor.strategy.RestartScope;
import org.jsupervisor.strategy.RestartStrategy;

/** The workers and strategies of the random walks, by number. */
final class WalkSpecs {
  /** How many there are; the last two are tasks. */
  static final int SPECS = 8;

  private static final int FIRST_TASK = 6;
  private static final TaskBody FORGIVEN = context -> {};
  private static final TaskBody WATCHED = context -> {};

  private WalkSpecs() {}

  static WorkerSpec spec(ChildId id, int number) {
    return number < FIRST_TASK ? process(id, number) : task(id, number);
  }

  private static TaskSpec task(ChildId id, int number) {
    TaskSpec.Builder spec =
        TaskSpec.builder(id.path(), number == FIRST_TASK ? FORGIVEN : WATCHED)
            .withGrace(Duration.ofSeconds(1));
    return number == FIRST_TASK
        ? spec.withRestart(RestartPolicy.transientPolicy()).build()
        : spec.withRestart(RestartPolicy.permanent())
            .withReadyWithin(Duration.ofSeconds(1))
            .build();
  }

  private static ProcessSpec process(ChildId id, int number) {
    StandardRestartPolicy permanent =
        RestartPolicy.permanent()
            .withBackoff(Backoff.fixed(Duration.ofMillis(300)))
            .withLimit(RestartIntensity.of(2, Duration.ofSeconds(5)))
            .withResetAfter(Duration.ofSeconds(3));
    ProcessSpec.Builder spec =
        ProcessSpec.builder(id.path(), "p" + number)
            .withStop(StopSpec.of(Signal.TERM, Duration.ofSeconds(1)))
            .withReadiness(ReadinessSpec.aliveFor(Duration.ofMillis(500)));
    return (switch (number) {
          case 0 -> spec.withRestart(permanent);
          case 1 ->
              spec.withRestart(permanent.withGiveUp(GiveUp.stayDown()).withBackoff(Backoff.none()))
                  .withReadiness(ReadinessSpec.atLaunch());
          case 2 ->
              spec.withRestart(RestartPolicy.transientPolicy())
                  .withReadiness(ReadinessSpec.notified(3))
                  .withStop(StopSpec.killAtOnce());
          case 3 -> spec.withRestart(RestartPolicy.temporary());
          case 4 ->
              spec.withRestart(permanent.withGiveUp(GiveUp.escalate()))
                  .withReadiness(ReadinessSpec.probed(Probe.tcp(80)))
                  .withWatchdog(Watchdog.every(Duration.ofSeconds(2)));
          default -> spec.withRestart(permanent).withInitially(Desire.DOWN);
        })
        .build();
  }

  static RestartStrategy strategy(int number) {
    return switch (number) {
      case 0 -> RestartStrategy.oneForOne();
      case 1 -> request -> new RestartScope(request.siblings());
      default ->
          request -> {
            throw new AssertionError("a strategy with a bug");
          };
    };
  }
}
