package org.jsupervisor.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Signal;
import org.junit.jupiter.api.Test;

/** What may be run instead of signals, and as which incarnation. */
class SignalProgramsTest {
  private static final Command QUIT = Command.of("./quit");
  private static final SignalPrograms PROGRAMS = SignalPrograms.of(Map.of(Signal.TERM, QUIT));

  @Test
  void processes_haveNoneByDefault_andKeepTheirsAtAnotherAddress() {
    ProcessSpec.Builder builder = ProcessSpec.builder("a", "true");
    assertThat(builder.build().signalPrograms()).isEqualTo(SignalPrograms.none());
    ProcessSpec replaced = builder.withSignalPrograms(PROGRAMS).build();
    assertThat(replaced.at(ChildId.of("b")).signalPrograms()).isEqualTo(PROGRAMS);
    assertThat(replaced.signalPrograms().instead(Signal.TERM)).contains(QUIT);
    assertThat(replaced.signalPrograms().instead(Signal.HUP)).isEmpty();
  }

  @Test
  void programs_areCopied_andEqualInAnyOrder() {
    Map<Signal, Command> given = new HashMap<>(Map.of(Signal.TERM, QUIT));
    SignalPrograms programs = SignalPrograms.of(given);
    given.put(Signal.HUP, QUIT);
    assertThat(programs).isEqualTo(PROGRAMS);
    assertThat(PROGRAMS.with(Signal.HUP, QUIT))
        .isEqualTo(SignalPrograms.none().with(Signal.HUP, QUIT).with(Signal.TERM, QUIT));
    assertThatThrownBy(() -> programs.programs().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void limit_isFiveSecondsByDefault_positive_andADayAtMost() {
    assertThat(PROGRAMS.limit()).isEqualTo(Duration.ofSeconds(5));
    assertThat(PROGRAMS.withLimit(Duration.ofDays(1)).limit()).isEqualTo(SignalPrograms.LIMIT_MAX);
    assertThatThrownBy(() -> PROGRAMS.withLimit(Duration.ZERO))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("signal programs: limit")
        .hasMessageContaining("must be positive and at most 24 hours");
    assertThatThrownBy(() -> PROGRAMS.withLimit(Duration.ofDays(1).plusNanos(1)))
        .isInstanceOf(InvalidSpecException.class);
  }

  @Test
  void moreProgramsThanThereAreSignals_areRefused() {
    SignalPrograms all = SignalPrograms.none();
    for (int number = 1; number <= 64; number++) {
      all = all.with(new Signal(Integer.toString(number)), QUIT);
    }
    SignalPrograms full = all;
    assertThatThrownBy(() -> full.with(new Signal("65"), QUIT))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("must be at most 64");
  }

  @Test
  void labelOfAnIncarnation_isTheRunItBelongsTo_orTheSignalProgram() {
    Incarnation run = new Incarnation(ChildId.of("web"), 3);
    assertThat(run.label()).isEqualTo("3");
    assertThat(run.finish().label()).isEqualTo("3");
    assertThat(run.finish()).hasToString("web#3/finish");
    assertThat(run.signalProgram(7).label()).isEqualTo("signal-7");
  }

  @Test
  void incarnationOfASignalProgram_isNoRun_andNoFinish() {
    Incarnation run = new Incarnation(ChildId.of("web"), 3);
    Incarnation program = run.signalProgram(7);
    assertThat(program).hasToString("web#signal-7");
    assertThat(program.isSignalProgram()).isTrue();
    assertThat(program.isRun()).isFalse();
    assertThat(program.isFinish()).isFalse();
    assertThat(run.isRun()).isTrue();
    assertThat(run.isSignalProgram()).isFalse();
    assertThat(run.finish().isRun()).isFalse();
    assertThat(run.finish().isSignalProgram()).isFalse();
    assertThat(program.run()).isEqualTo(program);
    assertThatThrownBy(program::finish).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> run.signalProgram(Long.MAX_VALUE))
        .isInstanceOf(ArithmeticException.class);
  }
}
