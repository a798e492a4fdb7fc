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
  public static final double DEFAULT_JITTER = Jitter.DEFAULT;

  public ExponentialBackoff {
    Durations.requirePositive("exponential back-off: initial delay", initial);
    Durations.requirePositive("exponential back-off: cap", cap);
    Durations.requireAtLeast("exponential back-off: cap", cap, "the initial delay", initial);
    if (!(factor >= 1 && factor <= 1000)) {
      throw new IllegalArgumentException(
          "exponential back-off: factor must be 1 to 1000, was " + factor);
    }
    Jitter.requireInBounds("exponential back-off", jitter);
  }

  /** Replaces the jitter. */
  public ExponentialBackoff withJitter(double replacement) {
    return new ExponentialBackoff(initial, factor, cap, replacement);
  }

  @Override
  public Duration delay(int attempt, double random) {
    double grown = (double) initial.toNanos() * Math.pow(factor, Math.max(0, attempt - 1));
    return Jitter.spread(grown, cap, jitter, random);
  }

  @Override
  public String toString() {
    return "back-off " + Durations.text(initial) + " x " + factor + " up to " + Durations.text(cap);
  }
}
