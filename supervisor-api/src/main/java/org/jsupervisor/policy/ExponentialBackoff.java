package org.jsupervisor.policy;

import java.time.Duration;

/**
 * Grows by a factor with each attempt up to a cap, spread by a jitter that stays <em>inside</em>
 * the cap: the longest delay is exactly the cap, for every attempt and random number.
 *
 * @param initial the delay before the first restart, without jitter
 * @param factor at least 1
 * @param cap the longest delay, at least {@code initial}
 * @param jitter the half-width of the spread as a part of the delay, 0 to 0.5
 */
public record ExponentialBackoff(Duration initial, double factor, Duration cap, double jitter)
    implements Backoff {
  /** Plus or minus a fifth. */
  public static final double DEFAULT_JITTER = 0.2;

  public ExponentialBackoff {
    Durations.requirePositive("exponential back-off: initial delay", initial);
    Durations.requirePositive("exponential back-off: cap", cap);
    if (cap.compareTo(initial) < 0) {
      throw new IllegalArgumentException(
          "exponential back-off: cap must be at least the initial delay "
              + Durations.text(initial)
              + ", was "
              + Durations.text(cap));
    }
    if (!(factor >= 1 && factor <= 1000)) {
      throw new IllegalArgumentException(
          "exponential back-off: factor must be 1 to 1000, was " + factor);
    }
    if (!(jitter >= 0 && jitter <= 0.5)) {
      throw new IllegalArgumentException(
          "exponential back-off: jitter must be 0 to 0.5, was " + jitter);
    }
  }

  @Override
  public Duration delay(int attempt, double random) {
    double grown = (double) initial.toNanos() * Math.pow(factor, Math.max(0, attempt - 1));
    double highest = Math.min((double) cap.toNanos(), grown * (1 + jitter));
    double lowest = highest * (1 - jitter) / (1 + jitter);
    long nanos = (long) (lowest + random * (highest - lowest));
    // A double above 2^53 is no exact number of nanoseconds: it may have been rounded up.
    return Duration.ofNanos(Math.min(nanos, cap.toNanos()));
  }

  @Override
  public String toString() {
    return "back-off " + Durations.text(initial) + " x " + factor + " up to " + Durations.text(cap);
  }
}
