package org.jsupervisor.core.internal.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
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

  /** How many events are kept. */
  int size() {
    return mask + 1;
  }

  /** Any thread: the newest events, the oldest first; what is overwritten meanwhile is left out. */
  List<PublishedEvent> last(int most) {
    long last = newest;
    List<PublishedEvent> events = new ArrayList<>();
    for (long next = Math.max(1, last - Math.min(most, size()) + 1); next <= last; next++) {
      PublishedEvent event = slots.getAcquire((int) next & mask);
      if (event != null && event.sequence() == next) {
        events.add(event);
      }
    }
    return List.copyOf(events);
  }

  Cursor cursor() {
    return new Cursor(newest + 1);
  }

  /** One reader's place. Confined to the thread that delivers, but for {@link #behind}. */
  final class Cursor {
    private final AtomicLong next;
    private long missed;

    private Cursor(long next) {
      this.next = new AtomicLong(next);
    }

    /** Any thread: how many events it has not seen yet, those that are lost to it among them. */
    long behind() {
      return Math.max(0, newest + 1 - next.get());
    }

    /** The next event up to {@code last}, or null. */
    @Nullable PublishedEvent poll(long last) {
      for (long at = next.getPlain(); at <= last; ) {
        PublishedEvent event = slots.getAcquire((int) at & mask);
        if (event != null && event.sequence() == at) {
          next.lazySet(at + 1);
          return event;
        }
        long oldest = Math.max(at + 1, newest - mask);
        missed += oldest - at;
        at = oldest;
        next.lazySet(at);
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
