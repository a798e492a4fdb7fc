package org.jsupervisor.policy;

import java.util.Objects;

/**
 * What a policy may remember of a child (or of a supervisor): when it was restarted, how many
 * restarts in a row came without a stable life between them, how many launches in a row failed by
 * its fault, and how often in a row it was set aside.
 *
 * <p>Immutable and bounded: at most {@value #RESTARTS_MAX} restart times are kept, the newest ones.
 * Times are readings of a monotonic ticker in nanoseconds; they may be negative or wrap, so they
 * are compared by subtraction only.
 */
public final class RestartHistory {
  /** How many restart times are remembered. */
  public static final int RESTARTS_MAX = 256;

  /** The history of a child that has never been restarted. */
  public static final RestartHistory EMPTY = new RestartHistory(RestartTimes.NONE, 0, 0, 0);

  private final RestartTimes times;
  private final int streak;
  private final int failedStarts;
  private final int quarantines;

  private RestartHistory(RestartTimes times, int streak, int failedStarts, int quarantines) {
    this.times = times;
    this.streak = streak;
    this.failedStarts = failedStarts;
    this.quarantines = quarantines;
  }

  /**
   * How many restarts are remembered. Those that were not charged to {@link RestartCharge#RESTARTS}
   * are not among them.
   */
  public int restarts() {
    return times.count();
  }

  /**
   * When a remembered restart was.
   *
   * @param index 0 for the oldest, up to {@code restarts() - 1} for the newest
   */
  public long restartNanos(int index) {
    return times.at(index);
  }

  /**
   * Restarts in a row without a stable life between them, whatever they were charged to; 0 after a
   * stable life.
   */
  public int streak() {
    return streak;
  }

  /**
   * Launches in a row that failed by the child's fault and were tried again; 0 as soon as one of
   * them brought a process into being. A launch that the host had no room for changes nothing.
   */
  public int failedStarts() {
    return failedStarts;
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
    for (int i = times.count() - 1; i >= 0 && nowNanos - times.at(i) <= periodNanos; i--) {
      count++;
    }
    return count;
  }

  /** This history and the restart that a policy decided on, charged as it says. */
  public RestartHistory restarted(RestartDecision.Restart decision, long nowNanos) {
    return switch (decision.charge()) {
      case RESTARTS -> restarted(decision.attempt(), nowNanos);
      case START_ATTEMPTS -> {
        int failed = failedStarts == Integer.MAX_VALUE ? failedStarts : failedStarts + 1;
        yield new RestartHistory(times, decision.attempt(), failed, quarantines);
      }
      case NOTHING -> new RestartHistory(times, decision.attempt(), failedStarts, quarantines);
    };
  }

  /**
   * This history and one ordinary restart more, which is the {@code attempt}-th in a row. The first
   * in a row follows a stable life (or no life at all), so it forgives the quarantines. An ordinary
   * restart follows a run, so it ends a row of failed starts.
   */
  public RestartHistory restarted(int attempt, long nowNanos) {
    return new RestartHistory(times.plus(nowNanos), attempt, 0, attempt == 1 ? 0 : quarantines);
  }

  /**
   * The history after the child was set aside for the {@code count}-th time in a row: the restarts
   * before it are forgotten, so that the probation start is judged alone.
   */
  public RestartHistory quarantined(int count) {
    return new RestartHistory(RestartTimes.NONE, 0, 0, count);
  }

  /** Compares by content. */
  @Override
  public boolean equals(Object other) {
    return other instanceof RestartHistory that
        && streak == that.streak
        && failedStarts == that.failedStarts
        && quarantines == that.quarantines
        && times.equals(that.times);
  }

  @Override
  public int hashCode() {
    return Objects.hash(times, streak, failedStarts, quarantines);
  }

  @Override
  public String toString() {
    return "RestartHistory[restarts="
        + times.count()
        + ", streak="
        + streak
        + ", failedStarts="
        + failedStarts
        + ", quarantines="
        + quarantines
        + "]";
  }
}
