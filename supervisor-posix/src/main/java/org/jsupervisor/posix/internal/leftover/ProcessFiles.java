package org.jsupervisor.posix.internal.leftover;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.proc.ProcReader;

/**
 * The processes of this machine as {@code /proc} shows them. A process that goes while it is looked
 * at is not there. Confined to the thread that searches; a read may hang with a process that hangs
 * in the kernel.
 */
final class ProcessFiles {
  private static final int USUAL_BYTES = 16 * 1024;

  /** No run has it. */
  static final long NO_RUN = 0;

  /** Not known yet: it is exchanging its program, and has no environment for that moment. */
  static final long UNKNOWN_RUN = -1;

  // As many as can be asked for one by one in the time that listing all takes.
  private static final long NEAR_MAX = 200;

  private final PidCursor cursor = new PidCursor();
  private final ProcReader reader;
  private final byte[] prefix;
  private byte[] buffer = new byte[USUAL_BYTES];

  /** Looks for environments with a variable that begins so. */
  ProcessFiles(Libc libc, String prefix) {
    this.reader = new ProcReader(libc);
    this.prefix = (prefix + ".").getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Where descendants of a young process may be found: among those that were started after it, if
   * these are few and known, else among all. The numbers of threads may be among them, and of
   * nobody.
   */
  long[] pidsAfter(long pid) {
    long last = cursor.last();
    return last >= pid && last - pid <= NEAR_MAX
        ? LongStream.rangeClosed(pid + 1, last).toArray()
        : pids();
  }

  /** All pids that there are. */
  long[] pids() {
    String[] names = new File("/proc").list();
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

  /** Who that is; null if it is gone or a zombie. */
  @Nullable ProcessEntry entry(long pid) {
    return reader
        .stat(pid)
        .filter(stat -> !stat.isEnded())
        .map(stat -> new ProcessEntry(pid, stat.group(), stat.session()))
        .orElse(null);
  }

  /** The number of the run whose token it was started with, or one of the two above. */
  long run(long pid) {
    int count = read("/proc/" + pid + "/environ");
    if (count == 0) {
      return reader
              .stat(pid)
              .filter(stat -> !stat.isEnded() && !stat.hasEmptyEnvironment())
              .isPresent()
          ? UNKNOWN_RUN
          : NO_RUN;
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

  /** How many bytes are in the buffer now; negative if it cannot be read. */
  private int read(String path) {
    try (InputStream source = new FileInputStream(path)) {
      int count = 0;
      int more;
      while ((more = source.read(buffer, count, buffer.length - count)) > 0) {
        count += more;
        if (count == buffer.length) {
          buffer = Arrays.copyOf(buffer, count * 2);
        }
      }
      return count;
    } catch (IOException e) {
      return -1;
    }
  }

  void close() {
    cursor.close();
  }
}
