package org.jsupervisor.posix.internal.libc;

import java.lang.ref.Reference;
import java.util.HexFormat;

/**
 * The system calls that this platform needs, in the kernel's convention: the result is the value,
 * or the negated error number. Thread-safe; nothing here blocks unless it says so.
 */
public final class Libc {
  private static final int F_DUPFD_CLOEXEC = 1030;
  private static final int F_GETFL = 3;
  private static final int F_SETFL = 4;
  private static final int O_NONBLOCK = 0x800;
  private static final int O_CLOEXEC = 0x80000;
  private static final int P_PID = 1;
  private static final int P_PIDFD = 3;
  private static final int WNOHANG = 1;
  private static final int RUSAGE_SELF = 0;
  private static final int CLOCK_BOOTTIME = 7;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final int RANDOM_BYTES = 16;
  private static final int ABOVE_STDIO = 3;
  private static final int WEXITED = 4;
  private static final int WNOWAIT = 0x1000000;
  // The same number on every architecture since Linux 5.1.
  private static final long SYS_PIDFD_SEND_SIGNAL = 424;
  private static final long SYS_PIDFD_OPEN = 434;
  private static final int PIDFD_SIGNAL_PROCESS_GROUP = 4;
  // _IOWR(0xFF, 11, 64 bytes): the same on POWER, although its directions have other bits.
  private static final long PIDFD_GET_INFO = 0xC040FF0BL;

  private final LibcBinding binding;
  private final NamedFiles files;
  // Read by the kernel only, so all threads share it.
  private final NativeMemory one = new NativeMemory(Long.BYTES);

  private Libc(LibcBinding binding) {
    this.binding = binding;
    files = new NamedFiles(binding);
    one.buffer().putLong(0, 1);
  }

  /**
   * Loads the C library.
   *
   * @throws UnsupportedOperationException if jffi or the C library does not work here; says what is
   *     missing
   */
  public static Libc load() {
    try {
      return new Libc(new LibcBinding(CLibrary.load()));
    } catch (LinkageError | RuntimeException e) {
      throw new UnsupportedOperationException(
          "the C library cannot be called through jffi: "
              + e
              + " (jffi needs the module org.jnrproject.jffi and its native library for this"
              + " architecture; a temporary directory that is not mounted"
              + " noexec, or -Djffi.boot.library.path; and on the module path"
              + " --enable-native-access=org.jnrproject.jffi, else"
              + " --enable-native-access=ALL-UNNAMED)",
          e);
    }
  }

  LibcBinding binding() {
    return binding;
  }

  /** The calls that take a path. */
  public NamedFiles files() {
    return files;
  }

  /** The value if it is not negative. */
  public static int orThrow(int result, String call, String subject) throws SyscallException {
    if (result < 0) {
      throw new SyscallException(call, -result, subject);
    }
    return result;
  }

  /** A pipe whose ends are not inherited; only the end that we read from is non-blocking. */
  public PipeEnds pipe() throws SyscallException {
    PipeEnds ends = blockingPipe();
    int result = CFunction.checked(binding.fcntl(ends.readEnd(), F_SETFL, O_NONBLOCK));
    if (result < 0) {
      close(ends.readEnd());
      close(ends.writeEnd());
      throw new SyscallException("fcntl", -result, "O_NONBLOCK");
    }
    return ends;
  }

  /** A pipe whose ends are not inherited, both blocking: for a child that reads it. */
  public PipeEnds blockingPipe() throws SyscallException {
    NativeMemory ends = new NativeMemory(2 * Integer.BYTES);
    orThrow(CFunction.checked(binding.pipe2(ends.address(), O_CLOEXEC)), "pipe2", "O_CLOEXEC");
    return new PipeEnds(ends.buffer().getInt(0), ends.buffer().getInt(Integer.BYTES));
  }

  /** Writes all of it at a place in a file; the file's own position does not move. */
  public void writeAt(int descriptor, NativeMemory bytes, long position) throws SyscallException {
    int count = bytes.buffer().capacity();
    long result;
    try {
      result = CFunction.checked(binding.pwrite(descriptor, bytes.address(), count, position));
    } finally {
      Reference.reachabilityFence(bytes);
    }
    if (result != count) {
      throw new SyscallException(
          "pwrite", result < 0 ? (int) -result : Errno.ENOSPC, "descriptor " + descriptor);
    }
  }

  /** Reads what fits from a place in a file; how many bytes, or the negated error. */
  public int readAt(int descriptor, NativeMemory bytes, long position) {
    int count = bytes.buffer().capacity();
    return (int) CFunction.checked(binding.pread(descriptor, bytes.address(), count, position));
  }

  /** From now on reading and writing may wait; the other flags of {@link NamedFiles#open} stay. */
  public void makeBlocking(int descriptor) {
    int flags = CFunction.checked(binding.fcntl(descriptor, F_GETFL, 0));
    if (flags >= 0) {
      binding.fcntl(descriptor, F_SETFL, flags & ~O_NONBLOCK);
    }
  }

  /** A copy of the descriptor with a number of at least {@code lowest}, not inherited. */
  public int duplicate(int descriptor, int lowest) {
    return CFunction.checked(binding.fcntl(descriptor, F_DUPFD_CLOEXEC, lowest));
  }

  /**
   * The same file at a number that no child gets as its stdio: only a host whose own stdio is
   * closed is given such a low one, and then it is closed. An error stays what it is.
   */
  public int aboveStdio(int descriptor) {
    if (descriptor < 0 || descriptor >= ABOVE_STDIO) {
      return descriptor;
    }
    int high = duplicate(descriptor, ABOVE_STDIO);
    close(descriptor);
    return high;
  }

  /** Reads at most so many bytes to the address; 0 at the end. Does not block on our own pipes. */
  public long read(int descriptor, long address, long bytes) {
    return CFunction.checked(binding.read(descriptor, address, bytes));
  }

  /**
   * 128 bits that nobody can guess, in hexadecimal. Not {@code SecureRandom}: loading that takes
   * longer than everything else at the first launch.
   */
  public String randomBits() throws SyscallException {
    NativeMemory bits = new NativeMemory(RANDOM_BYTES);
    long count = CFunction.checked(binding.getrandom(bits.address(), RANDOM_BYTES, 0));
    if (count != RANDOM_BYTES) {
      throw new SyscallException("getrandom", count < 0 ? (int) -count : Errno.EIO, "128 bits");
    }
    byte[] bytes = new byte[RANDOM_BYTES];
    bits.buffer().get(0, bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** How big a page of memory is. */
  public long pageBytes() {
    return binding.getpagesize();
  }

  /** The time since the machine started, asleep or not. */
  public long sinceBootNanos() {
    NativeMemory time = new NativeMemory(2 * Long.BYTES);
    try {
      binding.clock_gettime(CLOCK_BOOTTIME, time.address());
      return time.buffer().getLong(0) * NANOS_PER_SECOND + time.buffer().getLong(Long.BYTES);
    } finally {
      Reference.reachabilityFence(time);
    }
  }

  /** Closes; the descriptor is gone whatever the result. */
  public void close(int descriptor) {
    binding.close(descriptor);
  }

  int eventfd() throws SyscallException {
    return orThrow(CFunction.checked(binding.eventfd(0, O_CLOEXEC | O_NONBLOCK)), "eventfd", "0");
  }

  void addToEventfd(int descriptor) {
    binding.write(descriptor, one.address(), Long.BYTES);
  }

  /** A descriptor for our own child, which is readable when the child has ended. Not inherited. */
  public int pidfdOpen(long pid) {
    return (int) CFunction.checked(binding.syscall(SYS_PIDFD_OPEN, pid, 0, 0, 0));
  }

  /**
   * Signals the group whose leader the descriptor means, even if the leader itself has been reaped.
   * From Linux 6.9; before that {@link Errno#EINVAL}.
   */
  public int signalGroup(int pidfd, int signal) {
    return (int)
        CFunction.checked(
            binding.syscall(SYS_PIDFD_SEND_SIGNAL, pidfd, signal, 0, PIDFD_SIGNAL_PROCESS_GROUP));
  }

  /**
   * Signals exactly the process that the descriptor means; signal 0 only asks whether it is there.
   */
  public int signalProcess(int pidfd, int signal) {
    return (int) CFunction.checked(binding.syscall(SYS_PIDFD_SEND_SIGNAL, pidfd, signal, 0, 0));
  }

  /**
   * What the kernel remembers of a process that has been reaped, by whomever. Works as long as the
   * descriptor is open, from Linux 6.15; before that the negated error.
   */
  public int pidfdInfo(int pidfd, ExitInfo info) {
    info.ask();
    return CFunction.checked(binding.ioctl(pidfd, PIDFD_GET_INFO, info.address()));
  }

  /** Signals a group by its number: only while its leader is a child of ours that is not reaped. */
  public int signalGroupNumber(long group, int signal) {
    return CFunction.checked(binding.kill(-Math.toIntExact(group), signal));
  }

  /** Signals the process that has this number now; 0 or the negated error. */
  public int signalNumber(long pid, int signal) {
    return CFunction.checked(binding.kill(Math.toIntExact(pid), signal));
  }

  /** The number of this process; {@link ProcessHandle} would set up its threads for that. */
  public long pid() {
    return binding.getpid();
  }

  /** How a child has ended, without reaping it. */
  public WaitResult peek(long pid, WaitInfo info) {
    return waitFor(P_PID, pid, info, WEXITED | WNOHANG | WNOWAIT);
  }

  /**
   * As {@link #peek}, of exactly the child that the descriptor means, whoever has its number by
   * now; from Linux 5.4, before that EINVAL.
   */
  public WaitResult peekAt(int pidfd, WaitInfo info) {
    return waitFor(P_PIDFD, pidfd, info, WEXITED | WNOHANG | WNOWAIT);
  }

  /** Waits for the end of exactly this child, without reaping it; blocks. */
  public WaitResult awaitEnd(long pid, WaitInfo info) {
    WaitResult result;
    do {
      result = waitFor(P_PID, pid, info, WEXITED | WNOWAIT);
    } while (result.errno() == Errno.EINTR);
    return result;
  }

  /**
   * Reaps exactly this child if it has ended, and writes down what it has used.
   *
   * @return its pid; 0 if it has not ended; or the negated error
   */
  public int reap(long pid, UsageInfo usage) {
    return CFunction.checked(binding.wait4(Math.toIntExact(pid), 0, WNOHANG, usage.address()));
  }

  /** What the host itself has used so far. */
  public void ownUsage(UsageInfo usage) {
    binding.getrusage(RUSAGE_SELF, usage.address());
  }

  /** Reaps exactly this child, and waits for its end, which must be certain to come. */
  public void reapKilled(long pid, WaitInfo info) {
    WaitResult result;
    do {
      result = waitFor(P_PID, pid, info, WEXITED);
    } while (result.errno() == Errno.EINTR);
  }

  private WaitResult waitFor(int kind, long id, WaitInfo info, int options) {
    info.clear();
    int result =
        CFunction.checked(binding.waitid(kind, Math.toIntExact(id), info.address(), options));
    return result < 0 ? WaitResult.failed(-result) : info.result();
  }
}
