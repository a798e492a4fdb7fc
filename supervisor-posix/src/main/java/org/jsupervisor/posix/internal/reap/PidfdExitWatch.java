package org.jsupervisor.posix.internal.reap;

import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jsupervisor.posix.internal.libc.Epoll;
import org.jsupervisor.posix.internal.libc.Errno;
import org.jsupervisor.posix.internal.libc.ExitInfo;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.SyscallException;
import org.jsupervisor.posix.internal.libc.WaitInfo;
import org.jsupervisor.posix.internal.libc.WaitResult;
import org.jsupervisor.posix.internal.libc.WakeUp;
import org.jsupervisor.process.Pid;

/**
 * Linux: one pidfd a child, all in one epoll instance.
 *
 * <p>The ends are reported on change, not as long as they hold: a child that a debugger traces is
 * readable long before it can be reaped, and the waiting thread would spin until the debugger lets
 * go. When it does, the kernel reports a second change.
 */
public final class PidfdExitWatch implements ExitWatch {
  private static final long WAKE_UP_ID = 0;
  // Less than a millisecond in all.
  private static final int STOLEN_TRIES_MAX = 1_000;

  private final Libc libc;
  private final Epoll epoll;
  private final WakeUp wakeUp;
  private final ExitInfo stolen = new ExitInfo();
  private final LongSupplier ids;
  private final Map<Long, Watched> watched = new ConcurrentHashMap<>();

  // A spawner that hangs in an exec may outlive the platform, and must not find our descriptor
  // reused.
  private final Object closing = new Object();
  private boolean closed;

  private record Watched(Pid pid, int pidfd) {}

  /**
   * Watches nobody yet.
   *
   * @param ids gives ids that are never used again, from 1
   */
  public PidfdExitWatch(Libc libc, LongSupplier ids) throws SyscallException {
    this.libc = libc;
    this.ids = ids;
    epoll = new Epoll(libc);
    wakeUp = WakeUp.in(epoll, WAKE_UP_ID, libc);
  }

  @Override
  public void prepare() {
    // What a pidfd needs is known only when there is one.
  }

  @Override
  public long watch(Pid pid) throws SyscallException {
    synchronized (closing) {
      if (closed) {
        throw new SyscallException("pidfd_open", Errno.EBADF, "the platform is closed");
      }
      int pidfd = Libc.orThrow(libc.pidfdOpen(pid.value()), "pidfd_open", "pid " + pid);
      long id = ids.getAsLong();
      try {
        epoll.add(pidfd, Epoll.IN | Epoll.ON_CHANGE, id);
      } catch (SyscallException e) {
        libc.close(pidfd);
        throw e;
      }
      watched.put(id, new Watched(pid, pidfd));
      return id;
    }
  }

  @Override
  public void unwatch(long id) {
    Watched child = watched.remove(id);
    if (child != null) {
      epoll.remove(child.pidfd());
      libc.close(child.pidfd());
    }
  }

  /** Whether this is a child that it watches. */
  boolean knows(long id) {
    return watched.containsKey(id);
  }

  @Override
  public void await(long timeoutNanosMax, LongConsumer ended) {
    try {
      int count = epoll.await(timeoutNanosMax);
      report(count, ended);
      while (Epoll.isFull(count)) {
        count = epoll.await(0);
        report(count, ended);
      }
    } catch (SyscallException e) {
      throw new IllegalStateException("ends of children cannot be seen: " + e.getMessage(), e);
    }
  }

  private void report(int count, LongConsumer ended) {
    for (int n = 0; n < count; n++) {
      long id = epoll.id(n);
      if (id == WAKE_UP_ID) {
        wakeUp.reset();
      } else {
        ended.accept(id);
      }
    }
  }

  @Override
  public int signalGroup(long id, int signal) {
    Watched child = watched.get(id);
    if (child == null) {
      return Errno.ESRCH;
    }
    int result = libc.signalGroup(child.pidfd(), signal);
    if (result == -Errno.EINVAL) {
      // Before Linux 6.9 a group is known by its number only. While the pidfd still means a
      // process, a zombie included, that process holds the number.
      result = libc.signalProcess(child.pidfd(), 0);
      if (result == 0) {
        result = libc.signalGroupNumber(child.pid().value(), signal);
      }
    }
    return -result;
  }

  @Override
  public WaitResult look(long id, WaitInfo info) {
    Watched child = watched.get(id);
    if (child == null) {
      return WaitResult.failed(Errno.ECHILD);
    }
    WaitResult seen = libc.peekAt(child.pidfd(), info);
    if (seen.errno() == Errno.EINVAL) {
      // Before Linux 5.4 a child can be waited for by its number only.
      seen = libc.peek(child.pid().value(), info);
      if (libc.signalProcess(child.pidfd(), 0) == -Errno.ESRCH) {
        return WaitResult.failed(Errno.ECHILD);
      }
    }
    return seen;
  }

  @Override
  public OptionalInt stolenStatus(long id) {
    Watched child = watched.get(id);
    if (child == null) {
      return OptionalInt.empty();
    }
    // The thief may not have come back from its call yet: the kernel takes the child away first and
    // writes the status down a moment later.
    for (int tries = 0; tries < STOLEN_TRIES_MAX; tries++) {
      if (libc.pidfdInfo(child.pidfd(), stolen) < 0) {
        return OptionalInt.empty();
      }
      if (stolen.waitStatus().isPresent()) {
        return stolen.waitStatus();
      }
      Thread.onSpinWait();
    }
    return OptionalInt.empty();
  }

  @Override
  public void wakeUp() {
    wakeUp.ring();
  }

  @Override
  public void close() {
    synchronized (closing) {
      if (closed) {
        return;
      }
      closed = true;
      watched.keySet().forEach(this::unwatch);
      wakeUp.closeWith(epoll);
    }
  }
}
