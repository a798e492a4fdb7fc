package org.jsupervisor.posix.internal.io;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether a sink keeps the leader of a pump too long in one call, and sends a stand-in that
 * leads on. Asleep while nobody calls a sink; otherwise it looks once in {@link #PATIENCE_NANOS},
 * so a call is taken for stuck after one to two times that. Only the first call of each pump has
 * {@link #FIRST_PATIENCE_NANOS}: it loads the classes that all calls need, which may take a busy
 * host that long, and is nobody's fault.
 *
 * <p>There are places for so many stand-ins. Each is a new thread, which takes a place with it. If
 * it gets the lead the place is the call's that it was sent for, and free when that has come back:
 * then it is the other thread that ends. So the places that are taken are the calls that are away.
 */
final class SinkWatch implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(SinkWatch.class);

  static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  static final long FIRST_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Semaphore places;
  private List<Seen> watched = List.of();
  private volatile @Nullable Thread thread;
  private volatile boolean asleep;
  private volatile boolean closed;

  /**
   * Watches nothing yet.
   *
   * @param standIns how many calls may be away at a time, of all pumps
   */
  SinkWatch(int standIns) {
    places = new Semaphore(standIns);
  }

  /** How a pump was at the last look. Confined to the watch. */
  private static final class Seen {
    private final OutputPump pump;
    private long count;
    private long sinceNanos;
    // The last call for which a stand-in has been sent, and for which there was none; 0 is no call.
    private long sentFor;
    private long missedFor;
    private long missed;
    private final Warnings warnings = new Warnings();

    Seen(OutputPump pump) {
      this.pump = pump;
    }
  }

  /** What is watched, before the thread starts. */
  void watch(List<OutputPump> pumps) {
    List<Seen> unseen = new ArrayList<>();
    for (OutputPump pump : pumps) {
      unseen.add(new Seen(pump));
    }
    watched = List.copyOf(unseen);
  }

  /** A call has begun; on the thread of a leader. Costs one read unless the watch sleeps. */
  void notice() {
    if (asleep) {
      asleep = false;
      LockSupport.unpark(thread);
    }
  }

  /** A call that was away has come back; any thread. */
  void freePlace() {
    places.release();
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
        if (now - seen.sinceNanos >= patienceNanos(count)) {
          sendStandIn(seen);
        }
      }
    }
    return busy;
  }

  /** How long this call may go on before it is taken for stuck. */
  static long patienceNanos(long call) {
    return call == Lead.FIRST_CALL ? FIRST_PATIENCE_NANOS : PATIENCE_NANOS;
  }

  private void sendStandIn(Seen seen) {
    if (seen.sentFor == seen.count) {
      // It is on its way, or finds that the call has come back.
      return;
    }
    if (!places.tryAcquire()) {
      missed(seen, "as many stand in as may");
      return;
    }
    try {
      start(seen.pump, seen.count);
      seen.sentFor = seen.count;
    } catch (OutOfMemoryError e) {
      // No thread, or no buffer for it; perhaps the next time.
      places.release();
      missed(seen, OneLine.describe(e));
    }
  }

  private void start(OutputPump pump, long call) {
    ReadBuffer buffer = pump.context().newBuffer();
    Runnable standIn =
        () -> {
          if (!pump.takeOver(call, buffer)) {
            places.release();
          }
        };
    var unused = OutputThreads.started(standIn, pump.name());
  }

  private static void missed(Seen seen, String why) {
    if (seen.missedFor != seen.count) {
      seen.missedFor = seen.count;
      seen.missed++;
    }
    if (seen.warnings.isDue(System.nanoTime())) {
      LOG.warn(
          "{} has not come back from a call, and nobody can stand in ({}): the output of all"
              + " children of {} waits until a sink comes back; {} such calls so far",
          seen.pump.describeCall(),
          why,
          seen.pump.name(),
          seen.missed);
    }
  }
}
