package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.policy.GiveUp;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.StandardRestartPolicy;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.StopStep;
import org.junit.jupiter.api.Test;

/** What follows from what, named by the cell of the specification. */
class ChildMachineTest {
  @Test
  void permanent_exitsCleanly_isRestartedAfterItsBackoff() {
    Fixture f = Fixture.started(Fixture.child().build()).launched().exits(0);
    assertThat(f.now().phase()).isEqualTo(Phase.BACKOFF);
    assertThat(f.now().deadlineNanos()).hasValue(f.nowNanos + Fixture.BACKOFF.toNanos());
    f.due();
    assertThat(f.now().phase()).isEqualTo(Phase.LAUNCHING);
    assertThat(f.now().number()).isEqualTo(2);
    assertThat(f.now().counters().restarts()).isEqualTo(1);
  }

  @Test
  void transient_exitsCleanly_isFinished() {
    Fixture f =
        Fixture.started(Fixture.child().withRestart(RestartPolicy.transientPolicy()).build())
            .launched()
            .exits(0);
    assertThat(f.now().phase()).isEqualTo(Phase.FINISHED);
    assertThat(f.model.isReady()).isTrue();
  }

  @Test
  void transient_exitsAbnormally_isRestarted() {
    Fixture f =
        Fixture.started(Fixture.child().withRestart(RestartPolicy.transientPolicy()).build())
            .launched()
            .exits(3);
    assertThat(f.now().phase()).isEqualTo(Phase.BACKOFF);
  }

  @Test
  void temporary_exits_isForgotten() {
    Fixture f =
        Fixture.started(Fixture.child().withRestart(RestartPolicy.temporary()).build())
            .launched()
            .exits(3);
    assertThat(f.model.child(Fixture.CHILD)).isEmpty();
    assertThat(f.events).anyMatch(event -> event instanceof SupervisorEvent.Removed);
    assertThat(f.effects).contains(new Effect.RetireOutput(Fixture.CHILD));
  }

  @Test
  void lateExitOfAnOldRun_doesNotTouchTheNewOne() {
    Fixture f = Fixture.started(Fixture.child().build()).launched().exits(1).due().launched();
    ChildModel before = f.now();
    f.step(new Input.Exited(f.run(1), new ExitStatus.Exited(1)));
    assertThat(f.now()).isSameAs(before);
    assertThat(f.effects).isEmpty();
  }

  @Test
  void replacedDeadline_changesNothing() {
    Fixture f = Fixture.started(Fixture.child().build()).launched();
    long readiness = f.now().deadlineNanos().orElseThrow();
    f.down();
    ChildModel before = f.now();
    f.step(new Input.Deadline(Fixture.CHILD, readiness));
    assertThat(f.now()).isSameAs(before);
  }

  @Test
  void moreRestartsThanAllowed_isQuarantined_thenOneProbationStart_thenDoubled() {
    StandardRestartPolicy policy =
        RestartPolicy.permanent()
            .withLimit(RestartIntensity.of(2, Duration.ofMinutes(5)))
            .withGiveUp(GiveUp.quarantine(Duration.ofSeconds(60), Duration.ofSeconds(90)));
    Fixture f = Fixture.started(Fixture.child().withRestart(policy).build());
    f.launched().exits(1).due().launched().exits(1).due().launched().exits(1);
    assertThat(f.now().phase()).isEqualTo(Phase.QUARANTINED);
    assertThat(f.now().number()).as("spawns = restarts allowed + 1").isEqualTo(3);
    assertThat(f.now().deadlineNanos()).hasValue(f.nowNanos + Duration.ofSeconds(60).toNanos());
    f.due();
    assertThat(f.now().phase()).isEqualTo(Phase.LAUNCHING);
    f.launched().exits(1);
    assertThat(f.now().phase()).isEqualTo(Phase.QUARANTINED);
    assertThat(f.now().deadlineNanos()).hasValue(f.nowNanos + Duration.ofSeconds(90).toNanos());
  }

  @Test
  void probationThatIsStable_isForgiven() {
    StandardRestartPolicy policy =
        RestartPolicy.permanent().withLimit(RestartIntensity.of(1, Duration.ofMinutes(5)));
    Fixture f = Fixture.started(Fixture.child().withRestart(policy).build());
    f.launched().exits(1).due().launched().exits(1).due().launched().due();
    f.pass(Duration.ofMinutes(6)).exits(1);
    assertThat(f.now().phase()).isEqualTo(Phase.BACKOFF);
    assertThat(f.now().history().streak()).isEqualTo(1);
  }

  @Test
  void upDuringBackoff_startsAtOnceAndForgives() {
    Fixture f = Fixture.started(Fixture.child().build()).launched().exits(1).up();
    assertThat(f.now().phase()).isEqualTo(Phase.LAUNCHING);
    assertThat(f.now().history().streak()).isZero();
  }

  @Test
  void downDuringBackoff_isDownAtOnce() {
    Fixture f = Fixture.started(Fixture.child().build()).launched().exits(1).down();
    assertThat(f.now().phase()).isEqualTo(Phase.DOWN);
    assertThat(f.now().deadlineNanos()).isEmpty();
  }

  @Test
  void downDuringLaunch_stopsItAsSoonAsItIsThere() {
    Fixture f = Fixture.started(Fixture.child().build()).down();
    assertThat(f.now().phase()).isEqualTo(Phase.LAUNCHING);
    f.launched();
    assertThat(f.now().phase()).isEqualTo(Phase.STOPPING);
    assertThat(f.effects)
        .contains(new Effect.Stop(f.run(1), Signal.TERM), new Effect.Send(f.run(1), Signal.CONT));
    f.exits(0);
    assertThat(f.now().phase()).isEqualTo(Phase.DOWN);
  }

  @Test
  void launchThatHangsWhenAskedDown_isReported_andKilledIfItComesAfterAll() {
    Fixture f = Fixture.started(Fixture.child().build()).down().due();
    assertThat(f.now().phase()).isEqualTo(Phase.UNKILLABLE);
    f.launched();
    assertThat(f.effects).containsExactly(new Effect.Stop(f.run(1), Signal.KILL));
    f.exits(0);
    assertThat(f.now().phase()).isEqualTo(Phase.DOWN);
  }

  @Test
  void downTwice_isOneStop() {
    Fixture f = Fixture.started(Fixture.child().build()).launched().down();
    long deadline = f.now().deadlineNanos().orElseThrow();
    f.pass(Duration.ofSeconds(1)).down();
    assertThat(f.effects).isEmpty();
    assertThat(f.now().deadlineNanos()).hasValue(deadline);
  }

  @Test
  void upWhileStopping_startsAgainWhenDead() {
    Fixture f = Fixture.started(Fixture.child().build()).launched().down().up();
    assertThat(f.now().desire()).isEqualTo(Desire.UP);
    f.exits(0);
    assertThat(f.now().phase()).isEqualTo(Phase.LAUNCHING);
    assertThat(f.now().counters().restarts()).as("operations are not counted").isZero();
  }

  @Test
  void ladder_isClimbedStepByStep_thenKilled_thenReported() {
    StopSpec stop =
        new StopSpec(
            List.of(
                StopStep.of(Signal.INT, Duration.ofSeconds(1)),
                StopStep.of(Signal.TERM, Duration.ofSeconds(2))),
            Duration.ofSeconds(3));
    Fixture f = Fixture.started(Fixture.child().withStop(stop).build()).launched().down();
    assertThat(f.effects).contains(new Effect.Stop(f.run(1), Signal.INT));
    f.due();
    assertThat(f.effects).contains(new Effect.Stop(f.run(1), Signal.TERM));
    assertThat(f.now().phase()).isEqualTo(Phase.STOPPING);
    f.due();
    assertThat(f.effects).contains(new Effect.Stop(f.run(1), Signal.KILL));
    assertThat(f.now().phase()).isEqualTo(Phase.KILLING);
    f.due();
    assertThat(f.now().phase()).isEqualTo(Phase.UNKILLABLE);
    f.exits(0);
    assertThat(f.now().phase()).isEqualTo(Phase.DOWN);
    assertThat(f.now().lastExits().get(0).cause()).isEqualTo(ExitCause.ASKED_TO_STOP);
  }

  @Test
  void notReadyInItsTime_isStoppedAndCounts() {
    Fixture f =
        Fixture.started(Fixture.child().withReadiness(ReadinessSpec.notified(3)).build())
            .launched()
            .due();
    assertThat(f.now().phase()).isEqualTo(Phase.STOPPING);
    f.exits(0);
    assertThat(f.now().phase()).isEqualTo(Phase.BACKOFF);
    assertThat(f.now().lastExits().get(0).cause()).isEqualTo(ExitCause.START_TIMEOUT);
  }

  @Test
  void notified_isReady() {
    Fixture f =
        Fixture.started(Fixture.child().withReadiness(ReadinessSpec.notified(3)).build())
            .launched();
    assertThat(f.model.isReady()).isFalse();
    f.step(new Input.Notified(f.run(1)));
    assertThat(f.now().ready()).isTrue();
    assertThat(f.model.isReady()).isTrue();
    assertThat(f.now().deadlineNanos()).isEmpty();
  }

  @Test
  void launchFailure_isAnEndWithoutExitCode() {
    Fixture f = Fixture.started(Fixture.child().build()).launchFails();
    assertThat(f.now().phase()).isEqualTo(Phase.BACKOFF);
    assertThat(f.now().lastExits().get(0).status().kind()).isEqualTo(ExitStatus.Kind.NEVER_STARTED);
    assertThat(f.now().counters().launchFailures()).isEqualTo(1);
    assertThat(f.now().counters().exits()).isZero();
  }

  @Test
  void sameSpecAgain_changesNothing() {
    Fixture f = Fixture.started(Fixture.child().build()).launched();
    ChildModel before = f.now();
    f.step(new Input.Define(Fixture.child().build(), "spec changed"));
    assertThat(f.now()).usingRecursiveComparison().ignoringFields("generation").isEqualTo(before);
    assertThat(f.effects).isEmpty();
    assertThat(f.events).isEmpty();
  }

  @Test
  void changedSpec_restartsByTheOldLadder_withTheNewSpec() {
    Fixture f = Fixture.started(Fixture.child().build()).launched();
    var changed = Fixture.child().withStop(StopSpec.killAtOnce()).addVariable("A", "1").build();
    f.step(new Input.Define(changed, "spec changed"));
    assertThat(f.effects).contains(new Effect.Stop(f.run(1), Signal.TERM));
    f.exits(0);
    assertThat(f.effects).contains(new Effect.Launch(f.run(2), changed));
  }

  @Test
  void removedAndDefinedAgainBeforeItIsDead_staysInTheTree() {
    Fixture f = Fixture.started(Fixture.child().build()).launched();
    f.step(new Input.Remove(Fixture.CHILD, "removed"))
        .step(new Input.Define(Fixture.child().build(), "spec changed"));
    f.exits(0);
    assertThat(f.now().phase()).isEqualTo(Phase.LAUNCHING);
  }

  @Test
  void policyThatThrows_isAnAnswer() {
    Fixture f =
        Fixture.started(
                Fixture.child()
                    .withRestart(
                        question -> {
                          throw new IllegalStateException("bug");
                        })
                    .build())
            .launched()
            .exits(1);
    assertThat(f.now().phase()).isEqualTo(Phase.FAILED);
    assertThat(f.events).anyMatch(e -> e instanceof SupervisorEvent.DecisionFailed);
  }

  @Test
  void pidOfANewRun_isNotTheIdentity() {
    Fixture f = Fixture.started(Fixture.child().build()).launched().exits(1).due();
    f.step(new Input.Launched(f.run(1), new Pid(7)));
    assertThat(f.now().phase()).isEqualTo(Phase.LAUNCHING);
    assertThat(f.now().life()).isEqualTo(Life.NONE);
  }
}
