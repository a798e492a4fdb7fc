package org.jsupervisor.core.internal.observe;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.event.PublishedEvent;

/**
 * The last events of a tree. The engine writes and never waits; each reader has a cursor of its own
 * and finds out by the sequence numbers what it has missed. So a slow reader loses the oldest
 * events, counted, and costs nobody else anything.
 */
final class EventRing {
  private final AtomicReferenceArray<@Nullable PublishedEvent> slots;
  private final int mask;

  /** The newest sequence number; written by the engine only, after the slot. */
  private volatile long newest;

  EventRing(int capacity) {
    int size = Integer.highestOneBit(Math.max(2, capacity) - 1) << 1;
    slots = new AtomicReferenceArray<>(size);
    mask = size - 1;
  }

  long newest() {
    return newest;
  }

  /** The engine's thread only; sequence numbers follow each other. */
  void publish(PublishedEvent event) {
    slots.setRelease((int) event.sequence() & mask, event);
    newest = event.sequence();
  }

  Cursor cursor() {
    return new Cursor(newest + 1);
  }

  /** One reader's place. Confined to the thread that delivers. */
  final class Cursor {
    private long next;
    private long missed;

    private Cursor(long next) {
      this.next = next;
    }

    /** The next event up to {@code last}, or null. */
    @Nullable PublishedEvent poll(long last) {
      while (next <= last) {
        PublishedEvent event = slots.getAcquire((int) next & mask);
        if (event != null && event.sequence() == next) {
          next++;
          return event;
        }
        long oldest = Math.max(next + 1, newest - mask);
        missed += oldest - next;
        next = oldest;
      }
      return null;
    }

    /** How many events were missed since the last call. */
    long takeMissed() {
      long taken = missed;
      missed = 0;
      return taken;
    }
  }
}
