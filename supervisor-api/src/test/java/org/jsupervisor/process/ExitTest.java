package org.jsupervisor.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How ends, signals and runs are named for people, and what is refused. */
class ExitTest {
  private static final Incarnation RUN = new Incarnation(ChildId.of("web"), 3);
  private static final LaunchFailure MISSING =
      new LaunchFailure(LaunchFault.CHILD, "ENOENT", "sh", "program 'sh' does not exist");

  @Test
  void describe_namesHowWhoAndHowLong() {
    assertThat(describe(new ExitStatus.Exited(3), ExitCause.BY_ITSELF, 5_299))
        .isEqualTo("exit code 3 after 5.2 s");
    assertThat(describe(new ExitStatus.Exited(0), ExitCause.ASKED_TO_STOP, 0))
        .isEqualTo("exit code 0 as asked after 0.0 s");
    assertThat(describe(new ExitStatus.Exited(0), ExitCause.START_TIMEOUT, 60_000))
        .isEqualTo("exit code 0 (was not ready in time) after 60.0 s");
    assertThat(describe(new ExitStatus.Signalled(Signal.KILL, true), ExitCause.BY_ITSELF, 100))
        .isEqualTo("killed by signal KILL (core dumped) after 0.1 s");
    assertThat(describe(new ExitStatus.NeverStarted(MISSING), ExitCause.LAUNCH_FAILED, 0))
        .isEqualTo("could not be started: ENOENT: program 'sh' does not exist");
    assertThat(describe(new ExitStatus.Lost("reaped"), ExitCause.BY_ITSELF, 100))
        .isEqualTo("exit status lost: reaped after 0.1 s");
  }

  private static String describe(ExitStatus status, ExitCause cause, long millis) {
    return new Exit(RUN, status, cause, Duration.ofMillis(millis)).describe();
  }

  @Test
  void exitCodeZero_andNothingElse_isClean() {
    assertThat(new ExitStatus.Exited(0).isClean()).isTrue();
    for (int code = 1; code <= 255; code++) {
      assertThat(new ExitStatus.Exited(code).isClean()).isFalse();
    }
    assertThat(new ExitStatus.Signalled(Signal.TERM, false).isClean()).isFalse();
    assertThat(new ExitStatus.NeverStarted(MISSING).isClean()).isFalse();
    assertThat(new ExitStatus.Lost("why").isClean()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 256, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void exitCodeOutOfBounds_isRefused(int code) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ExitStatus.Exited(code))
        .withMessage("exit code must be 0 to 255, was " + code);
  }

  @Test
  void throwOfATask_isBoundedText_andNeverClean() {
    assertThat(new ExitStatus.Threw("java.lang.Error", "no").describe())
        .isEqualTo("threw java.lang.Error: no");
    assertThat(new ExitStatus.Threw("java.lang.Error", "").describe())
        .isEqualTo("threw java.lang.Error");
    assertThat(new ExitStatus.Threw("java.lang.Error", "").isClean()).isFalse();
    String longest = "x".repeat(ExitStatus.Threw.LENGTH_MAX);
    assertThat(new ExitStatus.Threw(longest, longest).kind()).isEqualTo(ExitStatus.Kind.THREW);
    assertThatIllegalArgumentException().isThrownBy(() -> new ExitStatus.Threw("", ""));
    assertThatIllegalArgumentException().isThrownBy(() -> new ExitStatus.Threw(longest + "x", ""));
    assertThatIllegalArgumentException().isThrownBy(() -> new ExitStatus.Threw("x", longest + "x"));
  }

  @Test
  void numbersThatMeanOtherThings_areRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Pid(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Pid(-1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Incarnation(ChildId.of("web"), 0))
        .withMessageContaining("number must be at least 1, was 0");
    assertThat(RUN).hasToString("web#3");
  }

  @ParameterizedTest
  @CsvSource({
    "TERM, TERM",
    "sigterm, TERM",
    "' SigHup ', HUP",
    "9, 9",
    "SIGRTMIN+3, RTMIN+3",
    "rtmax-1, RTMAX-1",
    "64, 64",
    "INFO, INFO"
  })
  void signal_isReadAsPeopleWriteIt(String text, String name) {
    assertThat(Signal.parse(text)).isEqualTo(new Signal(name)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "SIG", "0", "-1", "1000", "TERMINATE", "SIGSIGTERM", "RTMIN-1", "TERM HUP"})
  void signalThatIsNone_isRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Signal.parse(text))
        .withMessageContaining("must be a name such as TERM, HUP or RTMIN+1, or a number");
  }

  @Test
  void equalsAndHashCodeByHand_seeEveryComponent() {
    ChildId web = ChildId.of("web");
    Incarnation first = new Incarnation(web, 1);

    assertThat(first).isEqualTo(new Incarnation(ChildId.of("web"), 1));
    assertThat(first).hasSameHashCodeAs(new Incarnation(ChildId.of("web"), 1));
    assertThat(first).isNotEqualTo(new Incarnation(web, 2));
    assertThat(first).isNotEqualTo(new Incarnation(ChildId.of("db"), 1)).isNotEqualTo(web);
    assertThat(web).isNotEqualTo(ChildId.of("db")).isNotEqualTo("web");
    assertThat(Signal.parse("term")).isEqualTo(Signal.TERM).hasSameHashCodeAs(Signal.TERM);
    assertThat(Signal.TERM).isNotEqualTo(Signal.KILL).isNotEqualTo("TERM");
  }

  @Test
  void signalWithControlCharacters_isShownPrintable() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Signal.parse("A\n\u001b[31mB"))
        .withMessageStartingWith("signal 'A??[31MB':");
  }
}
