package org.jsupervisor.simulation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.FinishSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.junit.jupiter.api.Test;

/** As {@link InvariantsTest}, for what is run after runs. */
class FinishOnceTest {
  private static final ChildId A = ChildId.of("a");

  private static SupervisorEvent phase(Phase from, Phase to) {
    return new SupervisorEvent.PhaseChanged(A, from, to, "test");
  }

  private static ProcessSpec followed() {
    return ProcessSpec.builder("a", "a")
        .withFinish(FinishSpec.of(FinishSpec.Style.NONE, "finish"))
        .build();
  }

  private static SupervisorEvent ended(Incarnation run) {
    return new SupervisorEvent.Ended(
        new Exit(run, new ExitStatus.Exited(1), ExitCause.BY_ITSELF, Duration.ofSeconds(1)));
  }

  @Test
  void endThatIsFollowedByNothing_isFound() {
    FinishOnce finishes = new FinishOnce();
    Incarnation run = new Incarnation(A, 1);
    finishes.launches(run, followed());
    finishes.hear(ended(run));

    assertThatThrownBy(() -> finishes.hear(phase(Phase.RUNNING, Phase.BACKOFF)))
        .hasMessage("a is BACKOFF, but what is to be run after a#1 was not");
    assertThatThrownBy(finishes::check).hasMessage("nothing was run after [a#1]");
  }

  @Test
  void finishThatIsRunTwice_orAfterNothing_isFound() {
    FinishOnce finishes = new FinishOnce();
    Incarnation run = new Incarnation(A, 1);
    finishes.launches(run, followed());
    finishes.follows(run.finish());

    assertThatThrownBy(() -> finishes.follows(run.finish()))
        .hasMessage("a#1/finish is launched, but not to be, or not again");
  }

  @Test
  void goingOnBesideAFinish_isFound_unlessItIsGivenUp() {
    FinishOnce finishes = new FinishOnce();
    Incarnation run = new Incarnation(A, 1);
    finishes.launches(run, followed());
    finishes.follows(run.finish());
    finishes.launches(new Incarnation(A, 2), followed());

    assertThatThrownBy(() -> finishes.hear(phase(Phase.FINISHING, Phase.LAUNCHING)))
        .hasMessage("a goes on as LAUNCHING, but what is run after it is not over");
    assertThatThrownBy(finishes::check).hasMessage("a#2 is launched while a#1/finish is not over");
    finishes.hear(
        new SupervisorEvent.FinishFailed(run, "still there after KILL, not waited for any more"));
    assertThatCode(finishes::check).doesNotThrowAnyException();
    assertThatCode(() -> finishes.hear(phase(Phase.FINISHING, Phase.LAUNCHING)))
        .doesNotThrowAnyException();
  }
}
