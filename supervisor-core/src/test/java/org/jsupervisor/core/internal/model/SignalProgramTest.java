package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsupervisor.event.SignalOutcome;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.LaunchFailure;
import org.jsupervisor.process.LaunchFault;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.Command;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.SignalPrograms;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.StopStep;
import org.jsupervisor.spec.Watchdog;
import org.junit.jupiter.api.Test;

/** What is run instead of a signal: its end decides whether the signal is sent. */
class SignalProgramTest {
  private static final SignalPrograms PROGRAMS =
      SignalPrograms.of(
          Map.of(
              Signal.TERM, Command.of("./t"),
              Signal.HUP, Command.of("./h"),
              Signal.ABRT, Command.of("./b"),
              Signal.KILL, Command.of("./k"),
              Signal.STOP, Command.of("./p"),
              Signal.CONT, Command.of("./c")));

  private static ProcessSpec.Builder replaced() {
    return Fixture.child().withReadiness(ReadinessSpec.atLaunch()).withSignalPrograms(PROGRAMS);
  }

  private static Fixture running(ProcessSpec.Builder spec) {
    return Fixture.started(spec.build()).launched();
  }

  private static Fixture running() {
    return running(replaced());
  }

  private static Fixture signal(Fixture fixture, Signal signal) {
    return fixture.step(new Input.SendSignal(Fixture.CHILD, signal, "asked for"));
  }

  private static SignalOrder order(long number, Signal signal) {
    return new SignalOrder(new Incarnation(Fixture.CHILD, 1), number, signal);
  }

  private static Fixture over(Fixture fixture, SignalOrder order, ExitStatus status) {
    return fixture.step(new Input.SignalProgramEnded(order, Optional.of(status)));
  }

  private static Fixture over(Fixture fixture, SignalOrder order, int code) {
    return over(fixture, order, new ExitStatus.Exited(code));
  }

  private static List<String> orders(Fixture fixture) {
    return fixture.effects.stream()
        .filter(effect -> !(effect instanceof Effect.Arm || effect instanceof Effect.Disarm))
        .map(
            effect -> {
              if (effect instanceof Effect.Send send) {
                return "send " + send.signal();
              } else if (effect instanceof Effect.Stop stop) {
                return "stop " + stop.signal();
              } else if (effect instanceof Effect.RunSignalProgram run) {
                return "run " + run.order().number() + " for " + run.order().signal();
              } else if (effect instanceof Effect.KillSignalProgram kill) {
                return "kill " + kill.order().number();
              }
              return effect.getClass().getSimpleName();
            })
        .toList();
  }

  private static List<String> told(Fixture fixture) {
    return fixture.events.stream()
        .filter(event -> !(event instanceof SupervisorEvent.PhaseChanged))
        .filter(event -> !(event instanceof SupervisorEvent.DesireChanged))
        .map(SupervisorEvent::describe)
        .toList();
  }

  @Test
  void signal_isLeftToItsProgram_withWhatItNeedsToRun() {
    Fixture fixture = signal(running(), Signal.HUP);

    ProcessSpec spec = (ProcessSpec) fixture.now().spec();
    assertThat(fixture.effects)
        .containsExactly(
            new Effect.RunSignalProgram(order(1, Signal.HUP), spec, new Pid(42), spec));
    assertThat(told(fixture)).containsExactly("leaves HUP to its program: asked for");
  }

  @Test
  void signalWithoutProgram_isSent() {
    assertThat(orders(signal(running(), Signal.USR1))).containsExactly("send USR1");
  }

  @Test
  void programThatReturns0_isWhatWasAskedFor_andNothingIsSent() {
    Fixture fixture = over(signal(running(), Signal.HUP), order(1, Signal.HUP), 0);

    assertThat(fixture.effects).isEmpty();
    assertThat(fixture.events)
        .containsExactly(
            new SupervisorEvent.SignalProgramEnded(
                fixture.run(1), Signal.HUP, SignalOutcome.WITHHELD, "exit code 0"));
  }

  @Test
  void programThatFails_isFollowedByTheSignal_withTheReason() {
    Fixture fixture = over(signal(running(), Signal.HUP), order(1, Signal.HUP), 1);

    assertThat(orders(fixture)).containsExactly("send HUP");
    assertThat(told(fixture))
        .containsExactly(
            "the program for HUP has failed, HUP is sent: exit code 1",
            "sent HUP: asked for; its program has failed: exit code 1");
  }

  @Test
  void programThatCannotBeStarted_isKilled_orUsesUpItsLimit_isFollowedByTheSignal() {
    LaunchFailure failure = new LaunchFailure(LaunchFault.CHILD, "ENOENT", "./h", "no");
    SignalOrder order = order(1, Signal.HUP);
    Fixture fixture =
        over(signal(running(), Signal.HUP), order, new ExitStatus.NeverStarted(failure));
    assertThat(orders(fixture)).containsExactly("send HUP");
    ExitStatus killed = new ExitStatus.Signalled(Signal.KILL, false);
    assertThat(orders(over(signal(running(), Signal.HUP), order, killed)))
        .containsExactly("send HUP");
    Fixture late = signal(running(), Signal.HUP);
    late.step(new Input.SignalProgramEnded(order, Optional.empty()));
    assertThat(told(late))
        .contains("the program for HUP has failed, HUP is sent: not over in its time: KILL");
    assertThat(orders(late)).containsExactly("send HUP");
  }

  @Test
  void signalThatIsAskedForAgain_isLeftToTheProgramThatIsUnderWay_andCanBeAskedForAfterIt() {
    Fixture fixture = signal(signal(running(), Signal.HUP), Signal.HUP);
    assertThat(fixture.effects).isEmpty();
    assertThat(told(fixture))
        .containsExactly("leaves HUP to its program: it is still under way; asked for");

    over(fixture, order(1, Signal.HUP), 1);
    assertThat(orders(fixture)).containsExactly("send HUP");
    assertThat(orders(signal(fixture, Signal.HUP))).containsExactly("run 2 for HUP");
  }

  @Test
  void endOfAnotherProgramThanTheOneUnderWay_changesNothing() {
    Fixture fixture = signal(running(), Signal.HUP);
    TreeModel before = fixture.model;
    over(fixture, order(2, Signal.HUP), 1);
    over(fixture, order(1, Signal.TERM), 1);
    assertThat(fixture.model).isEqualTo(before);
    assertThat(fixture.effects).isEmpty();
  }

  @Test
  void stop_leavesItsSignalToTheProgram_letsTheProcessGoOn_andItsGraceCountsFromTheOrder() {
    Fixture fixture = running().down();

    assertThat(orders(fixture)).containsExactly("run 1 for TERM", "send CONT");
    assertThat(fixture.now().phase()).isEqualTo(Phase.STOPPING);
    assertThat(fixture.now().deadlineNanos()).hasValue(fixture.nowNanos + Fixture.GRACE.toNanos());
  }

  @Test
  void stopWhoseProgramFails_sendsTheSignalAsAStop_withoutMoreGrace() {
    Fixture fixture = running().down();
    long deadline = fixture.now().deadlineNanos().orElseThrow();
    over(fixture.pass(Duration.ofSeconds(1)), order(1, Signal.TERM), 1);

    assertThat(orders(fixture)).containsExactly("stop TERM");
    assertThat(fixture.now().deadlineNanos()).hasValue(deadline);
  }

  @Test
  void stopWhoseProgramReturns0_isOverWhenTheRunEnds() {
    Fixture fixture = over(running().down(), order(1, Signal.TERM), 0);
    assertThat(fixture.effects).isEmpty();
    assertThat(fixture.exits(0).now().phase()).isEqualTo(Phase.DOWN);
    assertThat(fixture.effects).noneMatch(Effect.KillSignalProgram.class::isInstance);
  }

  @Test
  void stopWhoseGraceIsOver_cutsTheProgramShort_andGoesOnWithKill_whichHasNoProgram() {
    Fixture fixture = running().down().due();

    assertThat(orders(fixture)).containsExactly("kill 1", "stop KILL");
    assertThat(told(fixture))
        .containsExactly(
            "the program for TERM is cut short, TERM is not sent: grace is over",
            "sent KILL: grace is over");
    over(fixture, order(1, Signal.TERM), 1);
    assertThat(fixture.effects).isEmpty();
  }

  @Test
  void nextStepOfTheLadder_cutsTheProgramOfTheLastShort_andHasItsOwn() {
    StopSpec ladder =
        new StopSpec(
            List.of(
                StopStep.of(Signal.HUP, Duration.ofSeconds(1)),
                StopStep.of(Signal.TERM, Duration.ofSeconds(1))),
            Duration.ofSeconds(1));
    Fixture fixture = running(replaced().withStop(ladder)).down().due();

    assertThat(orders(fixture)).containsExactly("kill 1", "run 2 for TERM", "send CONT");
    over(fixture, order(1, Signal.HUP), 1);
    assertThat(fixture.effects).isEmpty();
    assertThat(orders(over(fixture, order(2, Signal.TERM), 1))).containsExactly("stop TERM");
  }

  @Test
  void stop_cutsShortWhatWasAskedForBefore() {
    Fixture fixture = signal(running(), Signal.TERM).down();

    assertThat(orders(fixture)).containsExactly("kill 1", "run 2 for TERM", "send CONT");
  }

  @Test
  void endOfTheRun_cutsItsProgramsShort_andTheNextRunHasItsOwn() {
    Fixture fixture = signal(signal(running(), Signal.HUP), Signal.TERM).exits(1);

    assertThat(orders(fixture)).containsExactly("kill 1", "kill 2");
    assertThat(fixture.now().phase()).isEqualTo(Phase.BACKOFF);
    over(fixture, order(2, Signal.TERM), 1);
    assertThat(fixture.effects).isEmpty();

    signal(fixture.due().launched(), Signal.HUP);
    assertThat(orders(fixture)).containsExactly("run 3 for HUP");
    over(fixture, order(1, Signal.HUP), 1);
    assertThat(fixture.effects).isEmpty();
  }

  @Test
  void endOfTheRunThatIsRestarted_killsTheProgramOfThatRun() {
    Fixture fixture = running().restart().exits(0);

    assertThat(fixture.effects)
        .contains(new Effect.KillSignalProgram(order(1, Signal.TERM)))
        .anyMatch(Effect.Launch.class::isInstance);
  }

  @Test
  void signalsDuringAStop_haveTheirPrograms_butNotAfterKill() {
    Fixture fixture = signal(running().down(), Signal.HUP);
    assertThat(orders(fixture)).containsExactly("run 2 for HUP");
    assertThat(orders(signal(fixture.due(), Signal.HUP))).containsExactly("send HUP");
  }

  @Test
  void killOfAnOperator_hasItsProgram_butNotThatOfASupervisorWhoseTimeIsOver() {
    assertThat(orders(signal(running(), Signal.KILL))).containsExactly("run 1 for KILL");
    Fixture fixture = running().step(new Input.Kill(Fixture.CHILD, "no time is left"));
    assertThat(orders(fixture)).containsExactly("stop KILL");
  }

  @Test
  void abortOfTheWatchdog_hasNoProgram() {
    Fixture fixture = running(replaced().withWatchdog(Watchdog.every(Duration.ofSeconds(1))));
    assertThat(orders(fixture.due())).containsExactly("stop ABRT", "send CONT");
  }

  @Test
  void pause_countsFromTheOrder_andItsSignalIsSentIfTheProgramFails() {
    Fixture fixture = running().step(new Input.Pause(Fixture.CHILD, "asked for"));
    assertThat(orders(fixture)).containsExactly("run 1 for STOP");
    assertThat(fixture.now().paused()).isTrue();
    assertThat(orders(over(fixture, order(1, Signal.STOP), 1))).containsExactly("send STOP");
    assertThat(fixture.now().paused()).isTrue();
  }

  @Test
  void continue_cutsTheProgramOfPauseShort_andPauseThatOfContinue() {
    Fixture fixture = running().step(new Input.Pause(Fixture.CHILD, "asked for"));
    fixture.step(new Input.Resume(Fixture.CHILD, "asked for"));
    assertThat(orders(fixture)).containsExactly("kill 1", "run 2 for CONT");
    assertThat(fixture.now().paused()).isFalse();
    // A late failure of the first must not stop what goes on.
    over(fixture, order(1, Signal.STOP), 1);
    assertThat(fixture.effects).isEmpty();

    fixture.step(new Input.Pause(Fixture.CHILD, "asked for"));
    assertThat(orders(fixture)).containsExactly("kill 2", "run 3 for STOP");
  }

  @Test
  void otherPrograms_areThoseOfTheNextRun() {
    ProcessSpec.Builder plain = replaced().withSignalPrograms(SignalPrograms.none());
    Fixture fixture = running().step(new Input.Define(plain.build(), "changed"));

    assertThat(orders(fixture)).startsWith("run 1 for TERM");
    fixture.exits(0).launched();
    assertThat(orders(signal(fixture, Signal.HUP))).containsExactly("send HUP");
  }
}
