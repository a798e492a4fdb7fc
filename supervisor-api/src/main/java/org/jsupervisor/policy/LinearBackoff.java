package org.jsupervisor.policy;

import java.time.Duration;

/**
 * Grows by the same step with each attempt up to a cap. Without jitter and with a step of 1 s it is
 * supervisord's: n seconds after n failures, which there has no cap.
 *
 * @param step the delay before the first restart, and what each further one adds, without jitter
 * @param cap the longest delay, at least {@code step}; also with jitter
 * @param jitter the half-width of the spread as a part of the delay, 0 to 0.5
 */
public record LinearBackoff(Duration step, Duration cap, double jitter) implements Backoff {
  public LinearBackoff {
    Durations.requirePositive("linear back-off: step", step);
    Durations.requirePositive("linear back-off: cap", cap);
    Durations.requireAtLeast("linear back-off: cap", cap, "the step", step);
    Jitter.requireInBounds("linear back-off", jitter);
  }

  /** Replaces the jitter. */
  public LinearBackoff withJitter(double replacement) {
    return new LinearBackoff(step, cap, replacement);
  }

  @Override
  public Duration delay(int attempt, double random) {
    return Jitter.spread((double) step.toNanos() * Math.max(1, attempt), cap, jitter, random);
  }

  @Override
  public String toString() {
    return "back-off " + Durations.text(step) + " more each time up to " + Durations.text(cap);
  }
}
