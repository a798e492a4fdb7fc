package org.jsupervisor.posix.internal.libc;

import java.lang.ref.Reference;

/**
 * The system calls that take the path or the name of a file: the result is a descriptor or 0, or
 * the negated error number. No descriptor is inherited. Thread-safe; does not wait for whatever a
 * file is.
 */
public final class NamedFiles {
  public static final int O_RDONLY = 0;
  public static final int O_WRONLY = 1;
  public static final int O_RDWR = 2;
  // The numbers of all architectures that are supported, but for O_NOFOLLOW: see there.
  public static final int O_CREAT = 0x40;
  public static final int O_EXCL = 0x80;
  public static final int O_TRUNC = 0x200;
  public static final int O_APPEND = 0x400;
  // arm and powerpc number it differently.
  public static final int O_NOFOLLOW =
      System.getProperty("os.arch", "").matches("aarch64|ppc64le") ? 0x8000 : 0x20000;
  private static final int O_NOCTTY = 0x100;
  private static final int O_NONBLOCK = 0x800;
  private static final int O_CLOEXEC = 0x80000;
  private static final int MFD_CLOEXEC = 1;
  private static final int MFD_NOEXEC_SEAL = 8;
  private static final int X_OK = 1;
  private static final int F_OK = 0;

  private final LibcBinding binding;

  NamedFiles(LibcBinding binding) {
    this.binding = binding;
  }

  /** A file without a name, in memory, not inherited. */
  public int memoryFile(String name) throws SyscallException {
    CString text = CString.of(name);
    try {
      int result =
          CFunction.checked(binding.memfd_create(text.address(), MFD_CLOEXEC | MFD_NOEXEC_SEAL));
      if (result == -Errno.EINVAL) {
        // Before Linux 6.3 nobody asks whether it is to be executable.
        result = CFunction.checked(binding.memfd_create(text.address(), MFD_CLOEXEC));
      }
      return Libc.orThrow(result, "memfd_create", name);
    } finally {
      Reference.reachabilityFence(text);
    }
  }

  /**
   * Opens a file, which stays non-blocking.
   *
   * @param flags of the {@code O_} constants here
   * @param mode of a file that is made, before the host's mask
   */
  public int open(CString path, int flags, int mode) {
    return openAs(path, flags | O_NONBLOCK | O_NOCTTY, mode);
  }

  /** Opens a file for reading; it stays non-blocking. */
  public int openToRead(CString path) {
    return openAs(path, O_RDONLY | O_NONBLOCK, 0);
  }

  /** Opens for reading and writing. Whoever holds a FIFO so never gets a SIGPIPE. */
  public int openToReadAndWrite(CString path) {
    return openAs(path, O_RDWR, 0);
  }

  private int openAs(CString path, int flags, int mode) {
    try {
      return CFunction.checked(binding.open(path.address(), flags | O_CLOEXEC, mode));
    } finally {
      Reference.reachabilityFence(path);
    }
  }

  /**
   * Makes a named pipe.
   *
   * @param mode before the host's mask
   */
  public int makeFifo(CString path, int mode) {
    try {
      return CFunction.checked(binding.mkfifo(path.address(), mode));
    } finally {
      Reference.reachabilityFence(path);
    }
  }

  /** Sets the mode of an open file, whatever the host's mask. */
  public int setMode(int descriptor, int mode) {
    return CFunction.checked(binding.fchmod(descriptor, mode));
  }

  /** Whether the path leads to something: 0, or the negated error. */
  public int exists(CString path) {
    return access(path, F_OK);
  }

  /**
   * Whether the host's user may execute the file or search the directory: 0, or the negated error.
   */
  public int mayExecute(CString path) {
    return access(path, X_OK);
  }

  private int access(CString path, int mode) {
    try {
      return CFunction.checked(binding.access(path.address(), mode));
    } finally {
      Reference.reachabilityFence(path);
    }
  }
}
