package org.jsupervisor.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jsupervisor.StopReport;
import org.jsupervisor.event.SignalOutcome;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.snapshot.Phase;
import org.junit.jupiter.api.Test;

/** Scenarios by chance keep what must always hold. The same seeds in every build. */
class SeedsTest {
  private static final int SEEDS = 500;

  @Test
  void seeds_keepWhatMustAlwaysHold() {
    List<String> broken = new ArrayList<>();
    for (long seed = 0; seed < SEEDS; seed++) {
      Trace trace = Simulation.run(ScenarioGenerator.scenario(seed));
      long number = seed;
      trace
          .broken()
          .ifPresent(
              what ->
                  broken.add(what + "; to see it: samples/scenarios/bin/scenarios seed " + number));
    }
    assertThat(broken).isEmpty();
  }

  /** Chance that never leads anywhere would keep everything, too. */
  @Test
  void seeds_seeEveryPhase_andEveryKindOfEnd() {
    Set<Phase> phases = EnumSet.noneOf(Phase.class);
    Set<StopReport.Cause> causes = EnumSet.noneOf(StopReport.Cause.class);
    Set<SignalOutcome> outcomes = EnumSet.noneOf(SignalOutcome.class);
    int groups = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      Trace trace = Simulation.run(ScenarioGenerator.scenario(seed));
      trace.report().ifPresent(report -> causes.add(report.cause()));
      for (TraceLine line : trace.lines()) {
        if (line instanceof TraceLine.Told told) {
          if (told.event() instanceof SupervisorEvent.PhaseChanged changed) {
            phases.add(changed.to());
          }
          if (told.event() instanceof SupervisorEvent.SignalProgramEnded program) {
            outcomes.add(program.outcome());
          }
          groups += told.event() instanceof SupervisorEvent.GroupRestart ? 1 : 0;
        }
      }
    }
    assertThat(phases).containsExactlyInAnyOrder(Phase.values());
    assertThat(causes)
        .containsExactlyInAnyOrder(
            StopReport.Cause.ASKED, StopReport.Cause.GAVE_UP, StopReport.Cause.SHUT_DOWN);
    assertThat(outcomes).containsExactlyInAnyOrder(SignalOutcome.values());
    assertThat(groups).isGreaterThan(100);
  }
}
