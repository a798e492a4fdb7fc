package org.jsupervisor.policy;

import java.time.Duration;

/**
 * How many restarts are allowed in a sliding window. {@code restarts} restarts succeed, the exit
 * after them is the end (Erlang/OTP's rule); so a child is launched at most {@code restarts + 1}
 * times within one period.
 *
 * @param restarts 0 to {@link RestartHistory#RESTARTS_MAX}; 0 means that the first exit is the end
 * @param period the length of the window; a restart exactly one period old still counts
 */
public record RestartIntensity(int restarts, Duration period) implements RestartLimit {
  /** Checks both bounds. */
  public RestartIntensity {
    if (restarts < 0 || restarts > RestartHistory.RESTARTS_MAX) {
      throw new IllegalArgumentException(
          "restart intensity: restarts must be 0 to "
              + RestartHistory.RESTARTS_MAX
              + ", was "
              + restarts);
    }
    Durations.requirePositive("restart intensity: period", period);
  }

  /** The given number of restarts in the given time. */
  public static RestartIntensity of(int restarts, Duration period) {
    return new RestartIntensity(restarts, period);
  }

  @Override
  public boolean allows(RestartHistory history, long nowNanos) {
    return history.restartsWithin(period.toNanos(), nowNanos) < restarts;
  }

  /** For example {@code 5 restarts in 60 s}. */
  @Override
  public String toString() {
    return restarts + " restarts in " + Durations.text(period);
  }
}
