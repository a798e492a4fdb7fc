package org.jsupervisor.core.internal.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
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
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TeamStop;
import org.jsupervisor.spec.WhenLost;
import org.jsupervisor.strategy.RestartScope;
import org.jsupervisor.strategy.RestartStrategy;

/** The children and supervisors of the walks through groups; numbers choose among them. */
final class GroupSpecs {
  private static final List<WhenLost> LOSSES = List.of(WhenLost.values());

  /** Who may depend on whom: a circle cannot be. */
  private static final Map<String, String> NEEDS =
      Map.of("b", "a", "s", "a", "m", "c", "d", "c", "f", "e");

  private GroupSpecs() {}

  static SupervisorSpec outer(String name, int strategy, int variant) {
    SupervisorSpec.Builder spec = lead(name, strategy, variant);
    switch (variant % 3) {
      case 0 -> spec.addChild(worker("d", variant, true)).addChild(worker("c", 9 - variant, false));
      case 1 ->
          spec.addChild(middle("m", strategy, variant, true)).addChild(worker("c", variant, false));
      default -> spec.addChild(worker("m", variant, false)).addChild(worker("d", variant, false));
    }
    return spec.build();
  }

  static SupervisorSpec middle(String name, int strategy, int variant, boolean linked) {
    SupervisorSpec.Builder spec = lead(name, strategy, variant);
    return (linked ? linked(spec, name, variant) : spec)
        .addChild(worker("e", variant, false))
        .addChild(worker("f", 9 - variant, true))
        .build();
  }

  static SupervisorSpec.Builder linked(SupervisorSpec.Builder spec, String name, int number) {
    return number < LOSSES.size() ? spec.addDependency(NEEDS.get(name), LOSSES.get(number)) : spec;
  }

  /** Every supervisor allows significant children; some end by them. */
  static SupervisorSpec.Builder lead(String name, int strategy, int variant) {
    StandardRestartPolicy policy =
        variant % 3 == 1 ? RestartPolicy.transientPolicy() : RestartPolicy.permanent();
    return SupervisorSpec.builder(name)
        .withStrategy(
            switch (strategy) {
              case 0 -> RestartStrategy.oneForOne();
              case 1 -> RestartStrategy.oneForAll();
              case 2 -> RestartStrategy.restForOne();
              default -> GroupSpecs::itAndTheFirst;
            })
        .withLimit(RestartIntensity.of(1 + variant * 2, Duration.ofSeconds(2)))
        .withStop(
            switch (variant) {
              case 1, 2 -> TeamStop.defaults().withOrder(TeamStop.Order.TOGETHER);
              case 4 -> TeamStop.defaults().withStopWithin(Duration.ofMillis(700));
              default -> TeamStop.defaults();
            })
        .withStartFailure(
            variant % 2 == 0 ? StartFailure.IS_RETRIED : StartFailure.FAILS_THE_SUPERVISOR)
        .withAutoShutdown(
            variant % 4 == 3 ? AutoShutdown.ANY_SIGNIFICANT : AutoShutdown.ALL_SIGNIFICANT)
        .withInitially(variant == 8 ? Desire.DOWN : Desire.UP)
        .withRestart(variant == 9 ? RestartPolicy.temporary() : eager(policy));
  }

  private static RestartScope itAndTheFirst(org.jsupervisor.strategy.RestartRequest request) {
    return new RestartScope(List.of(request.failed(), request.siblings().get(0)));
  }

  private static StandardRestartPolicy eager(StandardRestartPolicy policy) {
    return policy.withBackoff(Backoff.fixed(Duration.ofMillis(200)));
  }

  static ProcessSpec worker(String name, int number, boolean linked) {
    StandardRestartPolicy permanent =
        eager(RestartPolicy.permanent())
            .withLimit(RestartIntensity.of(2, Duration.ofSeconds(3)))
            .withGiveUp(GiveUp.quarantine(Duration.ofSeconds(5), Duration.ofSeconds(9)));
    StandardRestartPolicy policy =
        switch (number) {
          case 0, 1 -> permanent.withBackoff(Backoff.none());
          case 2 -> permanent.withGiveUp(GiveUp.stayDown());
          case 3 -> permanent.withGiveUp(GiveUp.escalate());
          case 4, 5 -> RestartPolicy.temporary();
          case 6, 7 -> eager(RestartPolicy.transientPolicy());
          default -> permanent;
        };
    ReadinessSpec readiness =
        switch (number) {
          case 6 -> ReadinessSpec.completed(Duration.ofSeconds(1));
          case 1, 3, 5, 7, 9 -> ReadinessSpec.aliveFor(Duration.ofMillis(90));
          default -> ReadinessSpec.atLaunch();
        };
    boolean significant = policy.type() != RestartType.PERMANENT && number % 2 == 1;
    ProcessSpec.Builder spec = ProcessSpec.builder(name, "program" + number);
    if (linked && number > 0 && NEEDS.containsKey(name)) {
      ProcessSpec.Builder unused = spec.addDependency(NEEDS.get(name), LOSSES.get(number % 3));
    }
    return spec.withRestart(policy)
        .withReadiness(readiness)
        .withStop(StopSpec.of(Signal.TERM, Duration.ofMillis(500)))
        .withInitially(number == 9 ? Desire.DOWN : Desire.UP)
        .withSignificance(significant ? Significance.SIGNIFICANT : Significance.ORDINARY)
        .build();
  }
}
