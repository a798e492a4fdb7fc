package org.jsupervisor.log;

import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Runs what must not hold up a writer: syncing and processing of old files. Each directory has two
 * jobs at most at a time, so the queue has no other bound. Thread-safe.
 */
interface Upkeep {
  /** How many jobs run at the same time. */
  int THREADS = 2;

  /**
   * Runs the job soon.
   *
   * @throws RejectedExecutionException if there is no thread for it; then it does not run
   */
  void run(Runnable job);

  /**
   * Runs the job after this time.
   *
   * @throws RejectedExecutionException if there is no thread for it; then it does not run
   */
  void runLater(Runnable job, long delayNanos);

  /** Threads that end when they have had nothing to do for a while; they keep no JVM alive. */
  static Upkeep threads() {
    ThreadFactory daemons =
        job -> {
          Thread thread = Executors.defaultThreadFactory().newThread(job);
          thread.setName("log-upkeep");
          thread.setDaemon(true);
          return thread;
        };
    return threads(daemons);
  }

  /** Threads of this kind that end when they have had nothing to do for a while. */
  static Upkeep threads(ThreadFactory kind) {
    ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(THREADS, kind);
    executor.setKeepAliveTime(10, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
    return new Upkeep() {
      @Override
      public void run(Runnable job) {
        runLater(job, 0);
      }

      @Override
      public void runLater(Runnable job, long delayNanos) {
        try {
          // Before the job is queued: what is refused must not wait there for ever.
          boolean unusedStarted = executor.prestartCoreThread();
        } catch (OutOfMemoryError noThread) {
          // What the JVM says when the kernel makes no more threads for this user.
          if (executor.getPoolSize() == 0) {
            throw new RejectedExecutionException(noThread.getMessage(), noThread);
          }
        }
        schedule(executor, job, delayNanos);
      }
    };
  }

  private static void schedule(
      ScheduledThreadPoolExecutor executor, Runnable job, long delayNanos) {
    try {
      var unused = executor.schedule(job, delayNanos, TimeUnit.NANOSECONDS);
    } catch (OutOfMemoryError noSecondThread) {
      // It is queued, and the thread that there is takes it.
    }
  }
}
