package org.jsupervisor.policy;

import java.time.Duration;

/** The checks that every duration of this package goes through. */
final class Durations {
  /** A hundred years: far above any use, and far below the overflow of nanoseconds in a long. */
  static final Duration MAX = Duration.ofDays(36_500);

  private Durations() {}

  static void requirePositive(String what, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(what + " must be positive, was " + text(value));
    }
    requireBounded(what, value);
  }

  static void requireNotNegative(String what, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(what + " must not be negative, was " + text(value));
    }
    requireBounded(what, value);
  }

  static void requireAtLeast(String what, Duration value, String least, Duration bound) {
    if (value.compareTo(bound) < 0) {
      throw new IllegalArgumentException(
          what + " must be at least " + least + " " + text(bound) + ", was " + text(value));
    }
  }

  private static void requireBounded(String what, Duration value) {
    if (value.compareTo(MAX) > 0) {
      throw new IllegalArgumentException(
          what + " must be at most " + MAX.toDays() + " days, was " + text(value));
    }
  }

  /** Seconds or milliseconds if it is a whole number of them, else as ISO 8601 has it. */
  static String text(Duration value) {
    if (value.toNanosPart() == 0) {
      return value.toSeconds() + " s";
    }
    boolean wholeMillis = value.toNanosPart() % 1_000_000 == 0;
    boolean inBounds = value.compareTo(MAX.negated()) >= 0 && value.compareTo(MAX) <= 0;
    return wholeMillis && inBounds ? value.toMillis() + " ms" : value.toString();
  }
}
