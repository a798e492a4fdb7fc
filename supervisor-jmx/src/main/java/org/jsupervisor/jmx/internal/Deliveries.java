package org.jsupervisor.jmx.internal;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/** What became of the events of a tree on their way to JMX clients. Thread-safe. */
final class Deliveries {
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong coalesced = new AtomicLong();

  /** How many wait; volatile, since the courier is made after this. */
  private volatile IntSupplier waiting = () -> 0;

  void countSent() {
    sent.incrementAndGet();
  }

  void countDropped(long events) {
    dropped.addAndGet(events);
  }

  void countCoalesced() {
    coalesced.incrementAndGet();
  }

  void waitIn(IntSupplier queue) {
    waiting = queue;
  }

  /** Notifications that were sent, heard or not. */
  long sent() {
    return sent.get();
  }

  /** Events that came to nothing. */
  long dropped() {
    return dropped.get();
  }

  /** How often the newest states were told in place of events. */
  long coalesced() {
    return coalesced.get();
  }

  int waiting() {
    return waiting.getAsInt();
  }
}
