package org.jsupervisor.posix.internal.io;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.posix.internal.libc.Epoll;
import org.jsupervisor.posix.internal.libc.Errno;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.SyscallException;
import org.jsupervisor.posix.internal.libc.WakeUp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sources of one pump and their descriptors, from the registration of each to the release of
 * its descriptor.
 *
 * <p>Sources are registered, begun and abandoned by the spawner; once begun, a source belongs to
 * the leader of the pump. The spawner may outlive the pump (an exec can hang while the platform is
 * closed), so what it does here is guarded by a lock against the release of the descriptors. What
 * is not said to be for any thread is for the leader.
 */
final class WatchedSources {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedSources.class);
  private static final long WAKE_UP_ID = 0;

  private final Libc libc;
  private final Sinks sinks;
  private final Epoll epoll;
  private final WakeUp wakeUp;
  private final AtomicLong lastId = new AtomicLong(WAKE_UP_ID);
  // Not begun: nothing may be reported of them, as their Launched has not been.
  private final Map<Long, PipeSource> waiting = new ConcurrentHashMap<>();
  private final Map<Long, PipeSource> sources = new ConcurrentHashMap<>();
  // Begun, but left alone for the time being.
  private final Set<Long> disarmed = new HashSet<>();
  private final Queue<Long> toEnd = new ConcurrentLinkedQueue<>();
  private final Object releasing = new Object();
  // Those that wait, and whose run has ended meanwhile; guarded by that lock.
  private final Set<Long> endedEarly = new HashSet<>();
  // Written under the lock, once.
  private volatile boolean released;
  // Set with released, never without it; guarded by the same lock.
  private @Nullable Throwable failure;

  WatchedSources(Libc libc, Sinks sinks) throws SyscallException {
    this.libc = libc;
    this.sinks = sinks;
    epoll = new Epoll(libc);
    wakeUp = WakeUp.in(epoll, WAKE_UP_ID, libc);
  }

  /**
   * Knows the source by this id from now on, and has its descriptor, but does not read it before
   * {@link #begin}; the descriptor is closed if this fails. Any thread.
   */
  long register(PipeSource source) throws SyscallException {
    long id = lastId.incrementAndGet();
    synchronized (releasing) {
      try {
        if (failure != null) {
          throw new OutputStoppedException(failure);
        }
        if (released) {
          throw new SyscallException("epoll_ctl", Errno.EBADF, "the platform is closed");
        }
        epoll.add(source.readEnd(), 0, id);
      } catch (SyscallException | OutputStoppedException e) {
        close(source);
        throw e;
      }
      waiting.put(id, source);
    }
    return id;
  }

  /** There is a run that writes: from now on the source is read. Any thread. */
  void begin(long id) {
    synchronized (releasing) {
      PipeSource source = waiting.remove(id);
      boolean hasEnded = endedEarly.remove(id);
      if (source != null && failure != null) {
        source.neverRead(failure);
        source.sink().ifPresent(sinks::release);
      } else if (source != null && !released) {
        change(source, Epoll.IN, id);
        // Not before the change: from here on the leader may end it, and close its descriptor.
        sources.put(id, source);
        if (hasEnded) {
          endLater(id);
        }
      }
    }
  }

  /** There is no run. Any thread. */
  void abandon(long id) {
    synchronized (releasing) {
      PipeSource source = waiting.remove(id);
      endedEarly.remove(id);
      if (source != null && !released) {
        release(source);
      }
    }
  }

  /** The run whose socket this is has ended. Any thread. */
  void endLater(long id) {
    synchronized (releasing) {
      if (waiting.containsKey(id)) {
        endedEarly.add(id);
        return;
      }
    }
    toEnd.add(id);
    wakeUp.ring();
  }

  /** Ends the wait of the leader. Any thread. */
  void wakeUp() {
    wakeUp.ring();
  }

  /** Waits for the first to be read; how many {@link #found} can be asked for. */
  int await(long timeoutNanos) throws SyscallException {
    return epoll.await(timeoutNanos);
  }

  /** The id of the n-th of those that were found; of some there is no source. */
  long found(int n) {
    long id = epoll.id(n);
    if (id == WAKE_UP_ID) {
      wakeUp.reset();
    }
    return id;
  }

  /** The source that is begun and not over; null if there is none. */
  @Nullable PipeSource get(long id) {
    return sources.get(id);
  }

  boolean isEmpty() {
    return sources.isEmpty();
  }

  /** The sockets whose end has come, or is to come now. */
  Queue<Long> toEnd(boolean all) {
    if (all) {
      sources.forEach(
          (id, source) -> {
            if (source.endsWithRun()) {
              toEnd.add(id);
            }
          });
    }
    return toEnd;
  }

  /** Its end is still found, once; nothing else. */
  void disarm(long id) {
    PipeSource source = sources.get(id);
    if (source != null && !released && disarmed.add(id)) {
      change(source, Epoll.ONCE, id);
    }
  }

  /** It is found again when there is something to be read. */
  void arm(long id) {
    PipeSource source = sources.get(id);
    if (disarmed.remove(id) && source != null && !released) {
      change(source, Epoll.IN, id);
    }
  }

  boolean isDisarmed(long id) {
    return disarmed.contains(id);
  }

  /** It is over: closes its descriptor. */
  void remove(long id, PipeSource source) {
    sources.remove(id);
    disarmed.remove(id);
    release(source);
  }

  /** Whether nothing is read any more; any thread. */
  boolean isReleased() {
    return released;
  }

  /**
   * Closes all descriptors but those of the sources that are kept, and accepts no source any more.
   *
   * @param cause the error that is the reason, null if there is none
   * @return the sources that were not kept
   */
  Map<Long, PipeSource> releaseAll(@Nullable Throwable cause, LongPredicate kept) {
    synchronized (releasing) {
      Map<Long, PipeSource> left = new HashMap<>(sources);
      left.keySet().removeIf(kept::test);
      left.forEach(this::remove);
      waiting.values().forEach(this::release);
      wakeUp.closeWith(epoll);
      released = true;
      failure = cause;
      return left;
    }
  }

  private void release(PipeSource source) {
    if (!released) {
      epoll.remove(source.readEnd());
    }
    close(source);
  }

  private void close(PipeSource source) {
    try {
      source.released();
    } finally {
      libc.close(source.readEnd());
    }
  }

  /** Nothing is allocated by a change: if it fails it is a bug of ours, not a shortage. */
  private void change(PipeSource source, int events, long id) {
    try {
      epoll.change(source.readEnd(), events, id);
    } catch (SyscallException e) {
      LOG.error("output is not read", e);
    }
  }
}
