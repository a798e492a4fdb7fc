package org.jsupervisor.spec;

import org.jsupervisor.process.Incarnation;

/** One run of a task, as its body sees it. Thread-safe; of no effect when the run has ended. */
public interface TaskContext {
  /** Which run of which child this is. */
  Incarnation incarnation();

  /**
   * Says that the task is ready, for {@link ReadinessSpec.Notified}. Never blocks; after the first
   * time, and under any other readiness, it does nothing.
   */
  void ready();
}
