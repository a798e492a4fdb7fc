package org.jsupervisor.scan;

import java.time.Duration;

/** When the next rescan is due. Reads no clock; confined to one thread. */
final class WatchTimes {
  private final long quietNanos;
  private final long latestNanos;
  private final long intervalNanos;
  private boolean isChanged;
  private long firstChange;
  private long lastChange;
  private long notBefore;
  private long again;
  private boolean comesAgain;

  WatchTimes(WatchOptions options, long now) {
    notBefore = now;
    quietNanos = options.quiet().toNanos();
    latestNanos = options.latest().toNanos();
    intervalNanos = options.interval().toNanos();
  }

  /** Something has changed. */
  void changed(long now) {
    if (!isChanged) {
      isChanged = true;
      firstChange = now;
    }
    lastChange = now;
  }

  /** A rescan begins; the next one by a change not before this pause is over. */
  void begins(long now, long pauseNanos) {
    isChanged = false;
    notBefore = now + pauseNanos;
    comesAgain = intervalNanos > 0;
    again = now + intervalNanos;
  }

  /** The next one by a change comes so much later than the last. */
  void pause(long nanos) {
    notBefore += nanos;
  }

  /** A rescan comes after this time at the latest. */
  void scanAfter(Duration time) {
    long at = notBefore + time.toNanos();
    if (!comesAgain || at - again < 0) {
      comesAgain = true;
      again = at;
    }
  }

  /** Whether a rescan is due. */
  boolean isDue(long now) {
    return waitNanos(now) == 0;
  }

  /** How long there is nothing to do, at least 0; {@link Long#MAX_VALUE} if nothing is known of. */
  long waitNanos(long now) {
    long wait = Long.MAX_VALUE;
    if (isChanged) {
      long quiet = Math.min(lastChange + quietNanos - now, firstChange + latestNanos - now);
      wait = Math.max(quiet, notBefore - now);
    }
    if (comesAgain) {
      wait = Math.min(wait, again - now);
    }
    return Math.max(0, wait);
  }
}
