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

  private static void requireBounded(String what, Duration value) {
    if (value.compareTo(MAX) > 0) {
      throw new IllegalArgumentException(
          what + " must be at most " + MAX.toDays() + " days, was " + text(value));
    }
  }

  static String text(Duration value) {
    boolean wholeSeconds = value.getNano() == 0;
    return wholeSeconds ? value.getSeconds() + " s" : value.toMillis() + " ms";
  }
}
