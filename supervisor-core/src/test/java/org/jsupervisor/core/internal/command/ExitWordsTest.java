package org.jsupervisor.core.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.FinishSpec.Style;
import org.junit.jupiter.api.Test;

/** The end of a run in the words of runit, s6 and perp. */
class ExitWordsTest {
  private static final ExitStatus SEGV = new ExitStatus.Signalled(new Signal("SEGV"), true);

  private static List<String> words(ExitStatus status, Style style) {
    return new ExitWords(
            status,
            "web",
            new Pid(77),
            signal -> signal.equals(Signal.USR1) ? OptionalInt.empty() : OptionalInt.of(11))
        .in(style);
  }

  @Test
  void exitCode_isTheFirstWord_andThereIsNoSignal() {
    ExitStatus status = new ExitStatus.Exited(3);
    assertThat(words(status, Style.NONE)).isEmpty();
    assertThat(words(status, Style.RUNIT)).containsExactly("3", "0");
    assertThat(words(status, Style.S6)).containsExactly("3", "0", "web", "77");
    assertThat(words(status, Style.PERP)).containsExactly("exit", "3");
  }

  @Test
  void signal_isItsNumber_inRunitsByteWithTheBitOfTheCore() {
    assertThat(words(SEGV, Style.NONE)).isEmpty();
    assertThat(words(SEGV, Style.RUNIT)).containsExactly("-1", "139");
    assertThat(words(new ExitStatus.Signalled(new Signal("SEGV"), false), Style.RUNIT))
        .containsExactly("-1", "11");
    assertThat(words(SEGV, Style.S6)).containsExactly("256", "11", "web", "77");
    assertThat(words(SEGV, Style.PERP)).containsExactly("signal", "11", "SIGSEGV");
  }

  @Test
  void signalWithoutNumber_isZero() {
    ExitStatus status = new ExitStatus.Signalled(Signal.USR1, false);
    assertThat(words(status, Style.RUNIT)).containsExactly("-1", "0");
    assertThat(words(status, Style.PERP)).containsExactly("signal", "0", "SIGUSR1");
  }

  @Test
  void endOfWhichNothingIsKnown_isLikeASignalWithoutNumber() {
    ExitStatus status = new ExitStatus.Lost("reaped by somebody else");
    assertThat(words(status, Style.RUNIT)).containsExactly("-1", "0");
    assertThat(words(status, Style.S6)).containsExactly("256", "0", "web", "77");
    assertThat(words(status, Style.PERP)).containsExactly("signal", "0", "UNKNOWN");
  }
}
