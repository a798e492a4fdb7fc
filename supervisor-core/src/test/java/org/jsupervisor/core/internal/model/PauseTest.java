package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.ReadinessSpec;
import org.junit.jupiter.api.Test;

/** A process that stands still, and the time that it has to become ready. */
class PauseTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration REST = Duration.ofMillis(700);

  /** It is ready when it has lived for a second; 300 ms are over. */
  private static Fixture running() {
    return Fixture.started(Fixture.child().withReadiness(ReadinessSpec.aliveFor(SECOND)).build())
        .launched()
        .pass(SECOND.minus(REST));
  }

  private static Fixture pause(Fixture f) {
    return f.step(new Input.Pause(Fixture.CHILD, "test"));
  }

  private static Fixture resume(Fixture f) {
    return f.step(new Input.Resume(Fixture.CHILD, "test"));
  }

  @Test
  void pause_stopsTheTime_andTheRestOfItFollows() {
    Fixture f = pause(running());
    assertThat(f.effects)
        .containsExactly(new Effect.Disarm(Fixture.CHILD), new Effect.Send(f.run(1), Signal.STOP));
    assertThat(f.now().deadlineNanos()).isEmpty();
    resume(f.pass(Duration.ofHours(1)));
    long due = f.nowNanos + REST.toNanos();
    assertThat(f.effects)
        .containsExactly(
            new Effect.Send(f.run(1), Signal.CONT), new Effect.Arm(Fixture.CHILD, due));
    assertThat(f.now().deadlineNanos()).hasValue(due);
    assertThat(f.now().paused()).isFalse();
    assertThat(f.due().now().ready()).isTrue();
  }

  @Test
  void pauseTwice_keepsWhatWasLeft() {
    Fixture f = pause(running());
    resume(pause(f.pass(SECOND)));
    assertThat(f.now().deadlineNanos()).hasValue(f.nowNanos + REST.toNanos());
  }

  @Test
  void pauseOfAReadyProcess_leavesNoDeadline() {
    Fixture f = pause(running().due());
    assertThat(f.now().ready()).isTrue();
    assertThat(resume(f.pass(SECOND)).now().deadlineNanos()).isEmpty();
    assertThat(f.effects).containsExactly(new Effect.Send(f.run(1), Signal.CONT));
  }

  @Test
  void signalsStopAndCont_pauseAndResume_whoeverSendsThem() {
    Fixture f = running();
    f.step(new Input.SendSignal(Fixture.CHILD, Signal.STOP, "test"));
    assertThat(f.now().paused()).isTrue();
    assertThat(f.effects).contains(new Effect.Send(f.run(1), Signal.STOP));
    f.step(new Input.SendSignal(Fixture.CHILD, Signal.CONT, "test"));
    assertThat(f.now().paused()).isFalse();
    assertThat(f.effects).contains(new Effect.Send(f.run(1), Signal.CONT));
  }

  @Test
  void pausedProcessThatIsStopped_isNotPausedAnyMore() {
    Fixture f = pause(running()).down();
    assertThat(f.now().paused()).isFalse();
    assertThat(f.now().phase()).isEqualTo(Phase.STOPPING);
    assertThat(f.now().deadlineNanos()).hasValue(f.nowNanos + Fixture.GRACE.toNanos());
  }

  // Signals and wishes while it is stopping.

  @Test
  void signalToATaskThatIsStopping_isNothing() {
    Fixture f = Fixture.started(Fixture.task().build()).launched().down();
    f.step(new Input.SendSignal(Fixture.CHILD, Signal.HUP, "test"));
    assertThat(f.effects).isEmpty();
  }

  @Test
  void upWhileItIsStoppedAsNotReadyInItsTime_startsItAtOnce_asNoRestart() {
    Fixture f =
        Fixture.started(
                Fixture.child()
                    .withReadiness(ReadinessSpec.notified(3))
                    .withRestart(
                        RestartPolicy.permanent().withBackoff(Backoff.fixed(Fixture.BACKOFF)))
                    .build())
            .launched()
            .due();
    assertThat(f.now().phase()).isEqualTo(Phase.STOPPING);
    f.up().exits(0);
    assertThat(f.now().phase()).isEqualTo(Phase.LAUNCHING);
    assertThat(f.now().counters().restarts()).isZero();
    assertThat(f.now().lastExits().get(0).cause()).isEqualTo(ExitCause.ASKED_TO_STOP);
  }
}
