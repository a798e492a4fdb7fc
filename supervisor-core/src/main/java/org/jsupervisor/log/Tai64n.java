package org.jsupervisor.log;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A TAI64N label, with which daemontools, runit and s6 name rotated log files: {@code @} and 24
 * hexadecimal digits, which sort as text in the order of time.
 *
 * <p>Seconds are counted as those programs do: 2<sup>62</sup> + 10 + the POSIX time, without a
 * table of leap seconds. Immutable.
 *
 * @param instant the moment
 */
public record Tai64n(Instant instant) implements Comparable<Tai64n> {
  private static final long EPOCH_SECOND_LABEL = (1L << 62) + 10;
  private static final Pattern TEXT = Pattern.compile("@[0-9a-f]{24}");
  private static final int SECONDS_END = 17;

  /** Of the text. */
  static final int LENGTH = 25;

  private static final int NANOS_PER_SECOND = 1_000_000_000;

  /** The moment that the label stands for; empty if the text is no label. */
  public static Optional<Tai64n> parse(String text) {
    if (!TEXT.matcher(text).matches()) {
      return Optional.empty();
    }
    long label = Long.parseUnsignedLong(text.substring(1, SECONDS_END), 16);
    long nanos = Long.parseLong(text.substring(SECONDS_END), 16);
    if (label < 0 || nanos >= NANOS_PER_SECOND) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Tai64n(Instant.ofEpochSecond(label - EPOCH_SECOND_LABEL, nanos)));
    } catch (DateTimeException beyondTime) {
      return Optional.empty();
    }
  }

  /** The earliest label after this one. */
  public Tai64n next() {
    return new Tai64n(instant.plusNanos(1));
  }

  @Override
  public int compareTo(Tai64n other) {
    return instant.compareTo(other.instant);
  }

  /** For example {@code @400000006920201c075bca0a}. */
  @Override
  public String toString() {
    char[] text = new char[LENGTH];
    text[0] = '@';
    hex(text, SECONDS_END, EPOCH_SECOND_LABEL + instant.getEpochSecond());
    hex(text, LENGTH, instant.getNano());
    return new String(text);
  }

  /** Writes the digits that end there, 16 before the end of the seconds and 8 behind it. */
  private static void hex(char[] text, int end, long value) {
    long left = value;
    int first = end == SECONDS_END ? 1 : SECONDS_END;
    for (int i = end - 1; i >= first; i--) {
      text[i] = Character.forDigit((int) (left & 0xf), 16);
      left >>>= 4;
    }
  }
}
