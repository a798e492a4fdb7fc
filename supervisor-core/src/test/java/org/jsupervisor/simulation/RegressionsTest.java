package org.jsupervisor.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.RestartType;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TreeLimits;
import org.jsupervisor.strategy.RestartStrategy;
import org.junit.jupiter.api.Test;

/** What seeds have found, made small. */
class RegressionsTest {
  private static final ChildId B = ChildId.of("b");

  private static ProcessSpec child(String name) {
    return ProcessSpec.builder(name, name)
        .withRestart(RestartPolicy.otp(RestartType.PERMANENT))
        .build();
  }

  private static Duration s(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  /** Seed 3425: the next in the round was launched in the very step that ended the tree. */
  @Test
  void limitOfTheTree_exceededInARoundOfStarts_launchesNobodyElse() {
    SupervisorSpec below =
        SupervisorSpec.builder("s").addChild(child("a")).addChild(child("b")).build();
    Trace trace =
        Simulation.run(
            Scenario.of(SupervisorSpec.builder("t").addChild(below).build())
                .withLimits(TreeLimits.defaults().withRestarts(RestartIntensity.of(0, s(10))))
                .script(
                    "s/a",
                    Script.of(SimulatedProgram.failsToLaunch(SimulatedErrors.noSuchProgram("a")))));

    assertThat(trace.broken()).isEmpty();
    assertThat(trace.end().phase()).isEqualTo(TreePhase.STOPPED);
    assertThat(trace.text()).noneMatch(line -> line.contains("s/b: launched"));
  }

  /** Seed 3425: its life was counted from the origin of the clock. */
  @Test
  void supervisorThatNeverCameUp_didNotRunForCenturies() {
    SupervisorSpec below = SupervisorSpec.builder("s").addChild(child("a")).build();
    Trace trace =
        Simulation.run(
            Scenario.of(SupervisorSpec.builder("t").addChild(below).build())
                .script("s/a", Script.of(SimulatedProgram.runs().launchTaking(s(5))))
                .at(s(1), new Happening.Down(ChildId.of("s")))
                .until(s(9)));

    assertThat(trace.lines().stream().map(TraceLine::describe))
        .contains("s: completed as asked after 5.0 s");
  }

  /** A child that is wanted once and waits for its stop in a group is not forgotten by the end. */
  @Test
  void onceInAGroupThatIsStopped_whenTheTreeEnds_isStopped() {
    Trace trace =
        Simulation.run(
            Scenario.of(
                    SupervisorSpec.builder("t")
                        .withStrategy(RestartStrategy.oneForAll())
                        .withLimit(RestartIntensity.of(5, s(10)))
                        .addChild(child("a"))
                        .addChild(child("b"))
                        .addChild(child("c"))
                        .build())
                .script("a", Script.of(SimulatedProgram.runs().exits(1, s(2))))
                .script("c", Script.always(SimulatedProgram.runs().ignoring(Signal.TERM)))
                .at(s(1), new Happening.Once(B))
                .at(s(3), new Happening.Stop())
                .until(s(60)));

    assertThat(trace.broken()).isEmpty();
    assertThat(trace.end().phase()).isEqualTo(TreePhase.STOPPED);
  }

  @Test
  void launchThatFollowsAFailedOneAtOnce_isTold() {
    Trace trace =
        Simulation.run(
            Scenario.of(SupervisorSpec.builder("t").addChild(child("b")).build())
                .script(
                    "b",
                    Script.of(
                        SimulatedProgram.failsToLaunch(SimulatedErrors.noSuchProgram("b"))
                            .launchTaking(s(5))))
                .at(s(1), new Happening.Define(ProcessSpec.builder("b", "other").build().at(B)))
                .until(s(9)));

    assertThat(trace.broken()).isEmpty();
    assertThat(trace.lines().stream().filter(TraceLine.Told.class::isInstance))
        .map(line -> ((TraceLine.Told) line).event())
        .filteredOn(SupervisorEvent.PhaseChanged.class::isInstance)
        .map(SupervisorEvent::describe)
        .containsSubsequence(
            "LAUNCHING -> DOWN: its launch failed",
            "DOWN -> LAUNCHING: restarted: its turn has come",
            "LAUNCHING -> RUNNING: launched");
  }
}
