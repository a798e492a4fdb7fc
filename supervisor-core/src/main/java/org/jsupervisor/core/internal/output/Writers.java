package org.jsupervisor.core.internal.output;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.core.internal.model.Failures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that empty buffers: daemons, few, and there only while something is to be written. A
 * destination that blocks has one of them; when all are blocked the other buffers wait.
 * Thread-safe.
 */
public final class Writers {
  private static final Logger LOG = LoggerFactory.getLogger(Writers.class);

  /** How many destinations may block at once before others have to wait for them. */
  static final int THREADS_MAX = 8;

  /** How long a destination that has failed is left alone. */
  static final Duration RETRY = Duration.ofMillis(200);

  /** How long buffers have at the end of a tree. */
  public static final Duration LAST_WRITES = Duration.ofSeconds(5);

  private static final Duration LAST_CLOSES = Duration.ofSeconds(1);

  private static final Duration IDLE = Duration.ofSeconds(5);

  private final ThreadFactory factory;
  private final Object lock = new Object();
  // Both are guarded by the lock.
  private final Set<BufferedSink> open = new HashSet<>();
  private @Nullable ScheduledThreadPoolExecutor threads;

  /** Whether it was told that there is no thread: once, however many plan something meanwhile. */
  private volatile boolean scarce;

  /** Threads for one tree; none yet. */
  public Writers(String tree) {
    this(body -> daemon(body, "supervisor-" + tree + "-writer"));
  }

  /** With another way of making threads, whose start may throw {@link OutOfMemoryError}. */
  Writers(ThreadFactory factory) {
    this.factory = factory;
  }

  void opened(BufferedSink sink) {
    synchronized (lock) {
      open.add(sink);
    }
  }

  void closed(BufferedSink sink) {
    synchronized (lock) {
      open.remove(sink);
      lock.notifyAll();
    }
  }

  /** Soon. The work must not throw: nobody would hear of it. */
  public void execute(Runnable work) {
    executeAfter(work, Duration.ZERO);
  }

  /** After {@link #RETRY}. */
  void executeLater(Runnable work) {
    executeAfter(work, RETRY);
  }

  private void executeAfter(Runnable work, Duration delay) {
    try {
      var unused = threads().schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      // The end has come meanwhile: who is still open is abandoned.
      return;
    } catch (OutOfMemoryError noThread) {
      // The work is planned all the same: whoever plans something next starts a thread for both.
      if (!scarce) {
        scarce = true;
        LOG.warn("no thread to write output with: {}", Failures.text(noThread));
      }
      return;
    }
    scarce = false;
  }

  private ScheduledThreadPoolExecutor threads() {
    synchronized (lock) {
      if (threads == null) {
        threads = new ScheduledThreadPoolExecutor(THREADS_MAX, factory);
        threads.setKeepAliveTime(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        threads.allowCoreThreadTimeOut(true);
      }
      return threads;
    }
  }

  private static Thread daemon(Runnable body, String name) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Waits until the sinks that were closed have delivered what they had, at most so long; what is
   * left then is lost. A destination that blocks is interrupted; if it goes on blocking, its thread
   * is left to it.
   */
  public void close(Duration waitMax) {
    awaitClosed(waitMax.toNanos());
    List<BufferedSink> left;
    synchronized (lock) {
      left = List.copyOf(open);
    }
    List<BufferedSink> unused = left.stream().filter(BufferedSink::abandon).toList();
    synchronized (lock) {
      if (threads != null) {
        threads.shutdownNow();
      }
    }
    if (!unused.isEmpty()) {
      // To close may hang, too.
      factory.newThread(() -> unused.forEach(BufferedSink::closeIfOver)).start();
      awaitClosed(LAST_CLOSES.toNanos());
    }
  }

  private void awaitClosed(long nanosMax) {
    long begin = System.nanoTime();
    boolean interrupted = false;
    synchronized (lock) {
      long left = nanosMax;
      while (!open.isEmpty() && left > 0 && !interrupted) {
        try {
          // Rounded up, so that the last part of a millisecond is no busy loop.
          lock.wait(TimeUnit.NANOSECONDS.toMillis(left) + 1);
        } catch (InterruptedException e) {
          interrupted = true;
        }
        left = nanosMax - (System.nanoTime() - begin);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
