package org.jsupervisor.posix.internal.io;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.posix.internal.libc.Epoll;
import org.jsupervisor.posix.internal.libc.Errno;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.PipeEnds;
import org.jsupervisor.posix.internal.libc.SyscallException;
import org.jsupervisor.posix.internal.libc.WakeUp;
import org.jsupervisor.process.Incarnation;
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
  private final SinkUses uses = new SinkUses();
  private final Queue<OutputSink> toClose = new ConcurrentLinkedQueue<>();
  private final AtomicLong lastId = new AtomicLong(WAKE_UP_ID);
  // Not begun: nothing may be reported of them, as their Launched has not been.
  private final Map<Long, PipeSource> waiting = new ConcurrentHashMap<>();
  private final Map<Long, PipeSource> sources = new ConcurrentHashMap<>();
  private final Losses losses = new Losses();
  private final Talks talks = new Talks();
  private final Queue<Long> toEnd = new ConcurrentLinkedQueue<>();
  private final Object releasing = new Object();
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

  ChildPipe openOutput(Incarnation incarnation, OutputSink sink, PipeMaker maker)
      throws SyscallException {
    PipeMaker.Made made = maker.make();
    return register(made.ends(), new OutputPipe(incarnation, sink, made, context));
  }

  ChildPipe openNotification(Incarnation incarnation, PipeMaker maker) throws SyscallException {
    PipeEnds ends = maker.make().ends();
    return register(ends, new NotificationPipe(incarnation, ends.readEnd(), context));
  }

  ChildSocket openSocket(NotifySockets shared, NotifyTerms terms) throws SyscallException {
    NotifySockets.Open open = shared.open();
    NotifySocket socket = new NotifySocket(open.descriptor(), terms, shared, context);
    return new ChildSocket(this, registerEnd(socket), socket, open.name());
  }

  private ChildPipe register(PipeEnds ends, PipeSource source) throws SyscallException {
    try {
      return new ChildPipe(this, registerEnd(source), ends.writeEnd());
    } catch (SyscallException | OutputStoppedException e) {
      libc.close(ends.writeEnd());
      throw e;
    }
  }

  private long registerEnd(PipeSource source) throws SyscallException {
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
      if (source != null && failure != null) {
        source.neverRead(failure);
        releaseSink(source, toClose::add);
      } else if (source != null && !released) {
        try {
          epoll.change(source.readEnd(), Epoll.IN, id);
        } catch (SyscallException e) {
          // Nothing is allocated by a change: this is a bug of ours, not a shortage.
          LOG.error("output is not read", e);
        }
        // Not before the change: from here on the thread may end it, and close its descriptor.
        sources.put(id, source);
        if (source instanceof NotifySocket socket && socket.hasEnded()) {
          endLater(id);
        }
      }
    }
  }

  /** The run whose socket this is has ended; any thread. */
  void endLater(long id) {
    synchronized (releasing) {
      if (waiting.get(id) instanceof NotifySocket socket) {
        socket.endEarly();
        return;
      }
    }
    toEnd.add(id);
    wakeUp.ring();
  }

  void abandon(long id) {
    synchronized (releasing) {
      PipeSource source = waiting.remove(id);
      if (source != null && !released) {
        release(source);
      }
    }
  }

  void closeWriteEnd(int descriptor) {
    libc.close(descriptor);
  }

  SinkUses uses() {
    return uses;
  }

  /** Has the sink closed on this thread; any thread. */
  void closeLater(OutputSink sink) {
    toClose.add(sink);
    wakeUp.ring();
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
        closeSinks();
        endSockets();
        losses.reportDue(context.nowNanos());
        talks.reportDue(context.nowNanos());
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
      releaseSink(source, toClose::add);
    }
    sources.clear();
    closeSinks();
    LOG.error("{} reads no more", Thread.currentThread().getName(), cause);
  }

  /** Whether it has ended, or is about to, for an error of its own; any thread. */
  boolean hasFailed() {
    synchronized (releasing) {
      return failure != null;
    }
  }

  /** Closes the sinks that are left; on this thread, or on its heir after it has failed. */
  void closeRest() {
    closeSinks();
    uses.takeAll().forEach(OutputThread::close);
  }

  private boolean isFinished() {
    Long until = drainUntilNanos;
    return until != null && (sources.isEmpty() || context.nowNanos() - until >= 0);
  }

  private long timeoutNanos() {
    Long until = drainUntilNanos;
    if (until != null) {
      return Math.max(0, until - context.nowNanos());
    }
    long loss = losses.isEmpty() ? Long.MAX_VALUE : context.limits().lossInterval().toNanos();
    return Math.min(loss, talks.waitNanos(context.nowNanos()));
  }

  private void handle(long id) {
    if (id == WAKE_UP_ID) {
      wakeUp.reset();
      return;
    }
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
    if (source instanceof OutputPipe pipe) {
      losses.note(pipe);
    } else if (source instanceof NotifySocket socket) {
      talks.note(socket);
    }
    if (turn == PipeSource.Turn.OVER) {
      end(id, source, source::over);
    }
  }

  /** A socket has no end of its own: its run has, and so has this thread. */
  private void endSockets() {
    if (drainUntilNanos != null) {
      sources.forEach(
          (id, source) -> {
            if (source instanceof NotifySocket) {
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
    release(source);
    tell.run();
    releaseSink(source, OutputThread::close);
  }

  private void release(PipeSource source) {
    epoll.remove(source.readEnd());
    libc.close(source.readEnd());
    source.released();
  }

  private void releaseSink(PipeSource source, Consumer<OutputSink> close) {
    if (source instanceof NotifySocket socket) {
      talks.forget(socket);
    }
    if (source instanceof OutputPipe pipe) {
      losses.forget(pipe);
      if (uses.release(pipe.sink())) {
        close.accept(pipe.sink());
      }
    }
  }

  private void closeSinks() {
    OutputSink sink;
    while ((sink = toClose.poll()) != null) {
      close(sink);
    }
  }

  private static void close(OutputSink sink) {
    try {
      sink.close();
    } catch (Throwable e) {
      LOG.warn("output sink {}: close failed: {}", sink.getClass().getName(), OneLine.describe(e));
    }
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
