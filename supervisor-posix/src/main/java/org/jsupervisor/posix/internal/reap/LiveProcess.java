package org.jsupervisor.posix.internal.reap;

import org.jspecify.annotations.Nullable;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Pid;
import org.jsupervisor.spec.Leftovers;

/** A child that is not reaped. Confined to the engine's thread. */
final class LiveProcess {
  private final Incarnation incarnation;
  private final Pid pid;
  private final long watchId;
  private final long hostPeakBytes;
  private final Ending ending;
  private Leftovers leftovers;
  private @Nullable ExitStatus heldStatus;

  /** What was started, by a host whose own memory had this peak by then. */
  LiveProcess(Arrivals.Arrival.Started started, long hostPeakBytes) {
    this.incarnation = started.report().incarnation();
    this.pid = started.report().pid();
    this.watchId = started.watchId();
    this.hostPeakBytes = hostPeakBytes;
    this.leftovers = started.leftovers();
    this.ending = started.ending();
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

  long hostPeakBytes() {
    return hostPeakBytes;
  }

  /** What is done for it between its end and its reaping. */
  Ending ending() {
    return ending;
  }

  /** It has ended, but stays a zombie until what it has left behind is gone. */
  void hold(ExitStatus status) {
    heldStatus = status;
  }

  /** How it has ended, if it is held. */
  @Nullable ExitStatus heldStatus() {
    return heldStatus;
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
