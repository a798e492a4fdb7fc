package org.jsupervisor.core.internal.engine;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.core.internal.model.Input;

/**
 * What the threads of tasks tell the engine. Nothing is ever lost: a report is made before its run
 * begins, so that telling it takes neither room nor memory; each run has three at most.
 */
final class TaskReports {
  /** How often the engine is woken for one report, if the platform throws. */
  private static final int WAKES_MAX = 100;

  private final Runnable wakeUp;
  private final AtomicReference<@Nullable Report> newest = new AtomicReference<>();

  /** Set by the engine when it looks no more; volatile for the threads, which let it sleep then. */
  private volatile boolean closed;

  /** A report that waits to be told, once. Handed over by the compare-and-set of its queue. */
  static final class Report {
    private Input.RunInput input;

    /** The one told before; while it is handed over, the one told after. */
    private @Nullable Report older;

    Report(Input.RunInput input) {
      this.input = input;
    }

    /** Before it is told. */
    void replace(Input.RunInput another) {
      input = another;
    }
  }

  TaskReports(Runnable wakeUp) {
    this.wakeUp = wakeUp;
  }

  /** Any thread; never blocks. */
  void tell(Report report) {
    Report before;
    do {
      before = newest.get();
      report.older = before;
    } while (!newest.compareAndSet(before, report));
    if (!closed) {
      wake();
    }
  }

  /** A platform that fails to wake must not hurt the task: the report is in, and it asks again. */
  @SuppressWarnings("CatchingUnchecked")
  private void wake() {
    for (int attempt = 1; attempt <= WAKES_MAX; attempt++) {
      try {
        wakeUp.run();
        return;
      } catch (Throwable thrown) {
        Thread.onSpinWait();
      }
    }
  }

  /** The engine only: hands over all that was told, in order. */
  void take(Consumer<Input.RunInput> taker) {
    Report oldest = null;
    for (Report each = newest.getAndSet(null); each != null; ) {
      Report older = each.older;
      each.older = oldest;
      oldest = each;
      each = older;
    }
    while (oldest != null) {
      Report each = oldest;
      oldest = each.older;
      // A run that lives long must not hold on to the reports of others.
      each.older = null;
      taker.accept(each.input);
    }
  }

  void close() {
    closed = true;
  }
}
