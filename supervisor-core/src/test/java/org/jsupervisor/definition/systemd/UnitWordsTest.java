package org.jsupervisor.definition.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitWordsTest {
  private static List<String> words(String text) {
    return UnitWords.split(text).stream().map(UnitWords.Word::text).toList();
  }

  @Test
  void words_areSplitAtBlanksThatAreNotQuoted() {
    assertThat(words(" a  'b c'\t\"d 'e'\" f\"g h\"i '' "))
        .containsExactly("a", "b c", "d 'e'", "fg hi", "");
    assertThat(words("  ")).isEmpty();
  }

  @Test
  void escapes_areThoseOfC_inAndOutsideOfQuotes() {
    assertThat(words("\\a\\b\\f\\n\\r\\t\\v\\\\\\\"\\'\\s"))
        .containsExactly("\u0007\b\f\n\r\t\u000b\\\"' ");
    assertThat(words("'\\x41\\101\\u00e4\\U0001F600'")).containsExactly("AA\u00e4\ud83d\ude00");
  }

  @Test
  void unknownEscape_stays() {
    assertThat(UnitWords.split("a\\.b c"))
        .extracting(word -> word.text() + " " + word.hasUnknownEscape())
        .containsExactly("a\\.b true", "c false");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'a", "a\"b", "\\x00", "\\xff", "\\377", "\\U00110000", "\\UFFFFFFFF"})
  void whatMakesNoText_isRefused(String text) {
    assertThatThrownBy(() -> UnitWords.split(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must");
  }

  @ParameterizedTest
  @CsvSource({
    "5, 5000",
    "1min 30s, 90000",
    "1min30s, 90000",
    "1.5h, 5400000",
    "2 hours, 7200000",
    "100ms, 100",
    "0, 0",
    "1w, 604800000",
    "infinity, 864000000000",
    ".5, -1",
    "1 fortnight, -1",
    "5 s x, -1",
    "1000000000w, -1",
    "999999999w, -1",
    "'', -1",
    "-1, -1"
  })
  void times_areRead(String text, long millis) {
    if (millis < 0) {
      assertThatThrownBy(() -> UnitTime.parse(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("must be");
    } else {
      assertThat(UnitTime.parse(text)).isEqualTo(Duration.ofMillis(millis));
    }
  }
}
