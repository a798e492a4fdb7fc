package org.jsupervisor.posix.internal.io;

import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.posix.internal.libc.Epoll;
import org.jsupervisor.posix.internal.libc.Errno;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.SyscallException;
import org.jsupervisor.posix.internal.libc.WakeUp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the pipes and notification sockets of its children, and calls their sinks. Asleep unless a
 * child writes, a sink is to be closed, or something waits for its interval to be over.
 *
 * <p>Failure: what a sink throws is a loss of its own bytes; what else goes wrong in the turn of a
 * pipe ends that pipe only. An error outside ends this thread: then the end of all its pipes is
 * reported, no new one is accepted, and the sinks are closed by {@link #closeRest}.
 *
 * <p>Pipes are added, begun and abandoned by the spawner; once begun, a pipe belongs to this
 * thread. The spawner may outlive this thread (an exec can hang while the platform is closed), so
 * what it does here is guarded by a lock against the release of the descriptors.
 *
 * <p>Longer than other files: the life of a source, whatever it is, from its registration to the
 * release of its descriptor, is to be read in one place.
 */
final class OutputThread implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(OutputThread.class);
  private static final long WAKE_UP_ID = 0;

  private final Libc libc;
  private final OutputContext context;
  private final Epoll epoll;
  private final WakeUp wakeUp;
  private final Sinks sinks = new Sinks();
  private final AtomicLong lastId = new AtomicLong(WAKE_UP_ID);
  // Not begun: nothing may be reported of them, as their Launched has not been.
  private final Map<Long, PipeSource> waiting = new ConcurrentHashMap<>();
  private final Map<Long, PipeSource> sources = new ConcurrentHashMap<>();
  private final HeldBack heldBack = new HeldBack();
  private final Paused paused = new Paused();
  private final Queue<Long> toEnd = new ConcurrentLinkedQueue<>();
  private final Object releasing = new Object();
  // Those that wait, and whose run has ended meanwhile; guarded by that lock.
  private final Set<Long> endedEarly = new HashSet<>();
  private boolean released;
  // Set with released, never without it; guarded by the same lock.
  private @Nullable Throwable failure;
  // Written once by whoever closes the platform; null until then.
  private volatile @Nullable Long drainUntilNanos;

  OutputThread(Libc libc, OutputContext context) throws SyscallException {
    this.libc = libc;
    this.context = context;
    epoll = new Epoll(libc);
    try {
      wakeUp = new WakeUp(libc);
    } catch (SyscallException e) {
      epoll.close();
      throw e;
    }
    epoll.add(wakeUp.descriptor(), Epoll.IN, WAKE_UP_ID);
  }

  /** What the sources of this thread are made with. */
  OutputContext context() {
    return context;
  }

  /**
   * Knows the source by this id from now on, and has its descriptor, but does not read it before
   * {@link #begin}; the descriptor is closed if this fails.
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
        libc.close(source.readEnd());
        source.released();
        throw e;
      }
      waiting.put(id, source);
    }
    return id;
  }

  void begin(long id) {
    synchronized (releasing) {
      PipeSource source = waiting.remove(id);
      boolean hasEnded = endedEarly.remove(id);
      if (source != null && failure != null) {
        source.neverRead(failure);
        source.sink().ifPresent(sinks::release);
      } else if (source != null && !released) {
        change(source, Epoll.IN, id);
        // Not before the change: from here on the thread may end it, and close its descriptor.
        sources.put(id, source);
        if (hasEnded) {
          endLater(id);
        }
      }
    }
  }

  /** The run whose socket this is has ended; any thread. */
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

  void abandon(long id) {
    synchronized (releasing) {
      PipeSource source = waiting.remove(id);
      endedEarly.remove(id);
      if (source != null && !released) {
        release(source);
      }
    }
  }

  /** A launch will use the sink, from now until {@link #release}; any thread. */
  void hold(OutputSink sink) {
    sinks.hold(sink);
  }

  /** There will be no such launch; the sink may be closed on this thread; any thread. */
  void release(OutputSink sink) {
    if (sinks.release(sink)) {
      wakeUp.ring();
    }
  }

  /** No later launch will use the sink; it may be closed on this thread; any thread. */
  void retire(OutputSink sink) {
    if (sinks.retire(sink)) {
      wakeUp.ring();
    }
  }

  /** Ends this thread when its pipes have ended, or when the time for that is over; any thread. */
  void finish(long drainNanos) {
    drainUntilNanos = context.nowNanos() + drainNanos;
    wakeUp.ring();
  }

  @Override
  public void run() {
    try {
      while (!isFinished()) {
        int count = epoll.await(timeoutNanos());
        for (int n = 0; n < count; n++) {
          handle(epoll.id(n));
        }
        paused.due(context.nowNanos()).forEach(this::takeTurn);
        sinks.closeDue();
        endSockets();
        heldBack.reportDue(context.nowNanos());
      }
    } catch (Throwable e) {
      giveUp(e);
      return;
    }
    releaseAll(null);
    sources.values().forEach(PipeSource::abandoned);
    sources.clear();
    closeRest();
  }

  private void giveUp(Throwable cause) {
    releaseAll(cause);
    for (PipeSource source : sources.values()) {
      source.failed(cause);
      source.sink().ifPresent(sinks::release);
    }
    sources.clear();
    sinks.closeDue();
    LOG.error("{} reads no more", Thread.currentThread().getName(), cause);
  }

  /** There is no thread for it: releases what it has opened. */
  void neverStarted() {
    releaseAll(null);
  }

  /** Whether it has ended, or is about to, for an error of its own; any thread. */
  boolean hasFailed() {
    synchronized (releasing) {
      return failure != null;
    }
  }

  /** Closes the sinks that are left; on this thread, or on its heir after it has failed. */
  void closeRest() {
    sinks.closeAll();
  }

  private boolean isFinished() {
    Long until = drainUntilNanos;
    return until != null && (sources.isEmpty() || context.nowNanos() - until >= 0);
  }

  private long timeoutNanos() {
    Long until = drainUntilNanos;
    long nowNanos = context.nowNanos();
    long wait = Math.min(heldBack.waitNanos(nowNanos), paused.waitNanos(nowNanos));
    return until == null ? wait : Math.min(wait, Math.max(0, until - nowNanos));
  }

  private void handle(long id) {
    if (id == WAKE_UP_ID) {
      wakeUp.reset();
      return;
    }
    // The end of a pipe is reported even of one that is not read; once.
    if (!paused.contains(id)) {
      takeTurn(id);
    }
  }

  private void takeTurn(long id) {
    PipeSource source = sources.get(id);
    if (source == null) {
      return;
    }
    PipeSource.Turn turn;
    try {
      turn = source.turn();
    } catch (Throwable e) {
      end(id, source, () -> source.failed(e));
      LOG.error("a pipe is given up", e);
      return;
    }
    heldBack.note(source, context.nowNanos());
    switch (turn) {
      case OPEN -> resume(id, source);
      case PAUSED -> pause(id, source);
      case OVER -> end(id, source, source::over);
    }
  }

  private void pause(long id, PipeSource source) {
    if (!paused.contains(id)) {
      change(source, Epoll.ONCE, id);
    }
    paused.add(id, context.nowNanos());
  }

  private void resume(long id, PipeSource source) {
    if (paused.contains(id)) {
      paused.remove(id);
      change(source, Epoll.IN, id);
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

  /** A socket has no end of its own: its run has, and so has this thread. */
  private void endSockets() {
    if (drainUntilNanos != null) {
      sources.forEach(
          (id, source) -> {
            if (source.endsWithRun()) {
              toEnd.add(id);
            }
          });
    }
    Long id;
    while ((id = toEnd.poll()) != null) {
      // What was sent before the end of the run is still there.
      handle(id);
      PipeSource source = sources.get(id);
      if (source != null) {
        end(id, source, source::over);
      }
    }
  }

  private void end(long id, PipeSource source, Runnable tell) {
    sources.remove(id);
    paused.remove(id);
    release(source);
    tell.run();
    heldBack.forget(source);
    source.sink().ifPresent(sinks::release);
    sinks.closeDue();
  }

  private void release(PipeSource source) {
    epoll.remove(source.readEnd());
    libc.close(source.readEnd());
    source.released();
  }

  private void releaseAll(@Nullable Throwable cause) {
    synchronized (releasing) {
      released = true;
      failure = cause;
      sources.values().forEach(this::release);
      waiting.values().forEach(this::release);
      epoll.remove(wakeUp.descriptor());
      wakeUp.close();
      epoll.close();
    }
  }
}
