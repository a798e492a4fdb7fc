package org.jsupervisor.posix.internal.leftover;

import org.jspecify.annotations.Nullable;
import org.jsupervisor.posix.internal.guard.RunKind;
import org.jsupervisor.posix.internal.guard.RunMark;
import org.jsupervisor.posix.internal.guard.RunTable;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.SharedCell;
import org.jsupervisor.posix.internal.libc.SyscallException;
import org.jsupervisor.posix.internal.reap.Ending;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Pid;
import org.jsupervisor.spec.Leftovers;

/**
 * The runs of a platform, from just before their start to the moment when their pid is given back.
 * The spawner's thread begins them, the engine's ends them.
 */
public final class TrackedRuns {
  private final RunTable table;
  private final LeftoverSearch search;
  private final PidCursor cursor;
  // Written by the spawner's thread only, after each spawn.
  private volatile long started;

  /** No runs yet. */
  public TrackedRuns(Libc libc, RunTable table, LeftoverSearch search) {
    this.table = table;
    this.search = search;
    this.cursor = new PidCursor(libc);
  }

  /** Where C leaves the pid of what is being started. */
  public SharedCell startedPid() {
    return table.startedPid();
  }

  /** A process is about to be started. */
  public RunMark begin(RunKind kind) throws SyscallException {
    return table.begin(kind);
  }

  /** It could not be. */
  public void failed(RunMark mark) {
    table.erase(mark);
  }

  /** It runs, and is this child. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // One writer.
  public Ending started(RunMark mark, Incarnation incarnation, Pid pid) throws SyscallException {
    table.runs(mark, pid.value());
    started++;
    search.began(pid.value());
    var who = new EndedRun.Identity(incarnation, mark, pid.value());
    return new Tracked(who, started);
  }

  /** Releases what it has open; the engine's thread. */
  public void close() {
    cursor.close();
  }

  /** Confined to the engine's thread. */
  private final class Tracked implements Ending {
    private final EndedRun.Identity who;
    private final long startedBefore;
    private @Nullable EndedRun searched;

    Tracked(EndedRun.Identity who, long startedBefore) {
      this.who = who;
      this.startedBefore = startedBefore;
    }

    @Override
    public void search(long watchId, Leftovers leftovers) {
      searched = new EndedRun(who, leftovers, watchId, EndedRun.Numbers.HELD);
      search.begin(searched);
    }

    @Override
    public void searchWithoutNumbers(Leftovers leftovers) {
      if (mayHaveDescendants()) {
        search.begin(new EndedRun(who, leftovers, EndedRun.NOBODY_WAITS, EndedRun.Numbers.FREE));
      }
    }

    @Override
    public boolean mayHaveDescendants() {
      long ourOwn = started - startedBefore;
      return !who.isYoung() || cursor.othersStartedSince(who.pid(), ourOwn);
    }

    @Override
    public void release() {
      if (searched != null) {
        searched.release();
      }
      search.released(who.pid());
      table.erase(who.mark());
    }
  }
}
