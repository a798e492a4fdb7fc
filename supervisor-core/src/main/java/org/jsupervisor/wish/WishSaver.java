package org.jsupervisor.wish;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves wishes beside whoever changes them: on a daemon thread that is there only while there is
 * something to do. However many changes come during a save, one more follows. Thread-safe.
 */
final class WishSaver {
  private static final Logger LOG = LoggerFactory.getLogger(WishSaver.class);

  /** How long until it is tried again to save what could not be saved. */
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final WishFile file;
  private final Supplier<List<Wish>> current;
  private final ScheduledThreadPoolExecutor thread;
  private final Object lock = new Object();

  // Below: guarded by the lock.
  private boolean dirty;
  private boolean failing;

  /** {@code current} is asked without any lock held, on the thread or in {@link #close}. */
  WishSaver(WishFile file, Supplier<List<Wish>> current) {
    this.file = file;
    this.current = current;
    this.thread = thread();
  }

  private static ScheduledThreadPoolExecutor thread() {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "supervisor-wishes");
              thread.setDaemon(true);
              return thread;
            });
    executor.setKeepAliveTime(2 * RETRY.toSeconds(), TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return executor;
  }

  /** There is something new. Does not wait. */
  void soon() {
    synchronized (lock) {
      if (!dirty && !thread.isShutdown()) {
        thread.execute(this::save);
      }
      dirty = true;
    }
  }

  private void save() {
    synchronized (lock) {
      if (!dirty) {
        return;
      }
      dirty = false;
    }
    try {
      // Who closes and is interrupted does not wait for the thread.
      synchronized (file) {
        file.save(current.get());
      }
      succeeded();
    } catch (IOException | RuntimeException e) {
      failed(e);
    }
  }

  private void succeeded() {
    synchronized (lock) {
      if (failing) {
        LOG.info("what is wanted is saved again");
      }
      failing = false;
    }
  }

  private void failed(Exception failure) {
    synchronized (lock) {
      if (!failing) {
        LOG.warn("what is wanted cannot be saved, it is tried again: {}", failure.toString());
      }
      failing = true;
      dirty = true;
      if (!thread.isShutdown()) {
        var unused = thread.schedule(this::save, RETRY.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }

  /** Saves what is left; see {@link WishMemory#close}. */
  void close() {
    synchronized (lock) {
      thread.shutdown();
    }
    try {
      if (!thread.awaitTermination(2 * RETRY.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("what is wanted is still being saved");
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    save();
  }
}
