package org.jsupervisor.posix.internal.libc;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** How much pipes hold. Thread-safe. */
public final class PipeSizes {
  private static final int F_SETPIPE_SZ = 1031;
  private static final int F_GETPIPE_SZ = 1032;

  private final Libc libc;
  private final Path largest;

  /** Of this library. */
  public PipeSizes(Libc libc) {
    this(libc, Path.of("/proc/sys/fs/pipe-max-size"));
  }

  PipeSizes(Libc libc, Path largest) {
    this.libc = libc;
    this.largest = largest;
  }

  /** How many bytes the pipe holds when all its pages are full, or the negated error. */
  public int bytes(int descriptor) {
    return CFunction.checked(libc.binding().fcntl(descriptor, F_GETPIPE_SZ, 0));
  }

  /**
   * Makes the pipe hold so many bytes, or as many as the host has set for users without privileges;
   * never fewer than now. Asked once: a smaller request would take what is left to the user from
   * all its new pipes.
   *
   * @return how many it holds now; 0 if it holds as many already; or the negated error: EPERM if
   *     the user has no pages left for pipes
   */
  public int grow(int descriptor, int bytes) {
    int allowed = Math.min(bytes, largestBytes(bytes));
    int now = bytes(descriptor);
    if (now < 0 || now >= allowed) {
      return Math.min(now, 0);
    }
    return CFunction.checked(libc.binding().fcntl(descriptor, F_SETPIPE_SZ, allowed));
  }

  /**
   * Makes the pipe hold so many bytes again.
   *
   * @return how many it holds now, or the negated error: EBUSY if there are more in it
   */
  public int shrink(int descriptor, int bytes) {
    return CFunction.checked(libc.binding().fcntl(descriptor, F_SETPIPE_SZ, bytes));
  }

  private int largestBytes(int unknown) {
    // By one read: a second one finds nothing in such a file, wherever the first has ended.
    try (BufferedReader reader = Files.newBufferedReader(largest)) {
      return Integer.parseInt(Objects.requireNonNullElse(reader.readLine(), "").strip());
    } catch (IOException | RuntimeException e) {
      // Where there is no /proc, the kernel answers what is too much.
      return unknown;
    }
  }
}
