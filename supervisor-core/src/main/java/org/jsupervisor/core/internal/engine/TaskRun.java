package org.jsupervisor.core.internal.engine;

import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.core.internal.engine.TaskReports.Report;
import org.jsupervisor.core.internal.model.Input;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.spec.TaskBody;
import org.jsupervisor.spec.TaskContext;
import org.jsupervisor.spec.TaskDeclinedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a task, on its own thread. It tells that it has begun, that it is ready, and how it
 * has ended, whatever its body does. What it threw goes with its stack trace to the host's log,
 * from this thread and before its end is told, so that a log that hangs is seen as a task that
 * hangs.
 */
final class TaskRun implements Runnable, TaskContext {
  private static final Logger LOG = LoggerFactory.getLogger(TaskRun.class);
  private static final ExitStatus COMPLETED = new ExitStatus.Completed();

  private final Incarnation incarnation;
  private final TaskBody body;
  private final TaskReports reports;
  private final AtomicBoolean saidReady = new AtomicBoolean();
  private final Report begun;
  private final Report ready;

  /** Made at first for the worst case, in which there is no memory to make another. */
  private final Report ended;

  private final Object interrupts = new Object();

  // Guarded by the lock above: no interrupt may hit the thread when the body has ended.
  private @Nullable Thread thread;
  private boolean asked;
  private boolean over;

  TaskRun(Incarnation incarnation, TaskBody body, TaskReports reports) {
    this.incarnation = incarnation;
    this.body = body;
    this.reports = reports;
    this.begun = new Report(new Input.TaskStarted(incarnation));
    this.ready = new Report(new Input.Notified(incarnation));
    this.ended = new Report(new Input.Exited(incarnation, Thrown.UNTOLD));
  }

  @Override
  public Incarnation incarnation() {
    return incarnation;
  }

  @Override
  public void ready() {
    if (saidReady.compareAndSet(false, true)) {
      reports.tell(ready);
    }
  }

  /** Any thread: asks the body to end. Runs the closing of whatever channel the body waits in. */
  void interrupt() {
    synchronized (interrupts) {
      asked = true;
      if (thread != null && !over) {
        thread.interrupt();
      }
    }
  }

  @Override
  public void run() {
    reports.tell(begun);
    try {
      ended.replace(new Input.Exited(incarnation, work()));
    } finally {
      reports.tell(ended);
    }
  }

  /** Bodies are code of others: whatever they throw is an end, and the engine hears of it. */
  @SuppressWarnings("CatchingUnchecked")
  private ExitStatus work() {
    try {
      if (begin()) {
        body.run(this);
      }
      boolean unused = finish();
      return COMPLETED;
    } catch (TaskDeclinedException declined) {
      boolean unused = finish();
      return Thrown.declined(declined);
    } catch (Throwable thrown) {
      return finish() && isInterrupt(thrown) ? COMPLETED : threw(thrown);
    }
  }

  /** Returns whether there is still something to do. */
  private boolean begin() {
    synchronized (interrupts) {
      thread = Thread.currentThread();
      return !asked;
    }
  }

  /** Returns whether it was asked to end. What follows is not interrupted any more. */
  private boolean finish() {
    synchronized (interrupts) {
      over = true;
      boolean unused = Thread.interrupted();
      return asked;
    }
  }

  private static boolean isInterrupt(Throwable thrown) {
    return thrown instanceof InterruptedException || thrown instanceof ClosedByInterruptException;
  }

  @SuppressWarnings("CatchingUnchecked")
  private ExitStatus threw(Throwable thrown) {
    ExitStatus status = Thrown.status(thrown);
    try {
      LOG.warn("task {} {}", incarnation, status.describe(), thrown);
    } catch (Throwable another) {
      // A log that fails must not hide how the task ended; there is nobody else to tell.
      return status;
    }
    return status;
  }
}
