package org.jsupervisor.samples.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.simulation.Scenario;
import org.jsupervisor.simulation.Script;
import org.jsupervisor.simulation.SimulatedProgram;
import org.jsupervisor.simulation.Simulation;
import org.jsupervisor.simulation.Trace;
import org.jsupervisor.simulation.TraceLine;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SupervisorSpec;

/** What the policy promises, for any row of lives. */
abstract class PolicyLaws {
  static final Duration CAP = Duration.ofSeconds(30);

  /** A run of the child: how long, and how it ends. */
  record Life(int exitCode, int millis) {}

  abstract RestartPolicy policy();

  @Property(seed = "20261121", tries = 300, shrinking = ShrinkingMode.FULL)
  void theCapHolds(@ForAll("lives") List<Life> lives) {
    Trace trace = run(lives);
    for (TraceLine line : trace.lines()) {
      if (line instanceof TraceLine.Told told) {
        assertThat(told.event())
            .as("after %s", lives)
            .isNotInstanceOf(SupervisorEvent.DecisionFailed.class);
        if (told.event() instanceof SupervisorEvent.RestartScheduled restart) {
          assertThat(restart.delay()).as("delay after %s", lives).isBetween(Duration.ZERO, CAP);
        }
      }
    }
  }

  @Property(seed = "20261121", tries = 300, shrinking = ShrinkingMode.FULL)
  void aCleanExitIsTheEnd(@ForAll("lives") List<Life> lives) {
    Trace trace = run(lives);
    boolean endsCleanly = lives.stream().anyMatch(life -> life.exitCode() == 0);
    assertThat(trace.end().children().get(0).phase())
        .as("after %s", lives)
        .isEqualTo(endsCleanly ? Phase.FINISHED : Phase.RUNNING);
  }

  /** The child lives these lives, and then one that does not end. */
  private Trace run(List<Life> lives) {
    Script script = Script.well();
    for (Life life : lives) {
      script =
          script.then(
              SimulatedProgram.runs().exits(life.exitCode(), Duration.ofMillis(life.millis())));
    }
    SupervisorSpec tree =
        SupervisorSpec.builder("t")
            .addChild(ProcessSpec.builder("child", "child").withRestart(policy()).build())
            .build();
    Trace trace =
        Simulation.run(Scenario.of(tree).script("child", script).until(Duration.ofHours(2)));
    assertThat(trace.broken()).isEmpty();
    return trace;
  }

  @Provide
  static Arbitrary<List<Life>> lives() {
    return Combinators.combine(
            Arbitraries.frequency(Tuple.of(1, 0), Tuple.of(40, 1), Tuple.of(5, 137)),
            Arbitraries.integers().between(0, 5_000))
        .as(Life::new)
        .list()
        .ofMaxSize(60);
  }
}
