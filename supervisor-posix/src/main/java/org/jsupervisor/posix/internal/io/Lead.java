package org.jsupervisor.posix.internal.io;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the calls of sinks that one pump makes: odd while its leader is in a call. Whoever counts
 * on from an odd number leads from then on: the leader itself when it comes back, or else whoever
 * has taken its place, with all that it had done before.
 */
final class Lead {
  private final AtomicLong count = new AtomicLong();
  private final SinkWatch watch;

  Lead(SinkWatch watch) {
    this.watch = watch;
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
