package org.jsupervisor.posix.internal.reap;

import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Pid;
import org.jsupervisor.spec.Leftovers;

/** A child that is not reaped. Confined to the engine's thread. */
final class LiveProcess {
  private final Incarnation incarnation;
  private final Pid pid;
  private final long watchId;
  private Leftovers leftovers;

  LiveProcess(Incarnation incarnation, Pid pid, long watchId, Leftovers leftovers) {
    this.incarnation = incarnation;
    this.pid = pid;
    this.watchId = watchId;
    this.leftovers = leftovers;
  }

  Incarnation incarnation() {
    return incarnation;
  }

  Pid pid() {
    return pid;
  }

  long watchId() {
    return watchId;
  }

  /** What becomes of the rest of its group if it ended now. */
  Leftovers leftovers() {
    return leftovers;
  }

  /** Its group is sent a signal that asks it to end: nothing of it may be kept any more. */
  void tellToEnd() {
    leftovers = Leftovers.KILLED;
  }
}
