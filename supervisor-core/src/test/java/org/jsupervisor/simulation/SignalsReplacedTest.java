package org.jsupervisor.simulation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.jsupervisor.event.SignalOutcome;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.Command;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SignalPrograms;
import org.jsupervisor.spec.WorkerSpec;
import org.junit.jupiter.api.Test;

/** As {@link InvariantsTest}, for what is run instead of signals. */
class SignalsReplacedTest {
  private static final Incarnation RUN = new Incarnation(ChildId.of("a"), 1);
  private static final Incarnation PROGRAM = RUN.signalProgram(1);
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final ProcessSpec SPEC =
      ProcessSpec.builder("a", "a")
          .withSignalPrograms(
              SignalPrograms.of(Map.of(Signal.TERM, Command.of("t"))).withLimit(LIMIT))
          .build();
  private static final Map<Incarnation, WorkerSpec> OPEN = Map.of(RUN, SPEC);

  private static SupervisorEvent ended(SignalOutcome outcome) {
    return new SupervisorEvent.SignalProgramEnded(RUN, Signal.TERM, outcome, "test");
  }

  private static SupervisorEvent sent() {
    return new SupervisorEvent.SignalSent(RUN, Signal.TERM, "test");
  }

  private static ProcessSpec command(String program) {
    return ProcessSpec.builder("a", program).build();
  }

  private static SignalsReplaced left() {
    SignalsReplaced signals = new SignalsReplaced();
    signals.ordered(PROGRAM, command("t"), OPEN);
    signals.hear(new SupervisorEvent.SignalDelegated(RUN, Signal.TERM, "test"));
    return signals;
  }

  @Test
  void signalThatIsSentBesideItsProgram_isFound() {
    assertThatThrownBy(() -> left().hear(sent())).hasMessageContaining("is sent and left to");
    SignalsReplaced signals = left();
    signals.hear(ended(SignalOutcome.WITHHELD));
    // It was asked for again, and has no program by now.
    assertThatCode(() -> signals.hear(sent())).doesNotThrowAnyException();
  }

  @Test
  void programThatFails_andIsFollowedByAnythingElseThanTheSignal_isFound() {
    SignalsReplaced signals = left();
    signals.hear(ended(SignalOutcome.SENT));
    assertThatThrownBy(() -> signals.hear(new SupervisorEvent.Ready(RUN)))
        .hasMessageContaining("has failed, but then");
  }

  @Test
  void programThatNobodyHas_orIsNotTold_isFound() {
    SignalsReplaced signals = new SignalsReplaced();
    assertThatThrownBy(() -> signals.ordered(PROGRAM, command("u"), OPEN))
        .hasMessageContaining("no run has such a program");
    assertThatThrownBy(
            () -> signals.hear(new SupervisorEvent.SignalDelegated(RUN, Signal.TERM, "test")))
        .hasMessageContaining("there is no program for");
    signals.ordered(PROGRAM, command("t"), OPEN);
    assertThatThrownBy(() -> signals.check(Duration.ZERO, OPEN))
        .hasMessageContaining("nothing was told of");
  }

  @Test
  void programThatGoesOnBeyondItsLimit_orItsRun_isFound_unlessItWasSentKill() {
    SignalsReplaced signals = left();
    signals.check(Duration.ZERO, OPEN);
    signals.reported(new PlatformReport.Launched(PROGRAM, new Pid(7)));
    assertThatCode(() -> signals.check(LIMIT, OPEN)).doesNotThrowAnyException();
    assertThatThrownBy(() -> signals.check(LIMIT, Map.of())).hasMessageContaining("is over");
    assertThatThrownBy(() -> signals.check(LIMIT.plusNanos(1), OPEN))
        .hasMessageContaining("beyond its limit");
    assertThatThrownBy(() -> signals.leftBehind(PROGRAM)).hasMessageContaining("left behind");
    signals.stops(PROGRAM);
    assertThatCode(() -> signals.check(LIMIT.plusNanos(1), Map.of())).doesNotThrowAnyException();
    assertThatCode(() -> signals.leftBehind(PROGRAM)).doesNotThrowAnyException();
  }

  @Test
  void runThatIsOver_whileASignalIsLeftToAProgram_isFound() {
    assertThatThrownBy(
            () ->
                left()
                    .hear(
                        new SupervisorEvent.PhaseChanged(
                            RUN.child(), Phase.STOPPING, Phase.DOWN, "test")))
        .hasMessageContaining("is DOWN, but");
  }
}
