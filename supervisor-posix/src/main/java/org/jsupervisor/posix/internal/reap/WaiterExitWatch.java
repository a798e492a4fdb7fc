package org.jsupervisor.posix.internal.reap;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.posix.internal.io.BoundedJoin;
import org.jsupervisor.posix.internal.libc.Errno;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.SyscallException;
import org.jsupervisor.posix.internal.libc.WaitInfo;
import org.jsupervisor.posix.internal.libc.WaitResult;
import org.jsupervisor.posix.internal.proc.ProcReader;
import org.jsupervisor.posix.internal.proc.ProcStat;
import org.jsupervisor.process.Pid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For kernels without pidfd, and for hosts that may not use it: a daemon thread for each child,
 * which waits for its end and leaves the reaping to others. So the number of the child stays its
 * own until the {@link Reaper} has done with it, and signals by number are safe; if something else
 * in the host may have reaped it, its number and its time of start are compared first.
 *
 * <p>A waiter that begins late may find the number of its child gone, or even another child of the
 * host behind it. It reaps nobody, so all that it then does is to tell an id that nobody knows any
 * more.
 */
public final class WaiterExitWatch implements ExitWatch {
  private static final Logger LOG = LoggerFactory.getLogger(WaiterExitWatch.class);
  private static final long WAKE_UP_ID = 0;
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(1);
  private static final long STACK_BYTES = 256 * 1024;

  private final Libc libc;
  private final int waitersMax;
  private final LongSupplier ids;
  private final Runnable told;
  private final Map<Long, Watched> watched = new ConcurrentHashMap<>();
  private final Set<Thread> waiters = ConcurrentHashMap.newKeySet();
  private final Set<Thread> uncounted = ConcurrentHashMap.newKeySet();
  // One entry for each waiter, and one bell.
  private final BlockingQueue<Long> ended = new LinkedBlockingQueue<>();
  private final AtomicBoolean rung = new AtomicBoolean();
  // Confined to whoever drives the engine.
  private final WaitInfo asked = new WaitInfo();

  /** A child, and when it started if {@code /proc} shows that. */
  private record Watched(Pid pid, Optional<Long> startTicks) {}

  // Volatile: set by whoever closes the platform, read by the spawner.
  private volatile boolean closed;

  /**
   * Watches nobody yet.
   *
   * @param ids gives ids that are never used again, from 1
   * @param told is called after each end, on any thread
   */
  public WaiterExitWatch(Libc libc, int waitersMax, LongSupplier ids, Runnable told) {
    this.libc = libc;
    this.waitersMax = waitersMax;
    this.ids = ids;
    this.told = told;
  }

  @Override
  public void prepare() throws SyscallException {
    if (waiters.size() >= waitersMax) {
      throw new SyscallException(
          "watch",
          Errno.EAGAIN,
          "at most " + waitersMax + " children may be waited for by threads");
    }
  }

  @Override
  public long watch(Pid pid) throws SyscallException {
    prepare();
    return watch(pid, waiters);
  }

  @Override
  public long watchUncounted(Pid pid) throws SyscallException {
    return watch(pid, uncounted);
  }

  private long watch(Pid pid, Set<Thread> kind) throws SyscallException {
    if (closed) {
      throw new SyscallException("watch", Errno.EBADF, "the platform is closed");
    }
    long id = ids.getAsLong();
    watched.put(id, new Watched(pid, startTicks(pid)));
    Thread waiter =
        new Thread(null, () -> waitFor(id, pid, kind), "supervisor-waiter-" + pid, STACK_BYTES);
    waiter.setDaemon(true);
    kind.add(waiter);
    try {
      waiter.start();
    } catch (OutOfMemoryError e) {
      // So the JVM says that the system gives it no thread.
      kind.remove(waiter);
      watched.remove(id);
      throw new SyscallException("pthread_create", Errno.EAGAIN, "waiter of pid " + pid);
    }
    return id;
  }

  private void waitFor(long id, Pid pid, Set<Thread> kind) {
    try {
      if (watched.containsKey(id)) {
        libc.awaitEnd(pid.value(), new WaitInfo());
      }
    } finally {
      kind.remove(Thread.currentThread());
      ended.add(id);
      told.run();
    }
  }

  @Override
  public void unwatch(long id) {
    watched.remove(id);
  }

  @Override
  public void await(long timeoutNanosMax, LongConsumer taker) {
    Long first = pollUninterruptibly(timeoutNanosMax);
    if (first != null) {
      take(first, taker);
      takeAll(taker);
    }
  }

  /** Whether {@link #takeAll} would find something. */
  boolean hasEnded() {
    return !ended.isEmpty();
  }

  /** Hands over all that has ended by now. */
  void takeAll(LongConsumer taker) {
    Long next;
    while ((next = ended.poll()) != null) {
      take(next, taker);
    }
  }

  private void take(long id, LongConsumer taker) {
    if (id == WAKE_UP_ID) {
      rung.set(false);
    } else {
      taker.accept(id);
    }
  }

  /** An interrupt of the engine's thread means nothing here, as with epoll, and stays set. */
  private @Nullable Long pollUninterruptibly(long timeoutNanosMax) {
    long begin = System.nanoTime();
    boolean interrupted = false;
    try {
      while (true) {
        long left =
            timeoutNanosMax == Long.MAX_VALUE
                ? timeoutNanosMax
                : timeoutNanosMax - (System.nanoTime() - begin);
        try {
          return ended.poll(Math.max(0, left), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public int signalGroup(long id, int signal) {
    Watched child = watched.get(id);
    if (child == null || !isStillOurs(child)) {
      return Errno.ESRCH;
    }
    return -libc.signalGroupNumber(child.pid().value(), signal);
  }

  /** Whether the number is a child of ours, and not the next one that got it. */
  private boolean isStillOurs(Watched child) {
    if (libc.peek(child.pid().value(), asked).state() == WaitResult.State.FAILED) {
      return false;
    }
    // A host without descriptors cannot tell when it started, now or when it was started: a child
    // that can never be killed would be worse.
    Optional<Long> now = startTicks(child.pid());
    return now.isEmpty() || child.startTicks().isEmpty() || now.equals(child.startTicks());
  }

  private Optional<Long> startTicks(Pid pid) {
    return new ProcReader(libc).stat(pid.value()).map(ProcStat::startTicks);
  }

  @Override
  public WaitResult look(long id, WaitInfo info) {
    Watched child = watched.get(id);
    return child != null && isStillOurs(child)
        ? libc.peek(child.pid().value(), info)
        : WaitResult.failed(Errno.ECHILD);
  }

  @Override
  public OptionalInt stolenStatus(long id) {
    return OptionalInt.empty();
  }

  @Override
  public void wakeUp() {
    if (rung.compareAndSet(false, true)) {
      ended.add(WAKE_UP_ID);
    }
  }

  /** Waiters of children that still live are left behind, and end with them. */
  @Override
  public void close() {
    closed = true;
    watched.clear();
    long begin = System.nanoTime();
    List<Thread> all = new ArrayList<>(waiters);
    all.addAll(uncounted);
    for (Thread waiter : all) {
      Duration left = CLOSE_WAIT.minusNanos(System.nanoTime() - begin);
      if (left.isNegative() || !BoundedJoin.join(waiter, left)) {
        LOG.warn("{} waits on for a child that has not ended", waiter.getName());
      }
    }
  }
}
