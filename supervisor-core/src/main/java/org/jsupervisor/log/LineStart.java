package org.jsupervisor.log;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the timestamp at the beginning of a line, of all kinds that loggers write: TAI64N (s6-log
 * {@code t}, multilog {@code t}, svlogd {@code -t}), ISO 8601 with {@code Z} or an offset (ours),
 * without (svlogd {@code -tt} and {@code -ttt}, which are UTC), and with a blank between date and
 * time (s6-log {@code T}, which is local time). Immutable.
 */
final class LineStart {
  private static final int STAMP_BYTES_MAX = 48;
  private static final int LABEL_LENGTH = 25;
  private static final int NANO_DIGITS = 9;
  private static final Pattern DATE_AND_TIME =
      Pattern.compile(
          "([0-9]{4})-([0-9]{2})-([0-9]{2})([T_ ])([0-9]{2}):([0-9]{2}):([0-9]{2})"
              + "(?:[.]([0-9]{1,9}))?(Z|[+-][0-9]{2}:[0-9]{2})?(?: |$)");

  /**
   * A timestamp.
   *
   * @param time the moment
   * @param length how many bytes of the line it takes, with the blank after it
   */
  record Stamp(Instant time, int length) {}

  private final ZoneId zone;
  private final int leapSeconds;

  /** Local times are in this zone; TAI64N labels are so many seconds more ahead than usual. */
  LineStart(ZoneId zone, int leapSeconds) {
    this.zone = zone;
    this.leapSeconds = leapSeconds;
  }

  LineStart in(ZoneId other) {
    return new LineStart(other, leapSeconds);
  }

  LineStart ahead(int seconds) {
    return new LineStart(zone, seconds);
  }

  /** The timestamp of this line, if it begins with one. */
  Optional<Stamp> stampOf(byte[] line, int length) {
    if (length == 0) {
      return Optional.empty();
    }
    if (line[0] != '@' && (line[0] < '0' || line[0] > '9')) {
      return Optional.empty();
    }
    String head =
        new String(line, 0, Math.min(length, STAMP_BYTES_MAX), StandardCharsets.ISO_8859_1);
    return line[0] == '@' ? label(head) : dateAndTime(head);
  }

  /** What the label of a file stands for. */
  Instant timeOf(Tai64n label) {
    Instant earliest = Instant.MIN.plusSeconds(leapSeconds);
    return label.instant().isBefore(earliest)
        ? Instant.MIN
        : label.instant().minusSeconds(leapSeconds);
  }

  private Optional<Stamp> label(String head) {
    if (head.length() < LABEL_LENGTH) {
      return Optional.empty();
    }
    if (head.length() > LABEL_LENGTH && head.charAt(LABEL_LENGTH) != ' ') {
      return Optional.empty();
    }
    int length = Math.min(head.length(), LABEL_LENGTH + 1);
    return Tai64n.parse(head.substring(0, LABEL_LENGTH))
        .map(label -> new Stamp(timeOf(label), length));
  }

  private Optional<Stamp> dateAndTime(String head) {
    Matcher found = DATE_AND_TIME.matcher(head);
    if (!found.lookingAt()) {
      return Optional.empty();
    }
    try {
      LocalDateTime time =
          LocalDateTime.of(
              number(found, 1),
              number(found, 2),
              number(found, 3),
              number(found, 5),
              number(found, 6),
              number(found, 7),
              nanos(found.group(8)));
      boolean byS6 = found.group(4).equals(" ");
      // s6-log alone writes two blanks after the time.
      boolean twoBlanks = byS6 && found.end() < head.length() && head.charAt(found.end()) == ' ';
      return Optional.of(
          new Stamp(
              time.atZone(zone(found.group(9), byS6)).toInstant(),
              found.end() + (twoBlanks ? 1 : 0)));
    } catch (DateTimeException noSuchTime) {
      return Optional.empty();
    }
  }

  private ZoneId zone(@Nullable String written, boolean isLocal) {
    if (written != null) {
      return ZoneOffset.of(written);
    }
    return isLocal ? zone : ZoneOffset.UTC;
  }

  private static int number(Matcher found, int group) {
    return Integer.parseInt(found.group(group));
  }

  private static int nanos(@Nullable String fraction) {
    return fraction == null
        ? 0
        : Integer.parseInt(fraction + "0".repeat(NANO_DIGITS - fraction.length()));
  }
}
