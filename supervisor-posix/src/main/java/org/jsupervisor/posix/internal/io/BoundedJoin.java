package org.jsupervisor.posix.internal.io;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for the end of a thread, or for what others tell, within a limit. */
public final class BoundedJoin {
  private BoundedJoin() {}

  /**
   * Whether the thread has ended in time. An interrupt does not cut the wait short, because it is
   * bounded and what comes after it needs its result; the flag is set again.
   */
  public static boolean join(Thread thread, Duration max) {
    await(millis -> thread.join(millis), () -> !thread.isAlive(), max);
    return !thread.isAlive();
  }

  /** Whether the latch has been counted down in time; as {@link #join}. */
  static boolean await(CountDownLatch latch, Duration max) {
    await(
        millis -> {
          var unused = latch.await(millis, TimeUnit.MILLISECONDS);
        },
        () -> latch.getCount() == 0,
        max);
    return latch.getCount() == 0;
  }

  private interface Wait {
    void forMillis(long max) throws InterruptedException;
  }

  private static void await(Wait wait, BooleanSupplier isOver, Duration max) {
    boolean interrupted = false;
    long end = System.nanoTime() + max.toNanos();
    long left = max.toNanos();
    while (!isOver.getAsBoolean() && left > 0) {
      try {
        wait.forMillis(left / 1_000_000 + 1);
      } catch (InterruptedException e) {
        interrupted = true;
      }
      left = end - System.nanoTime();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
