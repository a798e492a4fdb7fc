package org.jsupervisor.posix.internal.spawn;

import org.jspecify.annotations.Nullable;
import org.jsupervisor.posix.internal.libc.FileActions;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.SyscallException;

/**
 * The file actions of the last launch, which the next one uses again if it wants the same: they are
 * numbers only, and most launches want the same numbers. Confined to the spawner's thread.
 */
final class PreparedActions implements AutoCloseable {
  private final Libc libc;
  private @Nullable ChildFiles described;
  private @Nullable FileActions actions;

  PreparedActions(Libc libc) {
    this.libc = libc;
  }

  /** Valid until the next call. */
  FileActions of(ChildFiles files) throws SyscallException {
    FileActions last = actions;
    if (last != null && files.equals(described)) {
      return last;
    }
    close();
    FileActions next = new FileActions(libc);
    try {
      files.describe(next);
    } catch (SyscallException | RuntimeException | Error e) {
      next.close();
      throw e;
    }
    described = files;
    actions = next;
    return next;
  }

  @Override
  public void close() {
    if (actions != null) {
      actions.close();
      actions = null;
      described = null;
    }
  }
}
