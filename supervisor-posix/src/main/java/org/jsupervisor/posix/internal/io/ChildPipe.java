package org.jsupervisor.posix.internal.io;

import org.jsupervisor.posix.internal.libc.Libc;

/**
 * A pipe on its way to a child. The write end is for the child; one of {@link #begin} and {@link
 * #abandon} must be called, once. Not thread-safe.
 *
 * <p>The source is registered before the child exists, so that a shortage fails the launch and not
 * the running child; but it is read only from {@link #begin} on, so that nothing of a run is
 * reported before its {@code Launched}. As long as the write end is open here, the pipe cannot end
 * either.
 */
public final class ChildPipe {
  private final WatchedSources sources;
  private final long id;
  private final Libc libc;
  private final int writeEnd;

  ChildPipe(WatchedSources sources, long id, Libc libc, int writeEnd) {
    this.sources = sources;
    this.id = id;
    this.libc = libc;
    this.writeEnd = writeEnd;
  }

  /** What the child gets. */
  public int writeEnd() {
    return writeEnd;
  }

  /** The child has its copy: from now on it is read. */
  public void begin() {
    libc.close(writeEnd);
    sources.begin(id);
  }

  /** There is no child. */
  public void abandon() {
    sources.abandon(id);
    libc.close(writeEnd);
  }
}
