package org.jsupervisor.posix.internal.proc;

import java.util.Optional;
import org.jsupervisor.posix.internal.libc.CString;
import org.jsupervisor.posix.internal.libc.Errno;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.NativeMemory;

/**
 * Reads small files of {@code /proc}, without the detours of the JDK's files: a process is read in
 * some ten microseconds. Not thread-safe.
 */
public final class ProcReader {
  // A stat line has some 300 bytes, smaps_rollup some 700.
  private static final int BYTES = 4096;

  private final Libc libc;
  private final NativeMemory memory = new NativeMemory(BYTES);
  private boolean wasShort;

  /** A reader with a buffer of its own. */
  public ProcReader(Libc libc) {
    this.libc = libc;
  }

  /** Empty if there is no such process, or it may not be looked at. */
  public Optional<ProcStat> stat(long pid) {
    int count = read("/proc/" + pid + "/stat");
    return count <= 0 ? Optional.empty() : ProcStat.parse(memory.buffer(), count);
  }

  /**
   * Whether the last file could not be opened for want of something that the host lacks: so it may
   * well be there.
   */
  public boolean wasShort() {
    return wasShort;
  }

  /** The file, as far as it fits; empty if it cannot be read. */
  Optional<String> text(String path) {
    int count = read(path);
    if (count < 0) {
      return Optional.empty();
    }
    byte[] bytes = new byte[count];
    memory.buffer().get(0, bytes);
    return Optional.of(CString.text(bytes));
  }

  /** How many bytes; or the negated error. */
  private int read(String path) {
    int descriptor = libc.files().openToRead(CString.of(path));
    wasShort = descriptor < 0 && Errno.isShortage(-descriptor);
    if (descriptor < 0) {
      return descriptor;
    }
    try {
      long count;
      do {
        count = libc.read(descriptor, memory.address(), BYTES);
      } while (count == -Errno.EINTR);
      return (int) count;
    } finally {
      libc.close(descriptor);
    }
  }
}
