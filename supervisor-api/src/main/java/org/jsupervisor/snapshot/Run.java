package org.jsupervisor.snapshot;

import java.time.Instant;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Pid;

/** The process of a child, if it has one. */
public sealed interface Run {
  /** There is no process. */
  record None() implements Run {}

  /**
   * There is a process.
   *
   * @param incarnation which run
   * @param pid its process id
   * @param launchedAt when exec had succeeded
   */
  record Live(Incarnation incarnation, Pid pid, Instant launchedAt) implements Run {}
}
