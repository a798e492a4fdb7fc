package org.jsupervisor.posix.internal.reap;

import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jsupervisor.posix.internal.libc.Errno;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.SyscallException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the watch that this host can have. */
public final class ExitWatches {
  private static final Logger LOG = LoggerFactory.getLogger(ExitWatches.class);
  // These say nothing about whether the kernel has pidfds.
  private static final Set<Integer> SHORTAGES = Set.of(Errno.EMFILE, Errno.ENFILE, Errno.ENOMEM);

  private ExitWatches() {}

  /** By pidfd if that works here, else by waiters, so many at most. */
  public static ExitWatch automatic(Libc libc, int waitersMax) throws SyscallException {
    int errno = pidfdErrno(libc);
    if (errno == 0) {
      return new FallbackExitWatch(libc, waitersMax);
    }
    LOG.warn(
        "this kernel gives no pidfd ({}): each child has a thread that waits for it, at most {}",
        Errno.name(errno),
        waitersMax);
    return waiters(libc, waitersMax);
  }

  /**
   * By pidfd only.
   *
   * @throws UnsupportedOperationException if that does not work here
   */
  public static ExitWatch pidfd(Libc libc) throws SyscallException {
    int errno = pidfdErrno(libc);
    if (errno != 0) {
      throw new UnsupportedOperationException(
          "this Linux lacks pidfd_open (Linux 5.3): "
              + Errno.name(errno)
              + ", "
              + Errno.text(errno));
    }
    return new PidfdExitWatch(libc, new AtomicLong()::incrementAndGet);
  }

  /** By waiters only. */
  public static ExitWatch waiters(Libc libc, int waitersMax) {
    return new WaiterExitWatch(libc, waitersMax, new AtomicLong()::incrementAndGet, () -> {});
  }

  /** Whether a watch has a thread for each child, as there are no pidfds. */
  public static boolean isByWaiters(ExitWatch watch) {
    return watch instanceof WaiterExitWatch;
  }

  /** Whether pidfds can be had, and be signalled by. */
  public static boolean hasPidfds(Libc libc) {
    return pidfdErrno(libc) == 0;
  }

  /** 0 if pidfds can be had and be signalled by; what the kernel says, or a filter before it. */
  private static int pidfdErrno(Libc libc) {
    int pidfd = libc.pidfdOpen(libc.pid());
    if (pidfd < 0) {
      return SHORTAGES.contains(-pidfd) ? 0 : -pidfd;
    }
    int result = libc.signalProcess(pidfd, 0);
    libc.close(pidfd);
    return -result;
  }
}
