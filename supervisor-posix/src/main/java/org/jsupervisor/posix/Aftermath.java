package org.jsupervisor.posix;

import org.jsupervisor.posix.internal.guard.FifoDirectory;
import org.jsupervisor.posix.internal.guard.GuardKeeper;
import org.jsupervisor.posix.internal.guard.RunTable;
import org.jsupervisor.posix.internal.guard.RunToken;
import org.jsupervisor.posix.internal.leftover.LeftoverSearch;
import org.jsupervisor.posix.internal.leftover.TrackedRuns;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.SyscallException;
import org.jsupervisor.posix.internal.reap.Arrivals;
import org.jsupervisor.posix.internal.reap.ExitWatch;
import org.jsupervisor.posix.internal.spawn.PipeChoice;
import org.jsupervisor.posix.internal.spawn.Survival;

/**
 * What comes after the end of a child, and after the end of the host: opened and closed together.
 */
final class Aftermath implements AutoCloseable {
  private final Survival survival;
  private final RunTable table;
  private final LeftoverSearch search;
  private final FifoDirectory fifos;

  private Aftermath(Survival survival, RunTable table, LeftoverSearch search, FifoDirectory fifos) {
    this.survival = survival;
    this.table = table;
    this.search = search;
    this.fifos = fifos;
  }

  static Aftermath open(Libc libc, PosixOptions options, ExitWatch watch, Arrivals arrivals)
      throws SyscallException {
    RunToken token = RunToken.random(libc);
    var fifos = new FifoDirectory(libc, options.runtimeDirectory());
    var table = new RunTable(libc, token, fifos.path().toString());
    LeftoverSearch search;
    try {
      search = new LeftoverSearch(libc, arrivals, token.prefix(), options.leftoverWait());
    } catch (RuntimeException | Error e) {
      table.close();
      throw e;
    }
    var survival =
        new Survival(
            new GuardKeeper(libc, watch, table, options.hostEnvironment()),
            new TrackedRuns(libc, table, search),
            token,
            new PipeChoice(libc, fifos));
    return new Aftermath(survival, table, search, fifos);
  }

  Survival survival() {
    return survival;
  }

  /** When all children have ended and all output has been read. The guard does nothing. */
  @Override
  public void close() {
    search.close();
    survival.runs().close();
    survival.guard().close();
    table.close();
    fifos.close();
  }
}
