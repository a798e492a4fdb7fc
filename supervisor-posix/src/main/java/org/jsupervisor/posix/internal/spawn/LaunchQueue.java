package org.jsupervisor.posix.internal.spawn;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.platform.LaunchRequest;

/**
 * What waits for the spawner, in the order in which it came; bounded. Any thread offers, one thread
 * takes. An offer costs a wake-up only if that thread sleeps, and never waits for a lock: the way
 * from the engine to a new process goes through here.
 */
final class LaunchQueue {
  private final int max;
  private final Queue<Order> queue = new ConcurrentLinkedQueue<>();
  // Counted before an order is added and after it is taken, so never less than there are.
  private final AtomicInteger size = new AtomicInteger();
  // Written by the taker before its last look at the queue; read by whoever has just added.
  private volatile @Nullable Thread sleeper;

  /** What the spawner is to do. */
  sealed interface Order {
    /** A launch. */
    record Launch(LaunchRequest request) implements Order {}

    /** A look at the guard, which has no other thread of its own. */
    record Guard() implements Order {}
  }

  LaunchQueue(int max) {
    this.max = max;
  }

  /** False if it is full. Never blocks. */
  boolean offer(Order order) {
    if (size.incrementAndGet() > max) {
      size.decrementAndGet();
      return false;
    }
    queue.add(order);
    Thread asleep = sleeper;
    if (asleep != null) {
      LockSupport.unpark(asleep);
    }
    return true;
  }

  /** The next one; waits for it. */
  Order take() throws InterruptedException {
    Order next = poll();
    if (next != null) {
      return next;
    }
    sleeper = Thread.currentThread();
    try {
      while ((next = poll()) == null) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        LockSupport.park(this);
      }
      return next;
    } finally {
      sleeper = null;
    }
  }

  /** All that wait; they wait no more. Any thread. */
  List<Order> drain() {
    List<Order> rest = new ArrayList<>();
    Order next;
    while ((next = poll()) != null) {
      rest.add(next);
    }
    return rest;
  }

  private @Nullable Order poll() {
    Order next = queue.poll();
    if (next != null) {
      size.decrementAndGet();
    }
    return next;
  }
}
