package org.jsupervisor.posix.internal.reap;

import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Pid;

/** A child that is not reaped. Confined to the engine's thread. */
final class LiveProcess {
  private final Incarnation incarnation;
  private final Pid pid;
  private final long watchId;
  private boolean toldToEnd;

  LiveProcess(Incarnation incarnation, Pid pid, long watchId) {
    this.incarnation = incarnation;
    this.pid = pid;
    this.watchId = watchId;
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

  /** Whether its group has been sent a signal that asks it to end. */
  boolean toldToEnd() {
    return toldToEnd;
  }

  void tellToEnd() {
    toldToEnd = true;
  }
}
