package org.jsupervisor.core.internal.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.core.internal.model.Input;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.LaunchFailure;
import org.jsupervisor.process.LaunchFault;
import org.jsupervisor.spec.TaskSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks, each on a daemon thread of its own that ends with it. Confined to the engine, but for
 * the reports of the threads; it waits for nothing.
 */
final class TaskRunner implements Tasks {
  private static final Logger LOG = LoggerFactory.getLogger(TaskRunner.class);

  private final String tree;
  private final TaskReports reports;
  private final Consumer<Thread> starter;

  /** That of whoever starts the tree: not that of whoever happens to drive it. */
  private final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();

  private final Map<Incarnation, TaskRun> alive = new HashMap<>();

  TaskRunner(String tree, Runnable wakeUp) {
    this(tree, wakeUp, Thread::start);
  }

  /** With another way of starting threads, which may throw {@link OutOfMemoryError}. */
  TaskRunner(String tree, Runnable wakeUp, Consumer<Thread> starter) {
    this.tree = tree;
    this.reports = new TaskReports(wakeUp);
    this.starter = starter;
  }

  @Override
  public void start(Incarnation incarnation, TaskSpec spec) {
    TaskRun run = new TaskRun(incarnation, spec.body(), reports);
    String name = "supervisor-" + tree + "-task-" + incarnation;
    Thread thread = new Thread(null, run, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(loader);
    try {
      starter.accept(thread);
      alive.put(incarnation, run);
    } catch (OutOfMemoryError shortage) {
      LaunchFailure failure =
          new LaunchFailure(
              LaunchFault.HOST,
              "OutOfMemoryError",
              name,
              "thread '" + name + "' could not be created: " + shortage.getMessage());
      reports.tell(new TaskReports.Report(new Input.LaunchFailed(incarnation, failure)));
    }
  }

  @Override
  public void interrupt(Incarnation incarnation) {
    TaskRun run = alive.get(incarnation);
    if (run != null) {
      interrupt(incarnation, run);
    }
  }

  /** An interrupt closes the channel that the body waits in, and that may be code of others. */
  @SuppressWarnings("CatchingUnchecked")
  private static void interrupt(Incarnation incarnation, TaskRun run) {
    try {
      run.interrupt();
    } catch (Throwable thrown) {
      LOG.warn("what task {} waits in threw when it was interrupted", incarnation, thrown);
    }
  }

  @Override
  public void take(Consumer<? super Input> taker) {
    reports.take(
        report -> {
          if (report instanceof Input.Exited) {
            alive.remove(report.incarnation());
          }
          taker.accept(report);
        });
  }

  @Override
  public void close() {
    reports.close();
    alive.forEach(TaskRunner::interrupt);
  }
}
