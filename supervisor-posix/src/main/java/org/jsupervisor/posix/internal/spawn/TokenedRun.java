package org.jsupervisor.posix.internal.spawn;

import org.jsupervisor.posix.internal.guard.RunMark;
import org.jsupervisor.posix.internal.leftover.TrackedRuns;
import org.jsupervisor.posix.internal.libc.SyscallException;
import org.jsupervisor.posix.internal.reap.Ending;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Pid;

/** A run that is being started. Closed without {@link #keep} it never was. Not thread-safe. */
final class TokenedRun implements AutoCloseable {
  private final TrackedRuns runs;
  private final RunMark mark;
  private final String token;
  private boolean over;

  TokenedRun(TrackedRuns runs, RunMark mark, String token) {
    this.runs = runs;
    this.mark = mark;
    this.token = token;
  }

  /** What every process of the run has in its environment. */
  String token() {
    return token;
  }

  Ending started(Incarnation incarnation, Pid pid) throws SyscallException {
    return runs.started(mark, incarnation, pid);
  }

  /** From now on it is the reaper's. */
  void keep() {
    over = true;
  }

  @Override
  public void close() {
    if (!over) {
      over = true;
      runs.failed(mark);
    }
  }
}
