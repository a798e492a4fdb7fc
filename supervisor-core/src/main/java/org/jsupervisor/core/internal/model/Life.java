package org.jsupervisor.core.internal.model;

import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Pid;

/** What is alive of the current run of a worker. A supervisor has none: its team is its life. */
public sealed interface Life {
  /** Nothing: there is no run, its launch is under way, or it has ended. */
  Life NONE = new None();

  /** A task. */
  Life TASK = new OfTask();

  record None() implements Life {}

  /** A process. */
  record OfProcess(Pid pid) implements Life {}

  /** A thread of this JVM, on which a task runs. */
  record OfTask() implements Life {}

  /** How the beginning of a run is told. */
  static SupervisorEvent begun(Incarnation incarnation, Life life) {
    return life instanceof OfProcess process
        ? new SupervisorEvent.Launched(incarnation, process.pid())
        : new SupervisorEvent.TaskStarted(incarnation);
  }
}
