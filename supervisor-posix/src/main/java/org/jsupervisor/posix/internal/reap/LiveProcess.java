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
  private final Ending ending;
  private Leftovers leftovers;
  private @Nullable ExitStatus heldStatus;

  LiveProcess(Arrivals.Arrival.Started started) {
    incarnation = started.report().incarnation();
    pid = started.report().pid();
    watchId = started.watchId();
    leftovers = started.leftovers();
    ending = started.ending();
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
