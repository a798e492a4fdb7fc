package org.jsupervisor.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class LineStartTest {
  private static final LineStart START = new LineStart(ZoneId.of("Europe/Berlin"), 0);

  private static void isStamp(LineStart start, String line, String moment, String message) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    LineStart.Stamp stamp = start.stampOf(bytes, bytes.length).orElseThrow();
    assertThat(stamp.time()).isEqualTo(Instant.parse(moment));
    assertThat(line.substring(stamp.length())).isEqualTo(message);
  }

  @Test
  void stampsOfAllLoggers_areKnown() {
    isStamp(START, "2026-11-21T08:15:30.123Z text", "2026-11-21T08:15:30.123Z", "text");
    isStamp(START, "2026-11-21T08:15:30.123Z  text", "2026-11-21T08:15:30.123Z", " text");
    isStamp(START, "2026-11-21T09:15:30+01:00 text", "2026-11-21T08:15:30Z", "text");
    isStamp(START, "2026-11-21_08:15:30.12345 text", "2026-11-21T08:15:30.12345Z", "text");
    isStamp(START, "2026-11-21T08:15:30.12345 text", "2026-11-21T08:15:30.12345Z", "text");
    isStamp(START, "2026-11-21 09:15:30.123456789  text", "2026-11-21T08:15:30.123456789Z", "text");
    Tai64n label = new Tai64n(Instant.parse("2026-11-21T08:15:30.123456789Z"));
    isStamp(START, label + " text", "2026-11-21T08:15:30.123456789Z", "text");
    isStamp(START, label + "  text", "2026-11-21T08:15:30.123456789Z", " text");
    isStamp(START.ahead(27), label + " text", "2026-11-21T08:15:03.123456789Z", "text");
  }

  @Test
  void stampOfAnEmptyLine_needsNoBlank() {
    isStamp(START, "2026-11-21T08:15:30.123Z", "2026-11-21T08:15:30.123Z", "");
    isStamp(START, "2026-11-21T08:15:30.123Z ", "2026-11-21T08:15:30.123Z", "");
    Tai64n label = new Tai64n(Instant.parse("2026-11-21T08:15:30Z"));
    isStamp(START, label.toString(), "2026-11-21T08:15:30Z", "");
  }

  @Test
  void otherLines_haveNone() {
    Tai64n label = new Tai64n(Instant.parse("2026-11-21T08:15:30Z"));
    for (String line :
        new String[] {
          "",
          "@",
          "text",
          "2026",
          "2026-11-21",
          "2026-11-21T08:15:30.123Ztext",
          "2026-13-21T08:15:30.123Z text",
          "2026-02-30T08:15:30.123Z text",
          "2026-11-21T25:15:30.123Z text",
          "2026-11-21T08:15:30.1234567890Z text",
          "2026-11-21T08:15:30+99:00 text",
          label + "text",
          label.toString().replace('4', 'g') + " text",
          label.toString().substring(0, 24)
        }) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      assertThat(START.stampOf(bytes, bytes.length)).as(line).isEmpty();
    }
  }
}
