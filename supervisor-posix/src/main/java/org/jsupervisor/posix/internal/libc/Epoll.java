package org.jsupervisor.posix.internal.libc;

/**
 * An epoll instance whose entries are known by an id of the caller's, never by their descriptor: a
 * child between clone and exec holds copies of all descriptors, so an entry can outlive the close
 * of its descriptor, and must not then be taken for the next one with the same number. For the same
 * reason {@link #remove} comes before every close.
 *
 * <p>{@code add}, {@code change} and {@code remove} are for any thread; {@code await} and what it
 * has found for one thread at a time.
 *
 * <pre>
 *   struct epoll_event   x86-64: packed, 12 bytes, data at 4; elsewhere: 16 bytes, data at 8
 * </pre>
 */
public final class Epoll {
  /** Something can be read. */
  public static final int IN = 1;

  /** Report once, and then nothing at all until it is changed. */
  public static final int ONCE = 1 << 30;

  /** Report each change once, not as long as it holds. */
  public static final int ON_CHANGE = 1 << 31;

  private static final int EVENTS_MAX = 256;
  private static final int CTL_ADD = 1;
  private static final int CTL_DEL = 2;
  private static final int CTL_MOD = 3;
  private static final int EPOLL_CLOEXEC = 0x80000;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final boolean PACKED = System.getProperty("os.arch", "").equals("amd64");
  private static final int EVENT_BYTES = PACKED ? 12 : 16;
  private static final int DATA_AT = PACKED ? 4 : 8;

  private final Libc libc;
  private final int descriptor;
  private final NativeMemory found = new NativeMemory(EVENTS_MAX * EVENT_BYTES);

  // What an entry is to be; guarded by itself, as any thread may add.
  private final NativeMemory event = new NativeMemory(EVENT_BYTES);

  /** An instance without entries. */
  public Epoll(Libc libc) throws SyscallException {
    this.libc = libc;
    this.descriptor =
        Libc.orThrow(
            CFunction.checked(libc.binding().epoll_create1(EPOLL_CLOEXEC)), "epoll_create1", "");
  }

  /** Watches a descriptor; with 0 only for errors and for the end of the other side. */
  public void add(int watched, int events, long id) throws SyscallException {
    control(CTL_ADD, watched, events, id);
  }

  /** Replaces what a descriptor is watched for. */
  public void change(int watched, int events, long id) throws SyscallException {
    control(CTL_MOD, watched, events, id);
  }

  /** Watches no more. */
  public void remove(int watched) {
    libc.binding().epoll_ctl(descriptor, CTL_DEL, watched, 0);
  }

  /**
   * Waits until something happens. A signal to the host may end it early with nothing found.
   *
   * @param timeoutNanosMax rounded up to milliseconds; {@link Long#MAX_VALUE} without limit
   * @return how many entries {@link #id} can be asked for, at most {@value #EVENTS_MAX}
   * @throws SyscallException if it cannot wait; nothing found, instead, would make its caller spin
   */
  public int await(long timeoutNanosMax) throws SyscallException {
    int millis = millis(timeoutNanosMax);
    int count =
        CFunction.checked(
            libc.binding().epoll_wait(descriptor, found.address(), EVENTS_MAX, millis));
    return count == -Errno.EINTR
        ? 0
        : Libc.orThrow(count, "epoll_wait", "descriptor " + descriptor);
  }

  /** Whether a wait that found so many may have left more behind. */
  public static boolean isFull(int count) {
    return count == EVENTS_MAX;
  }

  /** The id of the n-th entry that was found. */
  public long id(int n) {
    return found.buffer().getLong(n * EVENT_BYTES + DATA_AT);
  }

  /** Releases the instance. */
  public void close() {
    libc.close(descriptor);
  }

  /** Rounded up, so that a deadline has passed when the wait for it is over. */
  static int millis(long nanosMax) {
    if (nanosMax == Long.MAX_VALUE) {
      return -1;
    }
    long millis = nanosMax / NANOS_PER_MILLI + (nanosMax % NANOS_PER_MILLI > 0 ? 1 : 0);
    return (int) Math.max(0, Math.min(millis, Integer.MAX_VALUE));
  }

  private void control(int operation, int watched, int events, long id) throws SyscallException {
    int result;
    synchronized (event) {
      event.buffer().putInt(0, events).putLong(DATA_AT, id);
      result =
          CFunction.checked(
              libc.binding().epoll_ctl(descriptor, operation, watched, event.address()));
    }
    if (result < 0) {
      throw new SyscallException("epoll_ctl", -result, "descriptor " + watched);
    }
  }
}
