package org.jsupervisor.core.internal.probe;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;

/**
 * Asks again and again, on a bounded number of daemon threads that are there only as long as
 * somebody is to be asked. An attempt that takes long holds up one of them for its time; no attempt
 * of a run begins before the last one is over.
 *
 * <p>Called by the engine only; nothing here blocks.
 */
final class ProbeThreads {
  private static final Duration IDLE = Duration.ofSeconds(5);

  private final ThreadFactory factory;
  private final int threadsMax;
  private final Answers answers;
  private final Map<Incarnation, Asking> askings = new HashMap<>();
  private @Nullable ScheduledThreadPoolExecutor executor;

  ProbeThreads(String tree, int threadsMax, Answers answers) {
    this(body -> daemon(body, "supervisor-" + tree + "-probe"), threadsMax, answers);
  }

  /** With another way of making threads, whose start may throw {@link OutOfMemoryError}. */
  ProbeThreads(ThreadFactory factory, int threadsMax, Answers answers) {
    this.factory = factory;
    this.threadsMax = threadsMax;
    this.answers = answers;
  }

  private static Thread daemon(Runnable body, String name) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    return thread;
  }

  /** The run is asked from now on. */
  void begin(Incarnation run, ProcessSpec spec) {
    ScheduledThreadPoolExecutor threads = executor;
    if (threads == null) {
      threads = new ScheduledThreadPoolExecutor(threadsMax, factory);
      threads.setKeepAliveTime(IDLE.toMillis(), TimeUnit.MILLISECONDS);
      threads.allowCoreThreadTimeOut(true);
      threads.setRemoveOnCancelPolicy(true);
      executor = threads;
    }
    ReadinessSpec.Probed probed = (ReadinessSpec.Probed) spec.readiness();
    Asking asking =
        new Asking(run, Question.of(probed, spec.directory()), probed.interval(), threads);
    askings.put(run, asking);
    asking.again(Duration.ZERO);
  }

  /** The run is asked no more; an attempt that is under way comes to nothing. */
  void end(Incarnation run) {
    Asking asking = askings.remove(run);
    if (asking != null) {
      asking.end();
    }
  }

  /** Nobody is asked any more. */
  void close() {
    askings.values().forEach(Asking::end);
    askings.clear();
    if (executor != null) {
      executor.shutdownNow();
    }
  }

  /** The attempts of one run, one after the other. */
  private final class Asking implements Runnable {
    private final Incarnation run;
    private final Question question;
    private final Duration interval;
    private final ScheduledThreadPoolExecutor threads;
    // Set by the engine, read between attempts.
    private volatile boolean over;
    // What is planned, so that a run that was asked seldom does not stay in memory after its end.
    private volatile @Nullable Future<?> planned;

    Asking(
        Incarnation run,
        Question question,
        Duration interval,
        ScheduledThreadPoolExecutor threads) {
      this.run = run;
      this.question = question;
      this.interval = interval;
      this.threads = threads;
    }

    /** After the end of the tree nothing is taken on, and nothing is to be done. */
    void again(Duration wait) {
      try {
        Future<?> next = threads.schedule(this, wait.toNanos(), TimeUnit.NANOSECONDS);
        planned = next;
        if (over) {
          next.cancel(false);
        }
      } catch (RejectedExecutionException closed) {
        over = true;
      } catch (OutOfMemoryError noThread) {
        // It is planned all the same, and who is asked next tries to start a thread again. If
        // nobody is, the run is not ready in its time: then its policy decides.
        planned = null;
      }
    }

    void end() {
      over = true;
      Future<?> next = planned;
      if (next != null) {
        next.cancel(false);
      }
    }

    @Override
    public void run() {
      if (over) {
        return;
      }
      boolean yes = isYes();
      if (yes && !over) {
        answers.ready(run);
      } else if (!over) {
        again(interval);
      }
    }

    /** What cannot be asked is not ready: it is no fault until its time is over. */
    @SuppressWarnings("CatchingUnchecked")
    private boolean isYes() {
      try {
        return question.ask();
      } catch (Exception | LinkageError | StackOverflowError failure) {
        return false;
      }
    }
  }
}
