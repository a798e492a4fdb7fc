package org.jsupervisor.scan;

import java.time.Duration;

/**
 * When a watch rescans. Immutable.
 *
 * @param quiet how long nothing must have changed before a rescan: an edit of several files is seen
 *     as one, and a file that is being written is left alone; positive
 * @param latest after how long a rescan comes though there is no quiet; at least as long
 * @param interval after how long a rescan comes though nothing was noticed, for directories that do
 *     not tell of changes, as those of a network; zero for never
 */
public record WatchOptions(Duration quiet, Duration latest, Duration interval) {
  /** Checks that they fit together. */
  public WatchOptions {
    requirePositive("quiet", quiet);
    requirePositive("latest", latest);
    if (latest.compareTo(quiet) < 0) {
      throw new IllegalArgumentException(
          "latest: must be at least quiet (" + quiet + "), was " + latest);
    }
    if (!interval.isZero()) {
      requirePositive("interval", interval);
    }
  }

  private static void requirePositive(String name, Duration value) {
    if (value.isNegative() || value.isZero() || value.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(
          name + ": must be positive and at most a day, was " + value);
    }
  }

  /** 200 ms of quiet, 5 s at the latest, no interval. */
  public static WatchOptions defaults() {
    return new WatchOptions(Duration.ofMillis(200), Duration.ofSeconds(5), Duration.ZERO);
  }

  /** Replaces how long nothing must have changed. */
  public WatchOptions withQuiet(Duration replacement) {
    return new WatchOptions(replacement, latest, interval);
  }

  /** Replaces after how long a rescan comes in any case. */
  public WatchOptions withLatest(Duration replacement) {
    return new WatchOptions(quiet, replacement, interval);
  }

  /** Replaces after how long a rescan comes though nothing was noticed. */
  public WatchOptions withInterval(Duration replacement) {
    return new WatchOptions(quiet, latest, replacement);
  }
}
