package org.jsupervisor.policy;

import java.time.Duration;

/**
 * The same delay before each restart.
 *
 * @param delay zero or more
 */
public record FixedBackoff(Duration delay) implements Backoff {
  public FixedBackoff {
    Durations.requireNotNegative("fixed back-off: delay", delay);
  }

  @Override
  public Duration delay(int attempt, double random) {
    return delay;
  }

  @Override
  public String toString() {
    return delay.isZero() ? "no back-off" : "back-off " + Durations.text(delay);
  }
}
