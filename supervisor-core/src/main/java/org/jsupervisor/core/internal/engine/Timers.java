package org.jsupervisor.core.internal.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.core.internal.model.Input;
import org.jsupervisor.process.ChildId;

/**
 * At most one deadline for each child, soonest first. Confined to the engine, but for {@link
 * #size}; owns no clock.
 */
final class Timers {
  private final Map<ChildId, Timer> byChild = new HashMap<>();
  private final TreeSet<Timer> bySoonest = new TreeSet<>(Timer::compare);
  private long nextOrder;

  /** Volatile, for readers on other threads. */
  private volatile int size;

  private record Timer(ChildId child, long deadlineNanos, long order) {
    /** By subtraction, since readings may wrap; the order of arming breaks ties. */
    private static int compare(Timer a, Timer b) {
      int byTime = Long.signum(a.deadlineNanos - b.deadlineNanos);
      return byTime != 0 ? byTime : Long.compare(a.order, b.order);
    }
  }

  /** Any thread: how many deadlines are set. */
  int size() {
    return size;
  }

  void arm(ChildId child, long deadlineNanos) {
    disarm(child);
    Timer timer = new Timer(child, deadlineNanos, nextOrder++);
    byChild.put(child, timer);
    bySoonest.add(timer);
    size = byChild.size();
  }

  void disarm(ChildId child) {
    Timer timer = byChild.remove(child);
    if (timer != null) {
      bySoonest.remove(timer);
      size = byChild.size();
    }
  }

  /** The soonest deadline that has come, taken out; null if none has. */
  Input.@Nullable Deadline due(long nowNanos) {
    if (bySoonest.isEmpty() || bySoonest.first().deadlineNanos - nowNanos > 0) {
      return null;
    }
    Timer timer = bySoonest.first();
    disarm(timer.child);
    return new Input.Deadline(timer.child, timer.deadlineNanos);
  }

  /** How long until the soonest deadline, at most {@code waitMax}. */
  long waitNanos(long nowNanos, long waitMax) {
    return bySoonest.isEmpty()
        ? waitMax
        : Math.max(0, Math.min(waitMax, bySoonest.first().deadlineNanos - nowNanos));
  }
}
