package org.jsupervisor.posix.internal.libc;

import java.io.Serial;

/** A system call has failed: its name, the error, and what it was about. */
public final class SyscallException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final int errno;

  /** The failure of this call; {@code subject} says what it was applied to. */
  public SyscallException(String call, int errno, String subject) {
    super(call + "(" + subject + "): " + Errno.describe(errno));
    this.errno = errno;
  }

  /** The number of the error. */
  public int errno() {
    return errno;
  }
}
