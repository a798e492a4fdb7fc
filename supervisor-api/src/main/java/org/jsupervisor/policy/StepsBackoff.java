package org.jsupervisor.policy;

import java.time.Duration;

/**
 * Grows from a first delay to a longest one in a given number of steps, each longer than the one
 * before by the same factor: systemd's {@code RestartSec}, {@code RestartMaxDelaySec} and {@code
 * RestartSteps}. The delay before restart 1 + i is {@code initial * (cap / initial)^(i / steps)},
 * and the cap from i = steps on. Unlike systemd's {@code RestartRandomizedDelaySec} the jitter
 * stays inside the cap.
 *
 * @param initial the delay before the first restart, without jitter
 * @param cap the longest delay, at least {@code initial}; also with jitter
 * @param steps how many restarts it takes to come from the one to the other, 1 to {@value
 *     #STEPS_MAX}
 * @param jitter the half-width of the spread as a part of the delay, 0 to 0.5
 */
public record StepsBackoff(Duration initial, Duration cap, int steps, double jitter)
    implements Backoff {
  /** More steps than anybody counts. */
  public static final int STEPS_MAX = 1000;

  public StepsBackoff {
    Durations.requirePositive("steps back-off: initial delay", initial);
    Durations.requirePositive("steps back-off: cap", cap);
    Durations.requireAtLeast("steps back-off: cap", cap, "the initial delay", initial);
    if (steps < 1 || steps > STEPS_MAX) {
      throw new IllegalArgumentException(
          "steps back-off: steps must be 1 to " + STEPS_MAX + ", was " + steps);
    }
    Jitter.requireInBounds("steps back-off", jitter);
  }

  /** Replaces the jitter. */
  public StepsBackoff withJitter(double replacement) {
    return new StepsBackoff(initial, cap, steps, replacement);
  }

  @Override
  public Duration delay(int attempt, double random) {
    double part = Math.min(1, (Math.max(1, attempt) - 1) / (double) steps);
    double ratio = (double) cap.toNanos() / initial.toNanos();
    double grown = part < 1 ? initial.toNanos() * Math.pow(ratio, part) : cap.toNanos();
    return Jitter.spread(grown, cap, jitter, random);
  }

  @Override
  public String toString() {
    return "back-off "
        + Durations.text(initial)
        + " to "
        + Durations.text(cap)
        + " in "
        + steps
        + " steps";
  }
}
