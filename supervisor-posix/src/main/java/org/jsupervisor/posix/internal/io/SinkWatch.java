package org.jsupervisor.posix.internal.io;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether a sink keeps the leader of a pump too long in one call, and sends a stand-in that
 * leads on. Asleep while nobody calls a sink; otherwise it looks once in {@link #PATIENCE_NANOS},
 * so a call is taken for stuck after one to two times that.
 */
final class SinkWatch implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(SinkWatch.class);

  static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Executor standIns;
  private List<Seen> watched = List.of();
  private volatile @Nullable Thread thread;
  private volatile boolean asleep;
  private volatile boolean closed;

  /**
   * Watches nothing yet.
   *
   * @param standIns takes work on a thread of its own at once, or rejects it
   */
  SinkWatch(Executor standIns) {
    this.standIns = standIns;
  }

  /** How a pump was at the last look. Confined to the watch. */
  private static final class Seen {
    private final OutputPump pump;
    private long count;
    private long sinceNanos;
    private long toldOf;

    Seen(OutputPump pump) {
      this.pump = pump;
    }
  }

  /** What is watched, before the thread starts. */
  void watch(List<OutputPump> pumps) {
    watched = pumps.stream().map(Seen::new).toList();
  }

  /** A call has begun; on the thread of a leader. Costs one read unless the watch sleeps. */
  void notice() {
    if (asleep) {
      asleep = false;
      LockSupport.unpark(thread);
    }
  }

  void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  @Override
  public void run() {
    thread = Thread.currentThread();
    while (!closed) {
      if (isAnyBusy()) {
        LockSupport.parkNanos(this, PATIENCE_NANOS);
      } else {
        sleep();
      }
    }
  }

  private void sleep() {
    asleep = true;
    // Again: a leader that did not find it asleep has begun its call before this look.
    if (isAnyBusy()) {
      asleep = false;
    }
    while (asleep && !closed) {
      LockSupport.park(this);
    }
  }

  /** Whether any pump is in a call, or has been since the last look. */
  private boolean isAnyBusy() {
    boolean busy = false;
    long now = System.nanoTime();
    for (Seen seen : watched) {
      long count = seen.pump.lead().count();
      if (count != seen.count) {
        seen.count = count;
        seen.sinceNanos = now;
        busy = true;
      } else if (Lead.isCall(count)) {
        busy = true;
        if (now - seen.sinceNanos >= PATIENCE_NANOS) {
          sendStandIn(seen);
        }
      }
    }
    return busy;
  }

  private void sendStandIn(Seen seen) {
    long call = seen.count;
    try {
      standIns.execute(() -> standIn(seen.pump, call));
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      if (!closed && seen.toldOf != call) {
        seen.toldOf = call;
        warn(seen.pump, e);
      }
    }
  }

  private static void standIn(OutputPump pump, long call) {
    try {
      pump.takeOver(call);
    } catch (OutOfMemoryError e) {
      // Of its buffer, before it leads.
      warn(pump, e);
    }
  }

  private static void warn(OutputPump pump, Throwable cause) {
    LOG.warn(
        "{} has not come back from a call, and nobody can stand in ({}): the output of all children"
            + " of {} waits until a sink comes back",
        pump.describeCall(),
        OneLine.describe(cause),
        pump.name());
  }
}
