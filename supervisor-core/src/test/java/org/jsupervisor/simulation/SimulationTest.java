package org.jsupervisor.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jsupervisor.Refusal;
import org.jsupervisor.StopReport;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.RestartType;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.strategy.RestartStrategy;
import org.junit.jupiter.api.Test;

/** Scenarios: what they can say, what comes out, and that what is wrong in them is refused. */
class SimulationTest {
  private static ProcessSpec.Builder child(String name) {
    return ProcessSpec.builder(name, name)
        .withReadiness(ReadinessSpec.atLaunch())
        .withStop(StopSpec.of(Signal.TERM, Duration.ofSeconds(5)))
        .withRestart(RestartPolicy.otp(RestartType.PERMANENT));
  }

  private static SupervisorSpec.Builder tree(String... names) {
    SupervisorSpec.Builder tree =
        SupervisorSpec.builder("t").withLimit(RestartIntensity.of(1, Duration.ofSeconds(5)));
    List.of(names).forEach(name -> tree.addChild(child(name).build()));
    return tree;
  }

  private static Duration s(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static Phase phase(Trace trace, String child) {
    return trace.end().children().stream()
        .filter(each -> each.id().equals(ChildId.of(child)))
        .findFirst()
        .orElseThrow()
        .phase();
  }

  @Test
  void crashBeyondTheLimit_endsTheTree_andTheTraceTellsItInOrder() {
    SimulatedProgram crashes = SimulatedProgram.runs().exits(1, s(1));
    Trace trace =
        Simulation.run(
            Scenario.of(tree("a", "b").withStrategy(RestartStrategy.oneForAll()).build())
                .script("a", Script.always(crashes))
                .until(s(10)));

    assertThat(trace.broken()).isEmpty();
    assertThat(trace.report().map(StopReport::cause)).contains(StopReport.Cause.GAVE_UP);
    assertThat(trace.text())
        .containsSubsequence(
            "0 ms a: launched as pid 1000",
            "0 ms b: launched as pid 1001",
            "1000 ms a: exit code 1 after 1.0 s",
            "1000 ms /: restarts [a, b] together, since a failed",
            "1000 ms b: killed by signal TERM as asked after 1.0 s",
            "1000 ms a: WAITING -> LAUNCHING: its turn has come",
            "2000 ms a: exit code 1 after 1.0 s",
            "2000 ms b: killed by signal TERM as asked after 1.0 s");
    assertThat(phase(trace, "b")).isEqualTo(Phase.DOWN);
  }

  @Test
  void sameScenario_givesTheSameTrace() {
    for (long seed = 0; seed < 20; seed++) {
      Trace first = Simulation.run(ScenarioGenerator.scenario(seed));
      Trace second = Simulation.run(ScenarioGenerator.scenario(seed));

      assertThat(second).isEqualTo(first);
      assertThat(second.text()).isEqualTo(first.text());
    }
  }

  @Test
  void startsByNumber_failHangAndAreSlow_asTheScriptSays() {
    Script script =
        Script.of(SimulatedProgram.failsToLaunch(SimulatedErrors.noSuchProgram("a")))
            .then(SimulatedProgram.runs().launchTaking(s(3)).exits(2, s(1)));
    Trace trace =
        Simulation.run(
            Scenario.of(tree("a").withLimit(RestartIntensity.of(5, s(60))).build())
                .script("a", script)
                .until(s(10)));

    assertThat(trace.text())
        .containsSubsequence(
            "0 ms a: could not be started: ENOENT: program 'a' does not exist",
            "3000 ms a: launched as pid 1000",
            "4000 ms a: exit code 2 after 1.0 s",
            "4000 ms a: launched as pid 1001");
    assertThat(phase(trace, "a")).isEqualTo(Phase.RUNNING);
  }

  @Test
  void stepsAtOneTime_areTakenOneAfterTheOther_happeningsTogetherAreNot() {
    ChildId a = ChildId.of("a");
    Scenario apart =
        Scenario.of(tree("a").build())
            .at(s(1), new Happening.Down(a))
            .at(s(1), new Happening.Up(a));
    Scenario together =
        Scenario.of(tree("a").build()).at(s(1), new Happening.Down(a), new Happening.Up(a));

    assertThat(answers(Simulation.run(apart))).containsExactly("down a done", "up a done");
    assertThat(answers(Simulation.run(together)))
        .containsExactly("down a " + Refusal.SUPERSEDED, "up a done");
  }

  private static List<String> answers(Trace trace) {
    return trace.lines().stream()
        .filter(TraceLine.Answered.class::isInstance)
        .map(TraceLine.Answered.class::cast)
        .map(
            answer ->
                answer.operation().describe()
                    + " "
                    + answer.refusal().map(Object::toString).orElse("done"))
        .toList();
  }

  @Test
  void stall_makesDeadlinesLate() {
    Trace trace =
        Simulation.run(
            Scenario.of(tree("a").build())
                .script("a", Script.always(SimulatedProgram.runs().ignoring(Signal.TERM)))
                .at(s(1), new Happening.Down(ChildId.of("a")))
                .at(s(2), new Happening.Stall(s(60))));

    assertThat(trace.text()).contains("62000 ms a: sent KILL: grace is over");
  }

  @Test
  void expectation_isBroken_whenSomethingIsStillUnderWay() {
    Trace trace =
        Simulation.run(
            Scenario.of(tree("a").build())
                .script("a", Script.of(SimulatedProgram.hangs()))
                .at(s(9), new Happening.ExpectSettled()));

    assertThat(trace.broken().orElseThrow()).startsWith("not settled: a is wanted UP");
    assertThat(trace.text().get(trace.text().size() - 1)).startsWith("BROKEN not settled");
  }

  @Test
  void recovery_endsAllFaults() {
    Trace trace =
        Simulation.run(
            Scenario.of(tree("a", "b", "c").build())
                .script("a", Script.of(SimulatedProgram.hangs()))
                .script("b", Script.always(SimulatedProgram.runs().exits(1, s(1))))
                .at(s(9), new Happening.Recovery())
                .at(s(20), new Happening.ExpectSettled()));

    assertThat(trace.broken()).isEmpty();
    assertThat(trace.end().isReady()).isTrue();
  }

  @Test
  void lateExitReport_isSeenLate() {
    Trace trace =
        Simulation.run(
            Scenario.of(tree("a").build())
                .script("a", Script.of(SimulatedProgram.runs().reportTaking(s(2))))
                .at(s(1), new Happening.Exit(ChildId.of("a"), new ExitStatus.Exited(7)))
                .until(s(9)));

    assertThat(trace.text()).contains("3000 ms a: exit code 7 after 3.0 s");
  }

  @Test
  void endlessRestartsWithoutDelay_areFound_notRunForEver() {
    Trace trace =
        Simulation.run(
            Scenario.of(SupervisorSpec.builder("t").addChild(child("a").build()).build())
                .script("a", Script.always(SimulatedProgram.runs().exits(1, Duration.ZERO)))
                .until(s(1)));

    assertThat(trace.broken()).hasValueSatisfying(what -> assertThat(what).contains("spins"));
  }

  @Test
  void treeThatHasEnded_answersLaterOperations() {
    Trace trace =
        Simulation.run(
            Scenario.of(tree("a").build())
                .at(s(1), new Happening.Stop())
                .at(s(2), new Happening.Up(ChildId.of("a"))));

    assertThat(trace.lines())
        .contains(
            new TraceLine.Answered(
                s(2), new Happening.Up(ChildId.of("a")), Optional.of(Refusal.TREE_STOPPED)));
  }

  @Test
  void scenario_refusesStepsOutOfOrder_andAnEndBeforeTheLast() {
    Scenario scenario = Scenario.of(tree("a").build()).at(s(5), new Happening.Stop());

    assertThatThrownBy(() -> scenario.at(s(4), new Happening.Stop()))
        .hasMessage("scenario: the step at PT4S must not be before the one at PT5S");
    assertThatThrownBy(() -> scenario.until(s(4))).hasMessageContaining("must be PT5S");
    assertThatThrownBy(() -> scenario.at(s(6))).hasMessageContaining("has no happening");
  }
}
