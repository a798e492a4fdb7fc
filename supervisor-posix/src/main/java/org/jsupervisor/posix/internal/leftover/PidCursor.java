package org.jsupervisor.posix.internal.leftover;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

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

  private final byte[] bytes = new byte[32];
  private @Nullable RandomAccessFile file;

  /** Opens it; a kernel that does not have it makes every answer yes. */
  PidCursor() {
    try {
      file = new RandomAccessFile(PATH, "r");
    } catch (IOException e) {
      file = null;
    }
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
    if (file == null) {
      return UNKNOWN;
    }
    try {
      file.seek(0);
      int count = file.read(bytes);
      return Long.parseLong(new String(bytes, 0, count, StandardCharsets.US_ASCII).strip());
    } catch (IOException | RuntimeException e) {
      return UNKNOWN;
    }
  }

  void close() {
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        // Nothing was written.
      }
      file = null;
    }
  }
}
