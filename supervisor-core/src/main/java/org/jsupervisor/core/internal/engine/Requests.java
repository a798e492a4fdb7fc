package org.jsupervisor.core.internal.engine;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.Refusal;
import org.jsupervisor.StopReport;
import org.jsupervisor.core.EngineOptions;
import org.jsupervisor.core.internal.queue.Inbox;
import org.jsupervisor.snapshot.EngineSnapshot;

/**
 * What any thread may ask of the engine: operations, through a bounded inbox, and the stop, which
 * is never refused. Nothing that was taken in is left without an answer: what the engine does not
 * take is refused when it has ended.
 */
final class Requests {
  private final Inbox<Operation> inbox;
  private final AtomicLong overloaded = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();

  /** Written by the engine only. */
  private final AtomicLong taken = new AtomicLong();

  /** Wakes the engine up. */
  private final Runnable wakeUp;

  /** Set by any thread, taken by the engine: a stop must not be refused by a full inbox. */
  private final AtomicReference<@Nullable String> stopRequest = new AtomicReference<>();

  private final Object afterTheEnd = new Object();
  private final CompletableFuture<StopReport> stopped = new CompletableFuture<>();

  /** Set by the engine when no operation will be taken up any more. */
  private volatile boolean closed;

  Requests(int capacity, Runnable wakeUp) {
    this.inbox = new Inbox<>(capacity);
    this.wakeUp = wakeUp;
  }

  /** Any thread. */
  void submit(Operation operation) {
    if (closed) {
      refuse(operation, Refusal.TREE_STOPPED, "the tree has stopped");
    } else if (!inbox.offer(operation)) {
      refuse(operation, Refusal.OVERLOADED, "the inbox is full");
    } else {
      wakeUp.run();
      refuseIfClosedMeanwhile();
    }
  }

  /** Any thread. The reason of the first one counts. */
  void requestStop(String reason) {
    stopRequest.compareAndSet(null, reason);
    wakeUp.run();
  }

  /** Completed when the tree has ended and all that was left in the inbox is refused. */
  CompletableFuture<StopReport> stopped() {
    return stopped;
  }

  boolean isEmpty() {
    return inbox.isEmpty();
  }

  /** The engine's thread: the next operation, or null if there is none. */
  @Nullable Operation poll() {
    Operation next = inbox.poll();
    if (next != null) {
      taken.lazySet(taken.getPlain() + 1);
    }
    return next;
  }

  /** Answers a caller on the calling thread, which is never the engine's, and counts it. */
  void refuse(Operation operation, Refusal refusal, String why) {
    count(refusal);
    operation.refuse(refusal, why);
  }

  /** One more that is refused; any thread. */
  void count(Refusal refusal) {
    refused.incrementAndGet();
    if (refusal == Refusal.OVERLOADED) {
      overloaded.incrementAndGet();
    }
  }

  /** Any thread. */
  EngineSnapshot.Operations read(EngineOptions options, int underWay) {
    return new EngineSnapshot.Operations(
        taken.get(),
        refused.get(),
        overloaded.get(),
        inbox.size(),
        options.inboxCapacity(),
        underWay,
        options.operationsMax());
  }

  boolean isStopAsked() {
    return stopRequest.get() != null;
  }

  /** Why the stop was asked for, which must have been. */
  String stopReason() {
    return Objects.requireNonNull(stopRequest.get(), "no stop was asked for");
  }

  /** Whether {@link #close} was called. */
  boolean isClosed() {
    return closed;
  }

  /** The engine's thread: it takes nothing any more. To be followed by {@link #refuseQueued}. */
  void close() {
    closed = true;
  }

  /** After the engine's last look, the inbox has several readers: one at a time. */
  void refuseQueued() {
    synchronized (afterTheEnd) {
      for (Operation next = inbox.poll(); next != null; next = inbox.poll()) {
        refuse(next, Refusal.TREE_STOPPED, "the tree has stopped");
      }
    }
  }

  /** Closes the gap between the last look into the inbox and the moment at which it was closed. */
  private void refuseIfClosedMeanwhile() {
    if (closed) {
      CompletableFuture<Void> unused = stopped.thenRun(this::refuseQueued);
    }
  }
}
