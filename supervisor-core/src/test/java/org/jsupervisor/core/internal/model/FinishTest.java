package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.LaunchFailure;
import org.jsupervisor.process.LaunchFault;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.Remedy;
import org.jsupervisor.spec.FinishSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.junit.jupiter.api.Test;

/** What is run after a run: nothing follows from the end before it is over, or its time is. */
class FinishTest {
  private static final Duration LIMIT = Duration.ofSeconds(3);

  private static ProcessSpec.Builder followed(String id) {
    return Fixture.child(id)
        .withFinish(FinishSpec.of(FinishSpec.Style.S6, "./finish").withLimit(LIMIT));
  }

  private static Fixture running() {
    return Fixture.started(followed("c").build()).launched();
  }

  private static Fixture over(Fixture fixture, int code) {
    return over(fixture, new ExitStatus.Exited(code));
  }

  private static Fixture over(Fixture fixture, ExitStatus status) {
    return fixture.step(new Input.FinishEnded(fixture.now().incarnation(), status));
  }

  private static <T> List<T> only(List<? super T> all, Class<T> type) {
    return all.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static List<String> failures(Fixture fixture) {
    return only(fixture.events, SupervisorEvent.FinishFailed.class).stream()
        .map(SupervisorEvent.FinishFailed::why)
        .toList();
  }

  @Test
  void end_isToldAtOnce_andFinishIsRun() {
    Fixture fixture = running().exits(3);

    assertThat(only(fixture.events, SupervisorEvent.Ended.class)).hasSize(1);
    assertThat(fixture.now().phase()).isEqualTo(Phase.FINISHING);
    assertThat(fixture.now().life()).isEqualTo(Life.NONE);
    assertThat(fixture.now().reason()).isEqualTo("its finish runs; exit code 3 after 0.0 s");
    ProcessSpec spec = (ProcessSpec) fixture.now().spec();
    assertThat(only(fixture.effects, Effect.Finish.class))
        .containsExactly(
            new Effect.Finish(
                fixture.run(1),
                spec,
                new Exit(
                    fixture.run(1), new ExitStatus.Exited(3), ExitCause.BY_ITSELF, Duration.ZERO),
                new Pid(42),
                spec));
    assertThat(fixture.now().deadlineNanos()).hasValue(fixture.nowNanos + LIMIT.toNanos());
  }

  @Test
  void whatFollows_isDecidedWhenItIsOver_asIfThereWereNone() {
    Fixture fixture = over(running().exits(3).pass(Duration.ofSeconds(1)), 0);

    assertThat(fixture.now().phase()).isEqualTo(Phase.BACKOFF);
    assertThat(fixture.now().reason()).isEqualTo("exit code 3 after 0.0 s");
    assertThat(fixture.now().deadlineNanos())
        .hasValue(fixture.nowNanos + Fixture.BACKOFF.toNanos());
    assertThat(only(fixture.events, SupervisorEvent.Ended.class)).isEmpty();
    assertThat(failures(fixture)).isEmpty();
  }

  @Test
  void launchThatFails_isFollowedByNothing() {
    Fixture fixture = Fixture.started(followed("c").build()).launchFails();

    assertThat(fixture.now().phase()).isEqualTo(Phase.BACKOFF);
    assertThat(only(fixture.effects, Effect.Finish.class)).isEmpty();
  }

  @Test
  void stopped_countsAsDownWhenItIsOver() {
    Fixture fixture = running().down().ends(new ExitStatus.Signalled(Signal.TERM, false));
    assertThat(fixture.now().phase()).isEqualTo(Phase.FINISHING);

    assertThat(over(fixture, 0).now().phase()).isEqualTo(Phase.DOWN);
  }

  @Test
  void finishThatFails_isTold_andDecidesNothing() {
    assertThat(failures(over(running().exits(1), 7))).containsExactly("exit code 7");
    ExitStatus killed = new ExitStatus.Signalled(Signal.KILL, false);
    Fixture fixture = over(running().exits(1), killed);
    assertThat(failures(fixture)).containsExactly("killed by signal KILL");
    assertThat(fixture.now().phase()).isEqualTo(Phase.BACKOFF);
  }

  @Test
  void finishThatCannotBeStarted_isTold_andDecidesNothing() {
    LaunchFailure failure = new LaunchFailure(LaunchFault.CHILD, "ENOENT", "./finish", "no");
    Fixture fixture = over(running().exits(1), new ExitStatus.NeverStarted(failure));

    assertThat(failures(fixture)).singleElement().asString().contains("could not be started");
    assertThat(fixture.now().phase()).isEqualTo(Phase.BACKOFF);
  }

  @Test
  void finishThatUsesUpItsLimit_isKilled_toldOnce_andItsEndIsWaitedFor() {
    Fixture fixture = running().exits(1).due();
    assertThat(only(fixture.effects, Effect.KillFinish.class)).hasSize(1);
    assertThat(failures(fixture)).containsExactly("not over in its time, after 3.0 s: KILL");
    assertThat(fixture.now().phase()).isEqualTo(Phase.FINISHING);

    over(fixture, new ExitStatus.Signalled(Signal.KILL, false));
    assertThat(failures(fixture)).isEmpty();
    assertThat(fixture.now().phase()).isEqualTo(Phase.BACKOFF);
  }

  @Test
  void finishThatOutlivesKill_isGivenUp_andItsLateEndChangesNothing() {
    Fixture fixture = running().exits(1).due().due();
    assertThat(failures(fixture))
        .containsExactly("still there after KILL, not waited for any more");
    assertThat(fixture.now().phase()).isEqualTo(Phase.BACKOFF);

    TreeModel before = fixture.model;
    over(fixture, 125);
    assertThat(fixture.model.child(Fixture.CHILD)).isEqualTo(before.child(Fixture.CHILD));
  }

  @Test
  void permanentFailure_keepsItDown_withTheReason_untilItIsWantedUp() {
    Fixture fixture = over(running().exits(1), 125);

    assertThat(fixture.now().phase()).isEqualTo(Phase.FAILED);
    assertThat(only(fixture.events, SupervisorEvent.GaveUp.class)).hasSize(1);
    assertThat(failures(fixture)).isEmpty();
    assertThat(Causes.of(fixture.model, fixture.now()).get(0).fact())
        .isEqualTo(
            "is FAILED: its finish says that it is not to be started again (exit code 125);"
                + " exit code 1 after 0.0 s");
    assertThat(fixture.up().now().phase()).isEqualTo(Phase.LAUNCHING);
  }

  @Test
  void permanentFailure_ofARunThatWasRestarted_keepsItDown() {
    Fixture fixture = running().restart().exits(0);
    assertThat(over(fixture, 125).now().phase()).isEqualTo(Phase.FAILED);
  }

  @Test
  void permanentFailure_ofATemporaryChild_isItsEnd() {
    Fixture fixture =
        Fixture.started(followed("c").withRestart(RestartPolicy.temporary()).build()).launched();
    over(fixture.exits(1), 125);
    assertThat(fixture.model.child(Fixture.CHILD)).isEmpty();
  }

  @Test
  void permanentFailure_changesNothingForWhoIsToBeDown() {
    Fixture fixture = over(running().down().exits(0), 125);
    assertThat(fixture.now().phase()).isEqualTo(Phase.DOWN);
    assertThat(only(fixture.events, SupervisorEvent.GaveUp.class)).isEmpty();
  }

  @Test
  void otherStyles_knowNoPermanentFailure() {
    ProcessSpec spec =
        Fixture.child().withFinish(FinishSpec.of(FinishSpec.Style.RUNIT, "./finish")).build();
    Fixture fixture = over(Fixture.started(spec).launched().exits(1), 125);
    assertThat(fixture.now().phase()).isEqualTo(Phase.BACKOFF);
    assertThat(failures(fixture)).containsExactly("exit code 125");
  }

  @Test
  void askedUpMeanwhile_isStartedWhenItIsOver_whateverItSays() {
    Fixture fixture = running().down().exits(0);
    assertThat(fixture.up().now().phase()).isEqualTo(Phase.FINISHING);
    assertThat(fixture.effects).isEmpty();

    over(fixture, 125);
    assertThat(fixture.now().phase()).isEqualTo(Phase.LAUNCHING);
    assertThat(fixture.now().number()).isEqualTo(2);
  }

  @Test
  void askedDownMeanwhile_isDownWhenItIsOver() {
    Fixture fixture = running().exits(1).down();
    assertThat(fixture.now().phase()).isEqualTo(Phase.FINISHING);
    assertThat(over(fixture, 0).now().phase()).isEqualTo(Phase.DOWN);
  }

  @Test
  void restartedMeanwhile_isStartedWithoutBackOff() {
    Fixture fixture = over(running().exits(1).restart(), 0);
    assertThat(fixture.now().phase()).isEqualTo(Phase.LAUNCHING);
    assertThat(fixture.now().reason()).isEqualTo("restarted: test");
  }

  @Test
  void removedMeanwhile_isForgottenWhenItIsOver() {
    Fixture fixture = running().exits(1).step(new Input.Remove(Fixture.CHILD, "test"));
    assertThat(fixture.model.child(Fixture.CHILD)).isPresent();

    over(fixture, 0);
    assertThat(fixture.model.child(Fixture.CHILD)).isEmpty();
  }

  @Test
  void definedMeanwhile_isStartedAsTheNewOne_whateverTheOldOneSays() {
    Fixture fixture = running().exits(1);
    fixture.step(new Input.Define(Fixture.child().addVariable("A", "1").build(), "changed"));
    assertThat(fixture.now().phase()).isEqualTo(Phase.FINISHING);

    over(fixture, 125);
    assertThat(fixture.now().phase()).isEqualTo(Phase.LAUNCHING);
    assertThat(fixture.exits(1).effects).noneMatch(Effect.Finish.class::isInstance);
  }

  /**
   * What has begun under the old definition is tidied up as that says; output goes as it is now.
   */
  @Test
  void definedWithoutFinishWhileItRuns_theRunHasItsOwnFinish() {
    Fixture fixture = running();
    ProcessSpec before = (ProcessSpec) fixture.now().spec();
    ProcessSpec now = Fixture.child().addVariable("A", "1").build();
    fixture.step(new Input.Define(now, "changed")).exits(0);

    Effect.Finish finish = only(fixture.effects, Effect.Finish.class).get(0);
    assertThat(finish.spec()).isEqualTo(before);
    assertThat(finish.now()).isEqualTo(now);
  }

  @Test
  void definedOnceMore_doesNotRunAgainWhoHasHadItsOneRun() {
    Fixture fixture = Fixture.started(followed("c").withInitially(Desire.DOWN).build());
    fixture.step(new Input.Once(Fixture.CHILD, "test")).launched().exits(0);
    fixture.step(new Input.Define(followed("c").addVariable("A", "1").build(), "changed"));

    over(fixture, 0);
    assertThat(fixture.now().phase()).isEqualTo(Phase.DOWN);
    assertThat(fixture.now().desire()).isEqualTo(Desire.DOWN);
  }

  @Test
  void lateReportOfAnOlderFinish_changesNothing() {
    Fixture fixture = over(running().exits(1).restart(), 0).launched().exits(1);
    fixture.step(new Input.FinishEnded(fixture.run(1), new ExitStatus.Exited(125)));
    assertThat(fixture.now().phase()).isEqualTo(Phase.FINISHING);
    assertThat(fixture.events).isEmpty();
  }

  @Test
  void explanation_namesWhatItIsAbout_andWhenItsTimeIsOver() {
    Fixture fixture = running().exits(1);
    Link link = Causes.of(fixture.model, fixture.now()).get(0);
    assertThat(link.fact()).isEqualTo("is FINISHING: its finish runs; exit code 1 after 0.0 s");
    assertThat(link.dueNanos()).hasValue(fixture.nowNanos + LIMIT.toNanos());
    assertThat(link.remedy()).isEqualTo(Remedy.NOTHING);
  }
}
