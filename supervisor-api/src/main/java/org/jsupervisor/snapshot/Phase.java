package org.jsupervisor.snapshot;

/**
 * What a child is. Separate from what is wanted of it and from whether it is ready. What is said of
 * processes holds for tasks in this JVM, which are stopped by interrupts and never killed.
 */
public enum Phase {
  /** There is no process, and none is coming: it is not wanted, or was never started. */
  DOWN,
  /** A launch is under way. */
  LAUNCHING,
  /** There is a process. */
  RUNNING,
  /** It was asked to end and has time to do so. */
  STOPPING,
  /** It did not end in its time: KILL was sent. Never of a task. */
  KILLING,
  /**
   * It did not end in spite of all: a process after KILL, a task after its interrupt; or its launch
   * hangs. Its siblings go on; its end, or the outcome of its launch, is still waited for, and it
   * is not started beside itself.
   */
  UNKILLABLE,
  /**
   * Its run has ended, and the command that its spec wants to be run after that is under way,
   * within its limit ({@link org.jsupervisor.spec.FinishSpec}). What follows from the end of the
   * run comes when that is over. Never of a task or a supervisor.
   */
  FINISHING,
  /**
   * It waits before it is started: for its turn, since its supervisor starts its children one after
   * the other; for siblings that it depends on; or for a place among those that may be starting at
   * once.
   */
  WAITING,
  /** It ended and waits for its next start. */
  BACKOFF,
  /** It used up its restarts and is set aside until its probation start. */
  QUARANTINED,
  /**
   * It ended as its restart type allows: it has done its work. Or it is a task that declined: there
   * was none to do, as its last exit says.
   */
  FINISHED,
  /** It used up its restarts and stays down until an operator says otherwise. */
  FAILED;

  /** Whether there may be a process in this phase, be it only that of what is run after it. */
  public boolean isAlive() {
    return switch (this) {
      case LAUNCHING, RUNNING, STOPPING, KILLING, UNKILLABLE, FINISHING -> true;
      case DOWN, WAITING, BACKOFF, QUARANTINED, FINISHED, FAILED -> false;
    };
  }
}
