package org.jsupervisor.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
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
import org.jsupervisor.spec.Dependency;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.Significance;
import org.jsupervisor.spec.StartFailure;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.StopStep;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TaskBody;
import org.jsupervisor.spec.TaskSpec;
import org.jsupervisor.spec.TeamStop;
import org.jsupervisor.spec.TreeLimits;
import org.jsupervisor.spec.WhenLost;
import org.jsupervisor.spec.WorkerSpec;
import org.jsupervisor.strategy.RestartStrategy;

/** Trees by chance. Times are short, so that a minute sees everything. */
final class RandomSpecs {
  private static final int DEPTH_MAX = 3;

  /** It is never called: a simulated task does what its script says. */
  private static final TaskBody BODY = context -> {};

  private final Dice dice;
  private final RandomFinishes finishes;
  private final RandomSignals signals;
  private final boolean otp;
  private int named;

  /**
   * What is run after runs, and instead of signals, is drawn by the other dice, so that the rest of
   * a seed stays as it is.
   */
  RandomSpecs(Dice dice, Dice finishes, Dice signals) {
    this.dice = dice;
    this.finishes = new RandomFinishes(finishes);
    this.signals = new RandomSignals(signals);
    this.otp = dice.percent(60);
  }

  SupervisorSpec tree() {
    return supervisor("t", 1, AutoShutdown.NEVER, List.of());
  }

  SupervisorSpec supervisor(String name, int depth, AutoShutdown above, List<String> siblings) {
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
    dependencies(siblings).forEach(each -> spec.addDependency(each.on(), each.whenLost()));
    if (otp || dice.percent(70)) {
      spec.withLimit(RestartIntensity.of(dice.between(0, 6), dice.millis(1, 30_000)));
    }
    addChildren(spec, depth, autoShutdown);
    return spec.withStop(teamStop()).build();
  }

  /** Who depends on whom is drawn before anybody is made; each on earlier draws only: no circle. */
  private void addChildren(SupervisorSpec.Builder spec, int depth, AutoShutdown autoShutdown) {
    int children = dice.between(1, 4);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < children; i++) {
      names.add((depth < DEPTH_MAX && dice.percent(25) ? "s" : "w") + named++);
    }
    boolean linked = dice.percent(35);
    List<String> drawn = new ArrayList<>(names);
    if (dice.percent(40)) {
      Collections.reverse(drawn);
    }
    for (String name : names) {
      List<String> before = linked ? drawn.subList(0, drawn.indexOf(name)) : List.of();
      spec.addChild(
          name.startsWith("s")
              ? supervisor(name, depth + 1, autoShutdown, before)
              : worker(name, autoShutdown, before));
    }
  }

  /** Of these; any of them, and mostly not all. */
  private List<Dependency> dependencies(List<String> siblings) {
    return siblings.stream()
        .filter(any -> dice.percent(45))
        .map(
            on ->
                new Dependency(
                    on, dice.of(WhenLost.GOES_ON, WhenLost.IS_RESTARTED, WhenLost.IS_STOPPED)))
        .toList();
  }

  private TeamStop teamStop() {
    TeamStop stop =
        TeamStop.defaults()
            .withOrder(dice.percent(25) ? TeamStop.Order.TOGETHER : TeamStop.Order.ONE_BY_ONE);
    return dice.percent(15) ? stop.withStopWithin(dice.millis(300, 5_000)) : stop;
  }

  /** Of the whole tree; mostly none. */
  TreeLimits limits() {
    TreeLimits limits = TreeLimits.defaults();
    if (dice.percent(25)) {
      limits = limits.withStartingMax(dice.between(1, 3));
    }
    if (dice.percent(20)) {
      limits =
          limits.withRestarts(RestartIntensity.of(dice.between(0, 12), dice.millis(1_000, 40_000)));
    }
    return dice.percent(50) ? limits.withLaunchWithin(dice.millis(500, 8_000)) : limits;
  }

  WorkerSpec worker(String name, AutoShutdown above, List<String> siblings) {
    return dice.percent(15) ? task(name, above, siblings) : process(name, above, siblings);
  }

  private ProcessSpec process(String name, AutoShutdown above, List<String> siblings) {
    RestartPolicy restart = policy();
    Significance significance = significance(restart, above);
    ProcessSpec.Builder spec =
        ProcessSpec.builder(name, "program" + dice.between(1, 3))
            .withRestart(restart)
            .withSignificance(significance)
            .withInitially(dice.percent(8) ? Desire.DOWN : Desire.UP)
            .withReadiness(readiness(restart, significance))
            .withStop(stop());
    finishes.spec().ifPresent(spec::withFinish);
    spec.withSignalPrograms(signals.spec());
    dependencies(siblings).forEach(each -> spec.addDependency(each.on(), each.whenLost()));
    return spec.build();
  }

  private TaskSpec task(String name, AutoShutdown above, List<String> siblings) {
    RestartPolicy restart = policy();
    Significance significance = significance(restart, above);
    TaskSpec.Builder spec =
        TaskSpec.builder(name, BODY)
            .withRestart(restart)
            .withSignificance(significance)
            .withInitially(dice.percent(8) ? Desire.DOWN : Desire.UP)
            .withReadiness(readiness(restart, significance))
            .withGrace(dice.millis(100, 4_000));
    dependencies(siblings).forEach(each -> spec.addDependency(each.on(), each.whenLost()));
    return spec.build();
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

  private ReadinessSpec readiness(RestartPolicy restart, Significance significance) {
    // A significant one would end its supervisor each time, for ever.
    if (restart.type() == RestartType.TRANSIENT
        && significance == Significance.ORDINARY
        && dice.percent(40)) {
      return ReadinessSpec.completed(dice.millis(1_000, 5_000));
    }
    return dice.of(
        ReadinessSpec.atLaunch(),
        ReadinessSpec.aliveFor(dice.millis(100, 1_500)),
        new ReadinessSpec.Notified(3, dice.millis(1_000, 3_000)));
  }

  private StopSpec stop() {
    List<StopStep> ladder = new ArrayList<>();
    if (dice.percent(85)) {
      ladder.add(StopStep.of(Signal.TERM, dice.millis(100, 3_000)));
    }
    if (dice.percent(15)) {
      ladder.add(StopStep.of(Signal.INT, dice.millis(100, 1_000)));
    }
    return new StopSpec(ladder, dice.millis(500, 2_000));
  }
}
