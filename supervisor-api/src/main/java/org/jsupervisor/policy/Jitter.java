package org.jsupervisor.policy;

import java.time.Duration;

/** The spread of a delay, which stays inside the cap of its back-off. */
final class Jitter {
  /** Plus or minus a fifth. */
  static final double DEFAULT = 0.2;

  private Jitter() {}

  static void requireInBounds(String what, double jitter) {
    if (!(jitter >= 0 && jitter <= 0.5)) {
      throw new IllegalArgumentException(what + ": jitter must be 0 to 0.5, was " + jitter);
    }
  }

  /**
   * Somewhere around the delay, at most the cap. Grows with the delay for each random number.
   *
   * @param delayNanos not negative; may be infinite
   * @param jitter the half-width of the spread as a part of the delay
   */
  static Duration spread(double delayNanos, Duration cap, double jitter, double random) {
    double highest = Math.min((double) cap.toNanos(), delayNanos * (1 + jitter));
    double lowest = highest * (1 - jitter) / (1 + jitter);
    long nanos = (long) (lowest + random * (highest - lowest));
    // A double above 2^53 is no exact number of nanoseconds: it may have been rounded up.
    return Duration.ofNanos(Math.min(nanos, cap.toNanos()));
  }
}
