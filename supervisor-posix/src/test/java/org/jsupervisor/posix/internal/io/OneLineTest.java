package org.jsupervisor.posix.internal.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {
  @Test
  void shortText_staysAsItIs_butForControlCharacters() {
    assertThat(OneLine.of("no\nwhere é")).isEqualTo("no?where é");
  }

  @Test
  void whatBreaksOrTurnsALine_beyondAscii_isReplaced() {
    String nextLine = "\u0085";
    String lineSeparator = "\u2028";
    String rightToLeft = "\u202e";
    String halfACharacter = "\ud83d";

    assertThat(OneLine.of("a" + nextLine + "b" + lineSeparator + "c" + rightToLeft + "d"))
        .isEqualTo("a?b?c?d");
    assertThat(OneLine.of("x" + halfACharacter)).isEqualTo("x?");
    assertThat(OneLine.of("\ud83d\ude00")).as("a whole one").isEqualTo("\ud83d\ude00");
  }

  @Test
  void longText_keepsItsBeginningAndItsEnd() {
    String cut = OneLine.of("program '" + "x".repeat(1_000_000) + "' is nowhere");

    assertThat(cut).hasSize(OneLine.CHARACTERS_MAX).startsWith("program 'x").endsWith("is nowhere");
  }

  @Test
  void exceptionWhoseTextThrows_isDescribedAllTheSame() {
    assertThat(OneLine.describe(new IllegalStateException("full"))).contains("full");
    assertThat(OneLine.describe(new Mute(new StackOverflowError()))).contains("Mute");
    assertThat(OneLine.describe(new Mute(null))).contains("Mute");
  }

  // A stranger's exception may do what ours may not.
  @SuppressWarnings({"OverrideThrowableToString", "ToStringReturnsNull"})
  private static final class Mute extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Error error;

    Mute(Error error) {
      this.error = error;
    }

    @Override
    public String toString() {
      if (error != null) {
        throw error;
      }
      return null;
    }
  }
}
