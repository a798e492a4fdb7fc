package org.jsupervisor.posix.internal.io;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The pipes that are left alone for a moment, by their ids. Confined to one output thread. */
final class Paused {
  /** How long a sink that has refused something is left alone. */
  static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** The wait when none is paused. */
  static final long NONE_NANOS = Long.MAX_VALUE;

  // All for the same time, so the first is the next.
  private final Map<Long, Long> untilNanos = new LinkedHashMap<>();

  /** For a pause from now on. */
  void add(long id, long nowNanos) {
    untilNanos.remove(id);
    untilNanos.put(id, nowNanos + PAUSE_NANOS);
  }

  void remove(long id) {
    untilNanos.remove(id);
  }

  boolean contains(long id) {
    return untilNanos.containsKey(id);
  }

  /** How long until the pause of one is over. */
  long waitNanos(long nowNanos) {
    var first = untilNanos.values().iterator();
    return first.hasNext() ? Math.max(0, first.next() - nowNanos) : NONE_NANOS;
  }

  /** Those whose pause is over; they stay paused until they are removed. */
  List<Long> due(long nowNanos) {
    List<Long> due = new ArrayList<>();
    for (Map.Entry<Long, Long> entry : untilNanos.entrySet()) {
      if (entry.getValue() - nowNanos > 0) {
        break;
      }
      due.add(entry.getKey());
    }
    return due;
  }
}
