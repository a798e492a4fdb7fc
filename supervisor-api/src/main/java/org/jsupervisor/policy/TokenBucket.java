package org.jsupervisor.policy;

import java.time.Duration;

/**
 * A bucket of tokens, full at first: each restart takes one, and they come back evenly, one in each
 * {@code refill}, until it is full again. Allows a short burst, and in the long run not more than
 * one restart per {@code refill}. The usual shaper of networks; none of the supervisors we know has
 * it.
 *
 * <p>It is computed from the history alone, in whole nanoseconds. As long as fewer than {@link
 * RestartHistory#RESTARTS_MAX} restarts are remembered, none has been forgotten, and the result is
 * exactly that of a bucket with a state. Beyond that the times of a bounded number of restarts
 * cannot say how full the bucket was before them: for a bucket that is drained as fast as it fills
 * it depends on all its past. So it is taken to have been empty after the oldest remembered
 * restart. Since a bucket that begins with less never holds more:
 *
 * <ul>
 *   <li>it never allows what a bucket with a state refuses;
 *   <li>it lacks at most {@code capacity - 1} tokens, and a restart is allowed whenever there has
 *       been none for one {@code refill};
 *   <li>it is exact again as soon as it has been full once since then, at the latest when the
 *       oldest remembered restart is {@code (RESTARTS_MAX + capacity) x refill} ago.
 * </ul>
 *
 * @param capacity how many restarts are allowed at once, 1 to {@link RestartHistory#RESTARTS_MAX}
 * @param refill how long it takes for one token to come back
 */
public record TokenBucket(int capacity, Duration refill) implements RestartLimit {
  /** Checks both bounds, and that of the time in which the whole bucket fills. */
  public TokenBucket {
    if (capacity < 1 || capacity > RestartHistory.RESTARTS_MAX) {
      throw new IllegalArgumentException(
          "token bucket: capacity must be 1 to "
              + RestartHistory.RESTARTS_MAX
              + ", was "
              + capacity);
    }
    Durations.requirePositive("token bucket: refill", refill);
    Durations.requirePositive("token bucket: capacity x refill", refill.multipliedBy(capacity));
  }

  /** So many restarts at once, and one more in each {@code refill}. */
  public static TokenBucket of(int capacity, Duration refill) {
    return new TokenBucket(capacity, refill);
  }

  @Override
  public boolean allows(RestartHistory history, long nowNanos) {
    return levelNanos(history, nowNanos) >= refill.toNanos();
  }

  /** How full it is, as the time in which so much flows in: one token is one {@code refill}. */
  private long levelNanos(RestartHistory history, long nowNanos) {
    long tokenNanos = refill.toNanos();
    long fullNanos = tokenNanos * capacity;
    int restarts = history.restarts();
    if (restarts == 0) {
      return fullNanos;
    }
    long level = restarts < RestartHistory.RESTARTS_MAX ? fullNanos : tokenNanos;
    long before = history.restartNanos(0);
    for (int i = 0; i < restarts; i++) {
      long at = history.restartNanos(i);
      // Not below empty: the restarts of an earlier policy may have been more than this one allows.
      level = Math.max(0, filled(level, at - before, fullNanos) - tokenNanos);
      before = at;
    }
    return filled(level, nowNanos - before, fullNanos);
  }

  private static long filled(long level, long passedNanos, long fullNanos) {
    return passedNanos >= fullNanos - level ? fullNanos : level + Math.max(0, passedNanos);
  }

  /** For example {@code 20 restarts at once and 1 more each 10 s}. */
  @Override
  public String toString() {
    return capacity + " restarts at once and 1 more each " + Durations.text(refill);
  }
}
