package org.jsupervisor.posix.internal.leftover;

import java.nio.ByteBuffer;
import org.jsupervisor.posix.internal.libc.CString;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.NativeMemory;

/**
 * The last pid that the kernel has given out. Pids are given out in order, to threads too: if
 * nobody but ourselves has got one since a child was started, then it has no descendants, and
 * nothing needs to be searched. On a quiet host that is the rule.
 *
 * <p>Not {@code /proc/loadavg}, which containers replace. Not thread-safe.
 */
final class PidCursor {
  /** Lower than every pid. */
  static final long UNKNOWN = -1;

  private static final String PATH = "/proc/sys/kernel/ns_last_pid";
  private static final int CLOSED = -1;

  private final Libc libc;
  private final NativeMemory text = new NativeMemory(32);
  private int file;

  /** Opens it; a kernel that does not have it makes every answer yes. */
  PidCursor(Libc libc) {
    this.libc = libc;
    file = libc.files().openToRead(CString.of(PATH));
  }

  /**
   * Whether a process has been started by somebody else since the one with this pid.
   *
   * @param ourOwn how many we have started since, read <em>before</em> this call: one that is
   *     started meanwhile makes the answer yes, never no
   */
  boolean othersStartedSince(long pid, long ourOwn) {
    long last = last();
    // Numbers in use are skipped, and after the highest comes the lowest: both only add.
    return last < pid || last - pid > ourOwn;
  }

  /** That pid; {@link #UNKNOWN} where the kernel does not tell. */
  long last() {
    int count = file < 0 ? 0 : libc.readAt(file, text, 0);
    return number(text.buffer(), count);
  }

  private static long number(ByteBuffer digits, int count) {
    long number = 0;
    for (int n = 0; n < count; n++) {
      int digit = digits.get(n) - '0';
      if (digit < 0 || digit > 9) {
        return n == 0 ? UNKNOWN : number;
      }
      number = 10 * number + digit;
    }
    return UNKNOWN;
  }

  void close() {
    if (file >= 0) {
      libc.close(file);
      file = CLOSED;
    }
  }
}
