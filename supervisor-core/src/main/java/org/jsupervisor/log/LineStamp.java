package org.jsupervisor.log;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jsupervisor.spec.Timestamps;

/** What stands before each line. Formatted once per millisecond, so that lines cost no garbage. */
final class LineStamp {
  private static final DateTimeFormatter ISO_8601 =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z '", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Timestamps kind;
  private long formattedMillis = Long.MIN_VALUE;
  private byte[] bytes = new byte[0];

  LineStamp(Timestamps kind) {
    this.kind = kind;
  }

  /** The bytes for this moment; valid until the next call, not to be changed. */
  byte[] at(Instant now) {
    switch (kind) {
      case NONE -> {}
      case ISO_8601 -> format(now);
    }
    return bytes;
  }

  private void format(Instant now) {
    long millis = now.toEpochMilli();
    if (millis != formattedMillis) {
      bytes = ISO_8601.format(now).getBytes(StandardCharsets.US_ASCII);
      formattedMillis = millis;
    }
  }
}
