package org.jsupervisor.snapshot;

import java.time.Instant;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Pid;

/** What runs of a child, if anything does: a process, or a task in this JVM. */
public sealed interface Run {
  /** Nothing runs; so it is with supervisors always. */
  record None() implements Run {}

  /**
   * There is a process.
   *
   * @param incarnation which run
   * @param pid its process id
   * @param launchedAt when exec had succeeded
   */
  record Live(Incarnation incarnation, Pid pid, Instant launchedAt) implements Run {}

  /**
   * A task runs.
   *
   * @param incarnation which run
   * @param launchedAt when the engine heard that its thread had begun
   */
  record LiveTask(Incarnation incarnation, Instant launchedAt) implements Run {}
}
