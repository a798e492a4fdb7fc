package org.jsupervisor.core.internal.observe;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.Subscription;
import org.jsupervisor.event.PublishedEvent;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.event.SupervisorListener;
import org.jsupervisor.snapshot.EngineSnapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events to listeners and outcomes to callers, on one thread that is never the engine's.
 *
 * <p>An outcome is delivered after every event that was published before it, so whoever waits for
 * an operation has heard its events. Outcomes are never dropped: their number is bounded by the
 * operations that may be under way. Asleep when there is nothing to deliver.
 */
public final class Notifier {
  private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);

  private final EventRing ring;
  private final InstantSource wallClock;
  private final List<Place> places = new CopyOnWriteArrayList<>();
  private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
  private final AtomicLong listenerFailures = new AtomicLong();
  private final AtomicLong lostToListeners = new AtomicLong();
  private final AtomicInteger outcomesWaiting = new AtomicInteger();

  /** The next sequence number; confined to the engine's thread. */
  private long sequence = 1;

  /** Who delivers; volatile, since the engine wakes it. Null while nobody does. */
  private volatile @Nullable Thread deliverer;

  private volatile boolean finished;

  private record Outcome(long afterSequence, Runnable delivery) {}

  /** A notifier that remembers so many events for slow listeners. */
  public Notifier(int eventsKept, InstantSource wallClock) {
    this.ring = new EventRing(eventsKept);
    this.wallClock = wallClock;
  }

  /** The engine's thread only: what has happened at one moment, in this order. */
  public void publish(List<SupervisorEvent> events) {
    if (!events.isEmpty()) {
      Instant now = wallClock.instant();
      events.forEach(event -> ring.publish(new PublishedEvent(sequence++, now, event)));
    }
  }

  /** The engine's thread only: delivers after all events published so far. */
  public void complete(Runnable delivery) {
    outcomesWaiting.incrementAndGet();
    outcomes.add(new Outcome(ring.newest(), delivery));
  }

  /** Wakes the deliverer. Any thread; cheap. */
  public void wake() {
    LockSupport.unpark(deliverer);
  }

  /** Hears all events that are published from now on. Any thread. */
  public Subscription subscribe(SupervisorListener listener) {
    Objects.requireNonNull(listener, "a listener must be given");
    Place place = new Place(listener, ring.cursor());
    places.add(place);
    return place;
  }

  /** How often a listener has thrown. */
  public long listenerFailures() {
    return listenerFailures.get();
  }

  /** The newest events, the oldest first. Any thread. */
  public List<PublishedEvent> recent(int most) {
    return ring.last(most);
  }

  /** What goes out, and what waits. Any thread. */
  public EngineSnapshot.Events read() {
    return new EngineSnapshot.Events(
        ring.newest(),
        ring.size(),
        places.size(),
        lostToListeners.get(),
        places.stream().mapToLong(place -> place.cursor.behind()).max().orElse(0),
        listenerFailures.get(),
        outcomesWaiting.get());
  }

  /** Whether the calling thread is the one that delivers: it must not wait for a delivery. */
  public boolean isDeliverer() {
    return Thread.currentThread() == deliverer;
  }

  /** Delivers until {@link #finish}, then what is left. The body of the notifier's thread. */
  public void run() {
    deliverer = Thread.currentThread();
    while (!finished) {
      if (deliver() == 0 && !finished) {
        // Whoever has left the flag set meant it for nobody: this thread is ended by finish only,
        // and could not sleep with it.
        boolean unused = Thread.interrupted();
        LockSupport.park(this);
      }
    }
    deliver();
  }

  /** The engine's thread only, after its last event and outcome. */
  public void finish() {
    finished = true;
    wake();
  }

  /**
   * Delivers what there is, on the calling thread; returns how much it was. One thread at a time.
   */
  public int deliver() {
    int delivered = 0;
    for (boolean more = true; more; ) {
      int before = delivered;
      long last = ring.newest();
      for (Place place : places) {
        delivered += place.deliver(last);
      }
      delivered += deliverOutcomes(last);
      more = delivered > before;
    }
    return delivered;
  }

  private int deliverOutcomes(long last) {
    int delivered = 0;
    for (Outcome outcome = outcomes.peek();
        outcome != null && outcome.afterSequence() <= last;
        outcome = outcomes.peek()) {
      outcomes.remove();
      outcomesWaiting.decrementAndGet();
      guarded(outcome.delivery());
      delivered++;
    }
    return delivered;
  }

  /**
   * Listeners and dependent actions are code of others: nothing they throw may end the delivery.
   */
  @SuppressWarnings("CatchingUnchecked")
  private void guarded(Runnable callback) {
    try {
      callback.run();
    } catch (Throwable thrown) {
      listenerFailures.incrementAndGet();
      LOG.warn("a listener or dependent action threw; it stays subscribed", thrown);
    }
  }

  /** A listener's place. */
  private final class Place implements Subscription {
    private final SupervisorListener listener;
    private final EventRing.Cursor cursor;
    private final AtomicLong lost = new AtomicLong();
    private volatile boolean closed;

    private Place(SupervisorListener listener, EventRing.Cursor cursor) {
      this.listener = listener;
      this.cursor = cursor;
    }

    private int deliver(long last) {
      int delivered = 0;
      for (PublishedEvent event = cursor.poll(last);
          event != null && !closed;
          event = cursor.poll(last)) {
        reportLoss();
        if (!closed) {
          PublishedEvent current = event;
          guarded(() -> listener.onEvent(current));
          delivered++;
        }
      }
      return delivered;
    }

    private void reportLoss() {
      long missed = cursor.takeMissed();
      if (missed > 0) {
        lost.addAndGet(missed);
        lostToListeners.addAndGet(missed);
        guarded(() -> listener.onLoss(missed));
      }
    }

    @Override
    public long lost() {
      return lost.get();
    }

    @Override
    public void close() {
      closed = true;
      places.remove(this);
    }
  }
}
