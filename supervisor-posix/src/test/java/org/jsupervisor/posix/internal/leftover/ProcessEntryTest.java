package org.jsupervisor.posix.internal.leftover;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The one line of a process in /proc. */
class ProcessEntryTest {
  @ParameterizedTest
  @ValueSource(strings = {"sh", "a b", ") S 1 2 3", "(sd-pam)", "x\ny", "9 (x) Z 1 1 1"})
  void name_doesNotMatter(String name) {
    assertThat(ProcessEntry.parse(9, "9 (" + name + ") S 1 7 8 0 -1 42"))
        .isEqualTo(new ProcessEntry(9, 7, 8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"9 (x) Z 1 7 8 0", "9 (x) X 1 7 8 0", "9 (x) S 1 7", "9 x", "", "9 (x) S a b c d"})
  void zombieAndNonsense_areNobody(String text) {
    assertThat(ProcessEntry.parse(9, text)).isNull();
  }

  @Test
  void session_mayBeTheLastThatIsLookedAt() {
    assertThat(ProcessEntry.parse(9, "9 (x) R 1 7 8")).isEqualTo(new ProcessEntry(9, 7, 8));
  }
}
