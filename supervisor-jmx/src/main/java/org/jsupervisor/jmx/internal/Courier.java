package org.jsupervisor.jmx.internal;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * One daemon thread that carries out small tasks in order, so that a slow JMX listener can never
 * hold up the supervisor's notifier. The queue is bounded: what does not fit is refused, not waited
 * for. Idle means asleep.
 */
final class Courier {
  private final BlockingQueue<Runnable> tasks;
  private final Runnable onFailure;
  private final Runnable onIdle;
  private final Thread thread;

  /** Volatile: set by whoever closes, read by the courier's thread. */
  private volatile boolean stopping;

  /** Volatile: as above; set when there is no more time to finish what is queued. */
  private volatile boolean abandoned;

  /**
   * A courier that does not run yet but takes tasks already.
   *
   * @param onFailure called on the courier's thread for each task that threw
   * @param onIdle called on the courier's thread whenever it has done all that was queued
   */
  Courier(String name, int pendingMax, Runnable onFailure, Runnable onIdle) {
    this.tasks = new ArrayBlockingQueue<>(pendingMax);
    this.onFailure = onFailure;
    this.onIdle = onIdle;
    this.thread = new Thread(this::work, name);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** How many tasks wait; any thread. */
  int waiting() {
    return tasks.size();
  }

  /**
   * Sees to it that {@code onIdle} is called after this. If there is no room, there is much to do,
   * and it will be called when that is done.
   */
  void nudge() {
    boolean unused = offer(Courier::nothing);
  }

  /** Queues a task, unless there is no room. Never blocks. */
  boolean offer(Runnable task) {
    return !stopping && tasks.offer(task);
  }

  /**
   * Lets the thread finish what is queued, for so long at most, and ends it. Called by one of its
   * own tasks, it does not wait for itself.
   */
  void stop(Duration waitMax) {
    stopping = true;
    // Wakes the thread up; if there is no room for it, the thread is awake.
    tasks.offer(Courier::nothing);
    if (Thread.currentThread() == thread) {
      abandoned = true;
      return;
    }
    try {
      thread.join(waitMax.toMillis());
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
    abandoned = true;
    thread.interrupt();
  }

  private void work() {
    while (!abandoned && !(stopping && tasks.isEmpty())) {
      try {
        carryOut(tasks.take());
        if (tasks.isEmpty() && !abandoned) {
          carryOut(onIdle);
        }
      } catch (InterruptedException stray) {
        // A listener left the flag set, or we are to end: the loop's condition knows.
      }
    }
  }

  private static void nothing() {}

  private void carryOut(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error failure) {
      onFailure.run();
    }
  }
}
