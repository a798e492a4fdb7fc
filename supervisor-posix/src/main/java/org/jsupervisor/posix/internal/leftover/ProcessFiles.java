package org.jsupervisor.posix.internal.leftover;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.posix.internal.libc.CString;
import org.jsupervisor.posix.internal.libc.Errno;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.NativeMemory;
import org.jsupervisor.posix.internal.proc.ProcReader;
import org.jsupervisor.posix.internal.proc.ProcStat;

/**
 * The processes of this machine as {@code /proc} shows them. A process that goes while it is looked
 * at is not there. Confined to the thread that searches; a read may hang with a process that hangs
 * in the kernel.
 */
final class ProcessFiles {
  private static final int USUAL_BYTES = 16 * 1024;

  /** No run has it. */
  static final long NO_RUN = 0;

  /**
   * Not known yet: it is exchanging its program, and has no environment for that moment; or the
   * host could not open it.
   */
  static final long UNKNOWN_RUN = -1;

  private final Libc libc;
  private final ProcReader reader;
  private final byte[] prefix;
  private final NativeMemory memory = new NativeMemory(USUAL_BYTES);
  private byte[] buffer = new byte[USUAL_BYTES];
  private boolean wasShort;

  /** Looks for environments with a variable that begins so. */
  ProcessFiles(Libc libc, String prefix) {
    this.libc = libc;
    this.reader = new ProcReader(libc);
    this.prefix = (prefix + ".").getBytes(StandardCharsets.US_ASCII);
  }

  /** A new look at them begins. */
  void begin() {
    wasShort = false;
  }

  /**
   * Whether something has been missed since then, as the host could not open it: who was not found
   * may be there.
   */
  boolean wasShort() {
    return wasShort;
  }

  /** All pids that there are; none if the host cannot list them. */
  long[] pids() {
    String[] names = new File("/proc").list();
    wasShort |= names == null && isThere("/proc");
    long[] pids = new long[names == null ? 0 : names.length];
    int count = 0;
    for (int n = 0; n < pids.length; n++) {
      String name = names[n];
      if (Character.isDigit(name.charAt(0))) {
        pids[count++] = Long.parseLong(name);
      }
    }
    return Arrays.copyOf(pids, count);
  }

  /** Who that is; null if it is gone or a zombie, or {@link #wasShort}. */
  @Nullable ProcessEntry entry(long pid) {
    return stat(pid)
        .filter(stat -> !stat.isEnded())
        .map(stat -> new ProcessEntry(pid, stat.group(), stat.session(), stat.startTicks()))
        .orElse(null);
  }

  /** The number of the run whose token it was started with, or one of the two above. */
  long run(long pid) {
    int count = read("/proc/" + pid + "/environ");
    if (count == 0) {
      return stat(pid).filter(stat -> !stat.isEnded() && !stat.hasEmptyEnvironment()).isPresent()
          ? UNKNOWN_RUN
          : NO_RUN;
    }
    if (count < 0 && Errno.isShortage(-count)) {
      wasShort = true;
      return UNKNOWN_RUN;
    }
    for (int at = 0; at < count; at++) {
      if (startsWithPrefix(at, count)) {
        return number(at + prefix.length, count);
      }
      while (at < count && buffer[at] != 0) {
        at++;
      }
    }
    return NO_RUN;
  }

  private boolean startsWithPrefix(int at, int count) {
    if (at + prefix.length > count) {
      return false;
    }
    return Arrays.equals(buffer, at, at + prefix.length, prefix, 0, prefix.length);
  }

  /** After the kind and its point, up to the next one. */
  private long number(int at, int count) {
    long number = 0;
    for (int n = at + 2; n < count && buffer[n] >= '0' && buffer[n] <= '9'; n++) {
      number = number * 10 + buffer[n] - '0';
    }
    return number;
  }

  private Optional<ProcStat> stat(long pid) {
    Optional<ProcStat> stat = reader.stat(pid);
    wasShort |= reader.wasShort();
    return stat;
  }

  /** Also if it cannot be said now. */
  private boolean isThere(String path) {
    int descriptor = libc.files().openToRead(CString.of(path));
    if (descriptor >= 0) {
      libc.close(descriptor);
    }
    return descriptor >= 0 || Errno.isShortage(-descriptor);
  }

  /** How many bytes are in the buffer now; or the negated error. */
  private int read(String path) {
    int descriptor = libc.files().openToRead(CString.of(path));
    if (descriptor < 0) {
      return descriptor;
    }
    try {
      int count = 0;
      long more;
      while ((more = libc.read(descriptor, memory.address(), USUAL_BYTES)) != 0) {
        if (more > 0) {
          count = append(count, (int) more);
        } else if (more != -Errno.EINTR) {
          return (int) more;
        }
      }
      return count;
    } finally {
      libc.close(descriptor);
    }
  }

  private int append(int count, int more) {
    if (count + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
    memory.buffer().get(0, buffer, count, more);
    return count + more;
  }
}
