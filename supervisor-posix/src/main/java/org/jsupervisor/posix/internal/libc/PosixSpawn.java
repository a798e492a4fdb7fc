package org.jsupervisor.posix.internal.libc;

import java.lang.ref.Reference;

/**
 * {@code posix_spawn} with the attributes that every child of ours gets: a session of its own, an
 * empty signal mask, default dispositions. A JVM blocks QUIT in its threads and may have inherited
 * ignored signals; a child must not.
 *
 * <p>Not thread-safe: it belongs to the thread that spawns.
 */
public final class PosixSpawn {
  private static final short SETSIGDEF = 0x04;
  private static final short SETSIGMASK = 0x08;
  private static final short SETSID = 0x80;
  // 336 in glibc and musl, of which a sigset_t has 128.
  private static final int ATTRIBUTES_BYTES = 512;
  private static final int SIGNAL_SET_BYTES = 128;

  private final LibcBinding binding;
  private final NativeMemory attributes = new NativeMemory(ATTRIBUTES_BYTES);
  private final SharedCell pid;

  /**
   * Prepares the attributes.
   *
   * @param pid where C leaves the pid of each process
   */
  public PosixSpawn(Libc libc, SharedCell pid) throws SyscallException {
    this.pid = pid;
    binding = libc.binding();
    check(binding.posix_spawnattr_init(attributes.address()), "init");
    NativeMemory none = new NativeMemory(SIGNAL_SET_BYTES);
    NativeMemory all = allSignals();
    try {
      check(binding.posix_spawnattr_setsigmask(attributes.address(), none.address()), "sigmask");
      check(
          binding.posix_spawnattr_setsigdefault(attributes.address(), all.address()), "sigdefault");
    } finally {
      Reference.reachabilityFence(none);
      Reference.reachabilityFence(all);
    }
    short flags = SETSIGDEF | SETSIGMASK | SETSID;
    check(binding.posix_spawnattr_setflags(attributes.address(), flags), "setflags");
  }

  /**
   * Not {@code sigfillset}: it leaves out the two signals that glibc keeps to itself, and what is
   * not in the set of these two, glibc makes the child ignore.
   */
  private static NativeMemory allSignals() {
    NativeMemory set = new NativeMemory(SIGNAL_SET_BYTES);
    for (int i = 0; i < SIGNAL_SET_BYTES; i++) {
      set.buffer().put(i, (byte) 0xff);
    }
    return set;
  }

  /**
   * Starts a process, and waits until its exec has succeeded or failed.
   *
   * @return its pid, or the negated error of whatever step failed; EBADF if the cell is closed
   */
  public int spawn(ExecImage image, FileActions actions) {
    long pidAt = pid.hold();
    if (pidAt == 0) {
      return -Errno.EBADF;
    }
    try {
      int errno =
          binding.posix_spawn(
              pidAt,
              image.path(),
              actions.address(),
              attributes.address(),
              image.arguments(),
              image.environment());
      return errno == 0 ? pid.value() : -errno;
    } finally {
      pid.letGo();
      Reference.reachabilityFence(image);
      Reference.reachabilityFence(this);
    }
  }

  private static void check(int errno, String what) throws SyscallException {
    if (errno != 0) {
      throw new SyscallException("posix_spawnattr", Math.abs(errno), what);
    }
  }
}
