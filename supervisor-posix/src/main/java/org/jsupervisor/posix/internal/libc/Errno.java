package org.jsupervisor.posix.internal.libc;

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

  /** For example {@code ENOENT}; {@code errno 999} for a number without a name. */
  public static String name(int errno) {
    jnr.constants.platform.Errno known = jnr.constants.platform.Errno.valueOf(errno);
    return isNameless(known) ? "errno " + errno : known.name();
  }

  /** For example {@code No such file or directory}. */
  public static String text(int errno) {
    jnr.constants.platform.Errno known = jnr.constants.platform.Errno.valueOf(errno);
    return isNameless(known) ? "unknown error" : known.description();
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

  private static boolean isNameless(jnr.constants.platform.Errno known) {
    return known == jnr.constants.platform.Errno.__UNKNOWN_CONSTANT__;
  }
}
