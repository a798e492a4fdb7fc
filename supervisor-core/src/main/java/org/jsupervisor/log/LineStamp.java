package org.jsupervisor.log;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.spec.Timestamps;

/**
 * What stands before each line: timestamp and prefix. Formatted once for each moment, so that lines
 * cost no garbage. Confined to the writer.
 */
final class LineStamp {
  private static final DateTimeFormatter ISO_8601 =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z '", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Timestamps kind;
  private final byte[] prefix;
  private @Nullable Instant formatted;
  private byte[] bytes;

  LineStamp(Timestamps kind, String prefix) {
    this.kind = kind;
    this.prefix = prefix.getBytes(StandardCharsets.UTF_8);
    this.bytes = this.prefix;
  }

  /** Whether lines get nothing at all. */
  boolean isEmpty() {
    return kind == Timestamps.NONE && prefix.length == 0;
  }

  /** The bytes for this moment; never changed. */
  byte[] at(Instant now) {
    switch (kind) {
      case NONE -> {}
      case ISO_8601 -> {
        if (formatted == null || now.toEpochMilli() != formatted.toEpochMilli()) {
          format(now, ISO_8601.format(now));
        }
      }
      case TAI64N -> {
        if (!now.equals(formatted)) {
          format(now, new Tai64n(now) + " ");
        }
      }
    }
    return bytes;
  }

  private void format(Instant now, String stamp) {
    byte[] joined = new byte[stamp.length() + prefix.length];
    System.arraycopy(stamp.getBytes(StandardCharsets.US_ASCII), 0, joined, 0, stamp.length());
    System.arraycopy(prefix, 0, joined, stamp.length(), prefix.length);
    bytes = joined;
    formatted = now;
  }
}
