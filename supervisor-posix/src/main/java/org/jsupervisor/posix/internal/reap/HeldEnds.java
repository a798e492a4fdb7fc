package org.jsupervisor.posix.internal.reap;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The ends that are held back until leftovers have been searched for, each no longer than a bound.
 * Confined to the engine's thread.
 */
final class HeldEnds {
  private final long nanosMax;
  // In the order of their times, because the bound is the same for all.
  private final Map<Long, Long> untilNanos = new LinkedHashMap<>();

  HeldEnds(Duration max) {
    nanosMax = max.toNanos();
  }

  void add(long watchId) {
    untilNanos.put(watchId, System.nanoTime() + nanosMax);
  }

  void remove(long watchId) {
    untilNanos.remove(watchId);
  }

  /** How long to wait, if something else may come after so long at most. */
  long nanosToWait(long timeoutNanosMax) {
    for (long until : untilNanos.values()) {
      return Math.min(timeoutNanosMax, Math.max(0, until - System.nanoTime()));
    }
    return timeoutNanosMax;
  }

  /** Those whose time is over. */
  List<Long> overdue() {
    if (untilNanos.isEmpty()) {
      return List.of();
    }
    long now = System.nanoTime();
    return untilNanos.entrySet().stream()
        .takeWhile(held -> now - held.getValue() >= 0)
        .map(Map.Entry::getKey)
        .toList();
  }
}
