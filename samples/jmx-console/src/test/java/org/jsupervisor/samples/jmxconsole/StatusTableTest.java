package org.jsupervisor.samples.jmxconsole;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What people read. */
class StatusTableTest {
  @Test
  void time_isInItsLargestUnit() {
    assertThat(StatusTable.text(Duration.ofSeconds(-1))).isEqualTo("0 s");
    assertThat(StatusTable.text(Duration.ofSeconds(59))).isEqualTo("59 s");
    assertThat(StatusTable.text(Duration.ofSeconds(60))).isEqualTo("1 min");
    assertThat(StatusTable.text(Duration.ofHours(23))).isEqualTo("23 h");
    assertThat(StatusTable.text(Duration.ofDays(400))).isEqualTo("400 d");
  }

  @Test
  void whatAServiceSays_cannotDriveTheTerminal() {
    assertThat(Commands.printable("a\u001b[2Jb\nc\u202ed")).isEqualTo("a?[2Jb?c?d");
  }
}
