package org.jsupervisor.policy;

import java.util.Arrays;

/**
 * What a policy may remember of a child (or of a supervisor): when it was restarted, how many
 * restarts in a row came without a stable life between them, and how often in a row it was set
 * aside.
 *
 * <p>Immutable and bounded: at most {@value #RESTARTS_MAX} restart times are kept, the newest ones.
 * Times are readings of a monotonic ticker in nanoseconds; they may be negative or wrap, so they
 * are compared by subtraction only.
 */
public final class RestartHistory {
  /** How many restart times are remembered. */
  public static final int RESTARTS_MAX = 256;

  /** The history of a child that has never been restarted. */
  public static final RestartHistory EMPTY = new RestartHistory(new long[0], 0, 0);

  private final long[] restartNanos;
  private final int streak;
  private final int quarantines;

  private RestartHistory(long[] restartNanos, int streak, int quarantines) {
    this.restartNanos = restartNanos;
    this.streak = streak;
    this.quarantines = quarantines;
  }

  /** Restarts in a row without a stable life between them; 0 after a stable life. */
  public int streak() {
    return streak;
  }

  /** How often in a row the child was quarantined without a stable life between; 0 if never. */
  public int quarantines() {
    return quarantines;
  }

  /**
   * How many remembered restarts are at most {@code periodNanos} old. The bound is inclusive: a
   * restart exactly one period ago counts (Erlang/OTP's rule, in nanoseconds instead of its whole
   * seconds).
   */
  public int restartsWithin(long periodNanos, long nowNanos) {
    int count = 0;
    for (int i = restartNanos.length - 1;
        i >= 0 && nowNanos - restartNanos[i] <= periodNanos;
        i--) {
      count++;
    }
    return count;
  }

  /**
   * This history and one restart more, which is the {@code attempt}-th in a row. The first in a row
   * follows a stable life (or no life at all), so it forgives the quarantines.
   */
  public RestartHistory restarted(int attempt, long nowNanos) {
    int kept = Math.min(restartNanos.length, RESTARTS_MAX - 1);
    long[] longer =
        Arrays.copyOfRange(restartNanos, restartNanos.length - kept, restartNanos.length + 1);
    longer[kept] = nowNanos;
    return new RestartHistory(longer, attempt, attempt == 1 ? 0 : quarantines);
  }

  /**
   * The history after the child was set aside for the {@code count}-th time in a row: the restarts
   * before it are forgotten, so that the probation start is judged alone.
   */
  public RestartHistory quarantined(int count) {
    return new RestartHistory(new long[0], 0, count);
  }

  /** Compares by content. */
  @Override
  public boolean equals(Object other) {
    return other instanceof RestartHistory that
        && streak == that.streak
        && quarantines == that.quarantines
        && Arrays.equals(restartNanos, that.restartNanos);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Arrays.hashCode(restartNanos) + streak) + quarantines;
  }

  @Override
  public String toString() {
    return "RestartHistory[restarts="
        + restartNanos.length
        + ", streak="
        + streak
        + ", quarantines="
        + quarantines
        + "]";
  }
}
