package org.jsupervisor.simulation;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A clock that stands still until it is told to go on, and what is to happen when. Not thread-safe.
 */
final class VirtualTime {
  private final long originNanos;
  private final PriorityQueue<Happening> agenda =
      new PriorityQueue<>(
          Comparator.comparingLong(Happening::elapsedNanos).thenComparingLong(Happening::order));
  private long elapsedNanos;
  private long nextOrder;

  /** At one instant, what was planned first happens first. */
  private record Happening(long elapsedNanos, long order, Runnable action) {}

  VirtualTime(long originNanos) {
    this.originNanos = originNanos;
  }

  long nowNanos() {
    return originNanos + elapsedNanos;
  }

  Duration sinceOrigin() {
    return Duration.ofNanos(elapsedNanos);
  }

  boolean isEmpty() {
    return agenda.isEmpty();
  }

  /** Whether something is planned for now, or should have happened before. */
  boolean isDue() {
    Happening next = agenda.peek();
    return next != null && next.elapsedNanos <= elapsedNanos;
  }

  void after(Duration delay, Runnable action) {
    agenda.add(new Happening(elapsedNanos + delay.toNanos(), nextOrder++, action));
  }

  /**
   * Goes on to the next happening, at most so far; nowhere if nothing is planned and the limit is
   * endless.
   */
  void advance(long limitNanos) {
    Happening next = agenda.peek();
    if (next == null) {
      elapsedNanos += limitNanos == Long.MAX_VALUE ? 0 : limitNanos;
    } else {
      elapsedNanos += Math.max(0, Math.min(limitNanos, next.elapsedNanos - elapsedNanos));
    }
  }

  void jump(Duration length) {
    elapsedNanos += length.toNanos();
  }

  /** Lets happen what is due. What it plans for this very instant happens, too. */
  void runDue() {
    for (@Nullable Happening next = agenda.peek();
        next != null && next.elapsedNanos <= elapsedNanos;
        next = agenda.peek()) {
      agenda.remove();
      next.action.run();
    }
  }
}
