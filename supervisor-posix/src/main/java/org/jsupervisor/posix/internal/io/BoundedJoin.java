package org.jsupervisor.posix.internal.io;

import java.time.Duration;

/** Waits for the end of a thread, within a limit. */
public final class BoundedJoin {
  private BoundedJoin() {}

  /**
   * Whether the thread has ended in time. An interrupt does not cut the wait short, because it is
   * bounded and what comes after it needs its result; the flag is set again.
   */
  public static boolean join(Thread thread, Duration max) {
    boolean interrupted = false;
    long end = System.nanoTime() + max.toNanos();
    long left = max.toNanos();
    while (thread.isAlive() && left > 0) {
      try {
        thread.join(left / 1_000_000 + 1);
      } catch (InterruptedException e) {
        interrupted = true;
      }
      left = end - System.nanoTime();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }
}
