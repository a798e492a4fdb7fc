package org.jsupervisor.posix.internal.spawn;

import org.jspecify.annotations.Nullable;
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
  private @Nullable Ending ending;
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
    Ending started = runs.started(mark, incarnation, pid);
    ending = started;
    return started;
  }

  /** From now on it is the reaper's. */
  void keep() {
    over = true;
  }

  @Override
  public void close() {
    if (!over) {
      over = true;
      if (ending == null) {
        runs.failed(mark);
      } else {
        // It ran for a moment. Otherwise whoever gets its number would be taken for a run.
        ending.release();
      }
    }
  }
}
