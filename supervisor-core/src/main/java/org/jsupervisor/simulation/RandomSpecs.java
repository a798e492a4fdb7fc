package org.jsupervisor.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.GiveUp;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.RestartType;
import org.jsupervisor.policy.StandardRestartPolicy;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.spec.AutoShutdown;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.Significance;
import org.jsupervisor.spec.StartFailure;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.StopStep;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.strategy.RestartStrategy;

/** Trees by chance. Times are short, so that a minute sees everything. */
final class RandomSpecs {
  private static final int DEPTH_MAX = 3;

  private final Dice dice;
  private final boolean otp;
  private int named;

  RandomSpecs(Dice dice) {
    this.dice = dice;
    this.otp = dice.percent(60);
  }

  SupervisorSpec tree() {
    return supervisor("t", 1, AutoShutdown.NEVER);
  }

  SupervisorSpec supervisor(String name, int depth, AutoShutdown above) {
    AutoShutdown autoShutdown =
        dice.percent(30)
            ? dice.of(AutoShutdown.ANY_SIGNIFICANT, AutoShutdown.ALL_SIGNIFICANT)
            : AutoShutdown.NEVER;
    RestartPolicy restart = policy();
    SupervisorSpec.Builder spec =
        SupervisorSpec.builder(name)
            .withStrategy(
                dice.of(
                    RestartStrategy.oneForOne(),
                    RestartStrategy.oneForAll(),
                    RestartStrategy.restForOne()))
            .withAutoShutdown(autoShutdown)
            .withRestart(restart)
            .withSignificance(significance(restart, above))
            .withInitially(dice.percent(4) ? Desire.DOWN : Desire.UP)
            .withStartFailure(
                dice.percent(30) ? StartFailure.FAILS_THE_SUPERVISOR : StartFailure.IS_RETRIED);
    if (otp || dice.percent(70)) {
      spec.withLimit(RestartIntensity.of(dice.between(0, 6), dice.millis(1, 30_000)));
    }
    int children = dice.between(1, 4);
    for (int i = 0; i < children; i++) {
      if (depth < DEPTH_MAX && dice.percent(25)) {
        spec.addChild(supervisor("s" + named++, depth + 1, autoShutdown));
      } else {
        spec.addChild(worker("w" + named++, autoShutdown));
      }
    }
    return spec.build();
  }

  ProcessSpec worker(String name, AutoShutdown above) {
    RestartPolicy restart = policy();
    return ProcessSpec.builder(name, "program" + dice.between(1, 3))
        .withRestart(restart)
        .withSignificance(significance(restart, above))
        .withInitially(dice.percent(8) ? Desire.DOWN : Desire.UP)
        .withReadiness(readiness())
        .withStop(stop())
        .build();
  }

  private Significance significance(RestartPolicy restart, AutoShutdown above) {
    return above != AutoShutdown.NEVER
            && restart.type() != RestartType.PERMANENT
            && dice.percent(40)
        ? Significance.SIGNIFICANT
        : Significance.ORDINARY;
  }

  private RestartPolicy policy() {
    RestartType type =
        dice.of(
            RestartType.PERMANENT,
            RestartType.PERMANENT,
            RestartType.TRANSIENT,
            RestartType.TEMPORARY);
    return otp ? RestartPolicy.otp(type) : standard(type);
  }

  private RestartPolicy standard(RestartType type) {
    StandardRestartPolicy policy =
        switch (type) {
          case PERMANENT -> RestartPolicy.permanent();
          case TRANSIENT -> RestartPolicy.transientPolicy();
          case TEMPORARY -> RestartPolicy.temporary();
        };
    return policy
        .withBackoff(backoff())
        .withLimit(RestartIntensity.of(dice.between(0, 5), dice.millis(1_000, 20_000)))
        .withStartAttempts(dice.between(1, 4))
        .withResetAfter(dice.millis(500, 5_000))
        .withGiveUp(
            dice.of(
                GiveUp.quarantine(dice.millis(500, 2_000), Duration.ofSeconds(8)),
                GiveUp.stayDown(),
                GiveUp.escalate()));
  }

  private Backoff backoff() {
    return dice.of(
        Backoff.none(),
        Backoff.fixed(dice.millis(1, 2_000)),
        Backoff.exponential(dice.millis(100, 400), Duration.ofSeconds(4)));
  }

  private ReadinessSpec readiness() {
    return dice.of(
        ReadinessSpec.atLaunch(),
        ReadinessSpec.aliveFor(dice.millis(100, 1_500)),
        new ReadinessSpec.Notified(3, dice.millis(1_000, 3_000)));
  }

  private StopSpec stop() {
    List<StopStep> ladder = new ArrayList<>();
    if (dice.percent(85)) {
      ladder.add(new StopStep(Signal.TERM, dice.millis(100, 3_000)));
    }
    if (dice.percent(15)) {
      ladder.add(new StopStep(Signal.INT, dice.millis(100, 1_000)));
    }
    return new StopSpec(ladder, dice.millis(500, 2_000));
  }
}
