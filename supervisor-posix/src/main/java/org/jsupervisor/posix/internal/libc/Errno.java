package org.jsupervisor.posix.internal.libc;

import com.kenai.jffi.MemoryIO;
import java.nio.charset.StandardCharsets;

/** The error numbers of this system: those that decisions hang on, and the names of all. */
public final class Errno {
  // The same on every architecture that is supported.
  public static final int EPERM = 1;
  public static final int ENOENT = 2;
  public static final int ESRCH = 3;
  public static final int EINTR = 4;
  public static final int EIO = 5;
  public static final int E2BIG = 7;
  public static final int ENOEXEC = 8;
  public static final int EBADF = 9;
  public static final int ECHILD = 10;
  public static final int EAGAIN = 11;
  public static final int ENOMEM = 12;
  public static final int EACCES = 13;
  public static final int EEXIST = 17;
  public static final int ENOTDIR = 20;
  public static final int EINVAL = 22;
  public static final int ENFILE = 23;
  public static final int EMFILE = 24;
  public static final int ENOSPC = 28;
  public static final int ERANGE = 34;
  public static final int ELOOP = 40;

  private Errno() {}

  /** The two functions of glibc (2.32) that know them all, looked up once. */
  private static final class Names {
    private static final CFunction NAME = CLibrary.load().function("strerrorname_np", 1);
    private static final CFunction TEXT = CLibrary.load().function("strerrordesc_np", 1);

    private static String of(CFunction function, int errno, String otherwise) {
      long text = function.isThere() ? function.call(errno) : 0;
      return text == 0
          ? otherwise
          : new String(
              MemoryIO.getInstance().getZeroTerminatedByteArray(text), StandardCharsets.US_ASCII);
    }
  }

  /** For example {@code ENOENT}; {@code errno 999} for a number without a name. */
  public static String name(int errno) {
    return Names.of(Names.NAME, errno, "errno " + errno);
  }

  /** For example {@code No such file or directory}. */
  public static String text(int errno) {
    return Names.of(Names.TEXT, errno, "unknown error");
  }

  /** Whether it tells of something that the host lacks: the same may succeed later. */
  public static boolean isShortage(int errno) {
    return switch (errno) {
      case EAGAIN, ENOMEM, EMFILE, ENFILE, ENOSPC, EIO -> true;
      default -> false;
    };
  }

  /** For example {@code ENOENT, No such file or directory}. */
  static String describe(int errno) {
    return name(errno) + ", " + text(errno);
  }
}
