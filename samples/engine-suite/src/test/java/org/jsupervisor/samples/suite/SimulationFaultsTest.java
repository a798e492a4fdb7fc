package org.jsupervisor.samples.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jsupervisor.samples.suite.FaultFixture.RUNS;
import static org.jsupervisor.samples.suite.FaultFixture.child;

import java.time.Duration;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Signal;
import org.jsupervisor.simulation.Happening;
import org.jsupervisor.simulation.Scenario;
import org.jsupervisor.simulation.Script;
import org.jsupervisor.simulation.Simulation;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TeamStop;
import org.jsupervisor.spec.WhenLost;
import org.jsupervisor.strategy.RestartStrategy;
import org.junit.jupiter.api.Test;

/** Right trees of which the simulation says that they break an invariant. */
final class SimulationFaultsTest {
  private static final StopSpec FIVE_SECONDS = StopSpec.of(Signal.TERM, Duration.ofSeconds(5));

  private static void assertUnbroken(Scenario scenario) {
    assertThat(Simulation.run(scenario).broken()).isEmpty();
  }

  private static Scenario stopped(SupervisorSpec.Builder spec) {
    return Scenario.of(spec.build())
        .script("b", Script.of(RUNS.ignoring(Signal.TERM)))
        .at(Duration.ofSeconds(10), new Happening.Stop())
        .until(Duration.ofMinutes(1));
  }

  @Test
  void stop_dependentIsListedBeforeItsDependency_breaksNoInvariant() {
    assertUnbroken(
        stopped(
            SupervisorSpec.builder("t")
                .addChild(child("w").addDependency("db").build())
                .addChild(child("db").build())));
  }

  @Test
  void stop_allTogether_breaksNoInvariant() {
    assertUnbroken(
        stopped(
            SupervisorSpec.builder("t")
                .withStop(TeamStop.defaults().withOrder(TeamStop.Order.TOGETHER))
                .addChild(child("a").build())
                .addChild(child("b").withStop(FIVE_SECONDS).build())));
  }

  @Test
  void stop_withinATime_breaksNoInvariant() {
    assertUnbroken(
        stopped(
            SupervisorSpec.builder("t")
                .withStop(TeamStop.defaults().withStopWithin(Duration.ofSeconds(1)))
                .addChild(child("a").build())
                .addChild(child("b").withStop(FIVE_SECONDS).build())));
  }

  @Test
  void groupRestart_dependentIsListedBeforeItsDependency_breaksNoInvariant() {
    SupervisorSpec spec =
        SupervisorSpec.builder("t")
            .withStrategy(RestartStrategy.oneForAll())
            .addChild(child("w").addDependency("db", WhenLost.IS_RESTARTED).build())
            .addChild(child("db").build())
            .build();
    Happening crash = new Happening.Exit(ChildId.of("db"), new ExitStatus.Exited(1));
    assertUnbroken(Scenario.of(spec).at(Duration.ofSeconds(3), crash).until(Duration.ofMinutes(1)));
  }

  /** It waits for one that nobody wants: nothing is in the middle of anything. */
  @Test
  void expectSettled_dependencyIsWantedDown_isSettled() {
    SupervisorSpec spec =
        SupervisorSpec.builder("t")
            .addChild(child("db").withInitially(Desire.DOWN).build())
            .addChild(child("w").addDependency("db").build())
            .build();
    assertUnbroken(Scenario.of(spec).at(Duration.ofSeconds(3), new Happening.ExpectSettled()));
  }
}
