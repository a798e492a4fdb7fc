package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.InputSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.StopStep;
import org.junit.jupiter.api.Test;

/** Who is fed is stopped by the end of its input, when that can come. {@code a} feeds {@code b}. */
class RulesOfInputsTest {
  private static final Duration GRACE = Duration.ofSeconds(5);

  private static ProcessSpec producer() {
    return Driver.worker("a", RestartPolicy.permanent())
        .withOutput(OutputSpec.toChild("b"))
        .build();
  }

  private static ProcessSpec.Builder consumer(StopStep... ladder) {
    return Driver.worker("b", RestartPolicy.permanent())
        .withInput(InputSpec.fed())
        .withStop(new StopSpec(List.of(ladder), GRACE));
  }

  private static Driver both() {
    return Driver.started(
        Driver.oneForOne(
            producer(),
            consumer(StopStep.endOfInput(GRACE), StopStep.of(Signal.TERM, GRACE)).build()));
  }

  private static long ended(Driver d) {
    return d.events.stream().filter(SupervisorEvent.InputEnded.class::isInstance).count();
  }

  @Test
  void producerIsUp_theStepIsPassedOver() {
    Driver d = both().down("b");
    assertThat(d.trace()).containsExactly("stop b", "end b");
    assertThat(ended(d)).isZero();
  }

  @Test
  void producerIsDown_theStepIsTaken() {
    Driver d = both().down("a").down("b");
    assertThat(d.trace()).containsExactly("stop a", "end a", "end input of b", "end b");
    assertThat(ended(d)).isEqualTo(1);
  }

  @Test
  void producerIsBeingStopped_theStepIsTaken_andWaits() {
    Driver d = both().deaf("a").down("a").down("b");
    assertThat(d.trace()).contains("end input of b");
  }

  @Test
  void consumerThatGoesOn_getsItsSignalWhenTheGraceIsOver() {
    Driver d = both().down("a").deaf("b").down("b");
    assertThat(d.trace()).contains("end input of b").doesNotContain("stop b");
    d.pass(GRACE);
    assertThat(d.trace()).contains("stop b");
  }

  @Test
  void ladderOfNothingElse_isOverAtOnce_whenTheStepIsPassedOver() {
    Driver d =
        Driver.started(Driver.oneForOne(producer(), consumer(StopStep.endOfInput(GRACE)).build()));
    d.immortal("b").down("b");
    assertThat(d.phase("b")).isEqualTo(Phase.KILLING);
  }

  @Test
  void tree_stopsTheConsumerLast_byTheEndOfItsInput() {
    assertThat(both().stopTree().trace())
        .containsExactly("stop a", "end a", "end input of b", "end b");
  }

  @Test
  void input_isRetired_whenTheConsumerGoes_orIsNotFedAnyMore() {
    Driver d = both().remove("a").remove("b");
    assertThat(d.trace()).contains("retire input of b");
    Driver other = both().remove("a");
    other.define(Driver.permanent("b"));
    assertThat(other.trace()).contains("retire input of b", "end input of b");
  }

  @Test
  void input_isKept_whenTheConsumerIsMadeAnotherThatIsFed() {
    Driver d = both();
    d.define(consumer(StopStep.of(Signal.HUP, GRACE)).build());
    assertThat(d.trace()).contains("stop b").doesNotContain("retire input of b");
  }
}
