package org.jsupervisor.policy;

import java.time.Duration;

/**
 * A counter of restarts that halves with time, as in suture: each restart makes it {@code counter *
 * 0.5^(passed / halfLife) + 1}, and one that would lift it above the threshold is not allowed. One
 * number instead of a window, without a cliff at the window's edge.
 *
 * <p>It is computed from the history alone, as the sum of {@code 0.5^(age / halfLife)} over all
 * restarts: the same number. Restarts that are no longer remembered (there are none while fewer
 * than {@link RestartHistory#RESTARTS_MAX} are) are taken to have filled the counter up to the
 * threshold when the oldest remembered restart came, so that it never allows what suture refuses.
 * With suture's threshold of 5 that guess is worth less than 10^-22 after 255 more restarts.
 *
 * <p>Suture starts its counter at 0 again after its pause, and so does a quarantine.
 *
 * @param threshold what the counter may not exceed, 1 to {@link RestartHistory#RESTARTS_MAX}; a
 *     whole number is how many restarts are allowed at once
 * @param halfLife how long it takes for a restart to count half
 */
public record DecayingLimit(double threshold, Duration halfLife) implements RestartLimit {
  /** Checks both bounds. */
  public DecayingLimit {
    if (!(threshold >= 1 && threshold <= RestartHistory.RESTARTS_MAX)) {
      throw new IllegalArgumentException(
          "decaying limit: threshold must be 1 to "
              + RestartHistory.RESTARTS_MAX
              + ", was "
              + threshold);
    }
    Durations.requirePositive("decaying limit: half-life", halfLife);
  }

  /** The given threshold and half-life. */
  public static DecayingLimit of(double threshold, Duration halfLife) {
    return new DecayingLimit(threshold, halfLife);
  }

  /** Suture's defaults: 5 restarts, half-life 30 s. */
  public static DecayingLimit suture() {
    return new DecayingLimit(5, Duration.ofSeconds(30));
  }

  @Override
  public boolean allows(RestartHistory history, long nowNanos) {
    return counter(history, nowNanos) + 1 <= threshold;
  }

  private double counter(RestartHistory history, long nowNanos) {
    int restarts = history.restarts();
    if (restarts == 0) {
      return 0;
    }
    double counter = 0;
    for (int i = restarts - 1; i >= 0; i--) {
      counter += weight(nowNanos - history.restartNanos(i));
    }
    double forgotten = restarts < RestartHistory.RESTARTS_MAX ? 0 : threshold - 1;
    return counter + forgotten * weight(nowNanos - history.restartNanos(0));
  }

  private double weight(long ageNanos) {
    return Math.pow(0.5, Math.max(0, ageNanos) / (double) halfLife.toNanos());
  }

  /** For example {@code 5.0 restarts with a half-life of 30 s}. */
  @Override
  public String toString() {
    return threshold + " restarts with a half-life of " + Durations.text(halfLife);
  }
}
