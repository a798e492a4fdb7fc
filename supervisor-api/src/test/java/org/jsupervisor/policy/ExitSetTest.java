package org.jsupervisor.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Signal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExitSetTest {
  private static final ExitStatus KILLED = new ExitStatus.Signalled(Signal.KILL, false);
  private static final ExitStatus LOST = new ExitStatus.Lost("reaped");

  @Test
  void codes_areThoseAndNoSignalOfThatNumber() {
    ExitSet set = ExitSet.codes(9).or(ExitSet.codeRange(3, 5));
    assertThat(IntStream.rangeClosed(0, 255).filter(c -> set.contains(new ExitStatus.Exited(c))))
        .containsExactly(3, 4, 5, 9);
    assertThat(set.contains(KILLED)).isFalse();
    assertThat(set.contains(LOST)).isFalse();
    assertThat(set.contains(Life.NO_PROGRAM)).isFalse();
  }

  @Test
  void signals_matchWithAndWithoutACoreFile() {
    ExitSet set = ExitSet.signals(Signal.KILL);
    assertThat(set.contains(KILLED)).isTrue();
    assertThat(set.contains(new ExitStatus.Signalled(Signal.KILL, true))).isTrue();
    assertThat(set.contains(new ExitStatus.Signalled(Signal.TERM, false))).isFalse();
    assertThat(set.contains(new ExitStatus.Exited(137))).isFalse();
  }

  @Test
  void classes_tellTheChildsFaultFromTheHosts() {
    assertThat(ExitSet.classes(ExitClass.LAUNCH_FAILED).contains(Life.NO_PROGRAM)).isTrue();
    assertThat(ExitSet.classes(ExitClass.LAUNCH_FAILED).contains(Life.NO_ROOM)).isFalse();
    assertThat(ExitSet.classes(ExitClass.HOST_SHORTAGE).contains(Life.NO_ROOM)).isTrue();
    assertThat(ExitSet.classes(ExitClass.LOST).contains(LOST)).isTrue();
    assertThat(ExitSet.NONE.contains(LOST)).isFalse();
  }

  @Test
  void readyMadeSets_areThoseOfTheirSources() {
    assertThat(ExitSet.CLEAN).hasToString("0");
    assertThat(ExitSet.SYSTEMD_CLEAN).isEqualTo(ExitSet.parse("0, HUP, INT, TERM, PIPE"));
    assertThat(ExitSet.S6_PERMANENT_FAILURE).hasToString("125");
    assertThat(ExitSet.ENCORE_FAILED).hasToString("100");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "none | none",
        "0 | 0",
        " 7 ,3-5,4 - 6 | 3-7",
        "1,3,2,9 | 1-3, 9",
        "sigterm,INT | INT, TERM",
        "SIG64, RTMIN+1 | RTMIN+1, SIG64",
        "lost, launch-failed, host-shortage, 255 | 255, launch-failed, host-shortage, lost",
      })
  void text_isReadAndWritten(String text, String written) {
    assertThat(ExitSet.parse(text)).hasToString(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "256", "5-3", "1000", "-1", "0,,1", "0;1", "FOO", "none, 1", "Lost"})
  void textThatFitsNothing_isRefusedWithTheItem(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExitSet.parse(text))
        .withMessageStartingWith("exit set: must list exit codes (0 to 255, or ranges as 3-5)")
        .withMessageContaining("; not '");
  }

  @Test
  void refusal_showsNeitherControlCharactersNorMuch() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExitSet.parse("\u0007" + "x".repeat(1000)))
        .withMessageEndingWith("; not '?" + "x".repeat(39) + "'");
  }

  @Test
  void codesOutOfBounds_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExitSet.codes(256))
        .withMessage("exit set: codes must be 0 to 255, was 256");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExitSet.codeRange(-1, 3))
        .withMessageContaining("must lie in 0 to 255 and not run backwards, was -1-3");
    assertThatIllegalArgumentException().isThrownBy(() -> ExitSet.codeRange(0, Integer.MAX_VALUE));
  }
}
