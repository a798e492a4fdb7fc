package org.jsupervisor.posix.internal.io;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls of sinks that one pump makes: odd while its leader is in a call. Whoever counts
 * on from an odd number leads from then on: the leader itself when it comes back, or else whoever
 * has taken its place, with all that it had done before. The leader has the name of the pump.
 */
final class Lead {
  /** The number of the first call of a pump. */
  static final long FIRST_CALL = 1;

  private final AtomicLong count = new AtomicLong();
  private final CountDownLatch over = new CountDownLatch(1);
  private final String name;
  private final SinkWatch watch;
  private volatile @Nullable Thread leader;

  Lead(String name, SinkWatch watch) {
    this.name = name;
    this.watch = watch;
  }

  /** The caller leads from now on. */
  void taken() {
    leader = Thread.currentThread();
    Thread.currentThread().setName(name);
  }

  /** The caller has taken it from this thread, which is in its call still, or on its way back. */
  void lostBy(Thread thread) {
    thread.setName(name + "-away");
  }

  /** There is nothing left to lead; on the leader, which then ends. */
  void over() {
    over.countDown();
  }

  /**
   * Whether it is over within this time, and its leader has ended if there was time; any thread.
   */
  boolean awaitOver(Duration max) {
    boolean isOver = BoundedJoin.await(over, max);
    Thread last = leader;
    if (isOver && last != null) {
      var unused = BoundedJoin.join(last, max);
    }
    return isOver;
  }

  /** The leader begins a call; the number is for {@link #win}. */
  long enter() {
    long call = count.get() + 1;
    count.set(call);
    watch.notice();
    return call;
  }

  /** Whether the caller leads after this call; at most one does. */
  boolean win(long call) {
    return count.compareAndSet(call, call + 1);
  }

  /** The number of the last call, begun or over. */
  long count() {
    return count.get();
  }

  /** Whether a count is that of a call that goes on. */
  static boolean isCall(long count) {
    return count % 2 == 1;
  }
}
