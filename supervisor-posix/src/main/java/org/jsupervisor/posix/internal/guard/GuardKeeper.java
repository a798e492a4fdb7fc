package org.jsupervisor.posix.internal.guard;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.posix.internal.libc.Errno;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.SyscallException;
import org.jsupervisor.posix.internal.reap.ExitWatch;
import org.jsupervisor.process.Pid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that there is a guard from the first child that needs one on. The spawner's thread
 * calls {@link #require} and {@link #replace}, the engine's {@link #ended}.
 */
public final class GuardKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(GuardKeeper.class);
  private static final long NONE = -1;

  // A guard that ends at once, again and again, must not keep the host busy: then the next launch
  // tries again, and fails if it must.
  private static final int SHORT_LIVES_MAX = 5;
  private static final Duration SHORT_LIFE = Duration.ofSeconds(1);

  private final Libc libc;
  private final ExitWatch watch;
  private final RunTable table;
  private final Map<String, String> hostEnvironment;
  private @Nullable GuardProcess guard;
  private long startedNanos;
  private int shortLives;
  // A guard that is being started can hang in an exec: whoever closes must not wait for that.
  private final Lock lock = new ReentrantLock();
  private volatile boolean closed;
  // Read by the engine's thread.
  private volatile long watchId = NONE;
  private volatile boolean lost;

  /** Has no guard yet. */
  public GuardKeeper(
      Libc libc, ExitWatch watch, RunTable table, Map<String, String> hostEnvironment) {
    this.libc = libc;
    this.watch = watch;
    this.table = table;
    this.hostEnvironment = Map.copyOf(hostEnvironment);
  }

  /** There is a guard when this returns. */
  public void require() throws GuardUnavailableException {
    lock.lock();
    try {
      requireLocked();
    } finally {
      lock.unlock();
    }
  }

  private void requireLocked() throws GuardUnavailableException {
    if (guard != null && guard.isAlive()) {
      return;
    }
    bury();
    GuardProcess next = GuardProcess.start(libc, table, hostEnvironment);
    try {
      if (closed) {
        throw new SyscallException("posix_spawn", Errno.EBADF, "the platform is closed");
      }
      watchId = watch.watchUncounted(new Pid(next.pid()));
    } catch (SyscallException e) {
      next.close();
      throw new GuardUnavailableException(Errno.name(e.errno()), String.valueOf(e.getMessage()));
    }
    guard = next;
    startedNanos = System.nanoTime();
    // Its end may have been told while the id was not known yet.
    lost = !next.isAlive();
  }

  /** Takes ids of processes that are no children of the engine's. */
  public void ended(long id) {
    if (id == watchId) {
      lost = true;
    }
  }

  /** Whether {@link #replace} should be called. */
  public boolean isLost() {
    return lost;
  }

  /** Another guard in place of the one that has ended, if it has. */
  public void replace() {
    lost = false;
    lock.lock();
    try {
      replaceLocked();
    } finally {
      lock.unlock();
    }
  }

  private void replaceLocked() {
    if (closed || guard == null || guard.isAlive()) {
      return;
    }
    int before = guard.pid();
    shortLives = isShortSince(startedNanos) ? shortLives + 1 : 0;
    while (shortLives <= SHORT_LIVES_MAX) {
      long began = System.nanoTime();
      try {
        requireLocked();
        LOG.warn("the host-death guard {} had ended: {} is in its place", before, guard.pid());
        return;
      } catch (GuardUnavailableException e) {
        // Whoever killed the last one may have killed this one while it began.
        shortLives++;
        if (closed || !isShortSince(began) || shortLives > SHORT_LIVES_MAX) {
          LOG.error(
              "the host-death guard {} has ended, and there can be no other: children outlive"
                  + " this host if it is killed now; the next launch tries again: {}",
              before,
              e.getMessage());
          return;
        }
      }
    }
    LOG.error(
        "the host-death guard does not stay: children outlive this host if it is killed now;"
            + " the next launch tries again");
  }

  private static boolean isShortSince(long nanos) {
    return System.nanoTime() - nanos < SHORT_LIFE.toNanos();
  }

  private void bury() {
    if (guard != null) {
      watch.unwatch(watchId);
      watchId = NONE;
      guard.close();
      guard = null;
    }
  }

  /**
   * Ends the guard: it does nothing to anybody. A spawner that hangs in an exec may be about to
   * start one: that is not waited for, and ends at once. Idempotent.
   */
  public void close() {
    closed = true;
    if (lock.tryLock()) {
      try {
        bury();
      } finally {
        lock.unlock();
      }
    }
  }
}
