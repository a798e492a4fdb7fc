package org.jsupervisor.posix.internal.io;

import org.jsupervisor.posix.internal.libc.PipeEnds;
import org.jsupervisor.posix.internal.libc.SyscallException;

/** How the pipe between a child and us is made. */
@FunctionalInterface
public interface PipeMaker {
  /** A new pipe; on the spawner's thread. */
  Made make() throws SyscallException;

  /**
   * A pipe.
   *
   * @param ends its two ends
   * @param removal what is done when our end is about to be closed, on any thread; never blocks for
   *     long
   */
  record Made(PipeEnds ends, Runnable removal) {
    /** A pipe without a name. */
    public static Made unnamed(PipeEnds ends) {
      return new Made(ends, () -> {});
    }
  }
}
