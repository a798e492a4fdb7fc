package org.jsupervisor.posix.internal.io;

import java.io.Serial;

/** An output thread has ended for an error of its own: nobody would read a new pipe. */
public final class OutputStoppedException extends IllegalStateException {
  @Serial private static final long serialVersionUID = 1L;

  OutputStoppedException(Throwable cause) {
    super("output is no longer read, its thread has ended: " + OneLine.describe(cause));
  }
}
