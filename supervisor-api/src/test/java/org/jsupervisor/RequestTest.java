package org.jsupervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who asks and why is text for a log line, whoever has sent it. */
class RequestTest {
  @Test
  void phrase_namesTheAskerAndTheReason() {
    assertThat(Request.of("jmx:admin", "deploy").phrase()).isEqualTo("asked by jmx:admin: deploy");
    assertThat(Request.UNNAMED.phrase()).isEqualTo("asked by api: no reason given");
  }

  @Test
  void expecting_keepsWhoAndWhy_andOnlyThatHasAGeneration() {
    Request plain = Request.of("ops", "full moon \uD83C\uDF15");
    assertThat(plain.generation()).isEmpty();
    assertThat(plain.expecting(7).generation()).hasValue(7);
    assertThat(plain.expecting(7).phrase()).isEqualTo(plain.phrase());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "a\nb",
        "a\rb",
        "bell\u0007",
        "a\u0085b",
        "a\u2028b",
        "\u202Eb",
        "\uD800"
      })
  void text_thatIsNoLine_isRefusedByName_andNotRepeated(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Request.of(text, "why"))
        .withMessageStartingWith("asker must")
        .withMessageMatching("\\p{Print}+");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Request.of("ops", text))
        .withMessageStartingWith("reason must")
        .withMessageMatching("\\p{Print}+");
  }

  @Test
  void text_atItsLimit_isAccepted_andRefusedBeyondIt() {
    String asker = "x".repeat(Request.ASKER_LENGTH_MAX);
    String reason = "x".repeat(Request.REASON_LENGTH_MAX);
    assertThat(Request.of(asker, reason).reason()).isEqualTo(reason);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Request.of(asker + "x", reason))
        .withMessage("asker must have at most 64 characters, had 65");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Request.of(asker, reason + "x"))
        .withMessage("reason must have at most 200 characters, had 201");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void generation_thatCannotBe_isRefused(long generation) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Request.UNNAMED.expecting(generation))
        .withMessage("generation must be at least 1, was " + generation);
  }
}
