package org.jsupervisor.core.internal.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.core.internal.model.Failures;
import org.jsupervisor.output.OutputLostException;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what its destination cannot take yet, so that neither the child nor the output threads ever
 * wait for it. A writer calls the destination, one call at a time; bytes that it refuses are
 * offered again after a moment.
 *
 * <p>Closing does not wait: the writer delivers what is left, and then closes the destination.
 *
 * <p>Thread: as {@link OutputSink} says, and a writer. The lock is never held during a call of the
 * destination.
 */
final class BufferedSink implements OutputSink {
  private static final Logger LOG = LoggerFactory.getLogger(BufferedSink.class);

  private static final String AT_THE_END = "it was not kept before the end";

  private enum State {
    /** Nothing is to be written. */
    IDLE,
    /** A writer will have it, as soon as one is free or after a moment. */
    QUEUED,
    /** A writer is in the destination. */
    WRITING,
    /** Nothing is written any more; whoever finds that first closes the destination. */
    OVER
  }

  private final OutputSink destination;
  private final Writers writers;
  private final ReentrantLock lock = new ReentrantLock();
  // All below are guarded by the lock; the piece itself belongs to the writer while it writes.
  private final Backlog backlog;
  private final LossTally tally;
  private @Nullable Piece current;
  private long inHandBytes;
  private State state = State.IDLE;
  private boolean closing;
  private boolean destinationClosed;

  BufferedSink(OutputSink destination, Backlog backlog, LossTally tally, Writers writers) {
    this.destination = destination;
    this.backlog = backlog;
    this.tally = tally;
    this.writers = writers;
    writers.opened(this);
  }

  @Override
  public void accept(OutputSource source, ByteBuffer bytes) {
    locked(() -> backlog.add(source, bytes));
  }

  @Override
  public void ended(OutputSource source) {
    locked(() -> backlog.addEnd(source));
  }

  @Override
  public void close() {
    locked(() -> closing = true);
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
      enterWaiting();
      if (state == State.IDLE) {
        state = State.QUEUED;
        writers.execute(this::write);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Under the lock. */
  private void enterWaiting() {
    tally.ledger().waits(backlog.waitingBytes() + inHandBytes);
  }

  /** On a writer; goes on here until nothing is left, or the destination refuses. */
  private void write() {
    Piece piece = next();
    while (piece != null && isDelivered(piece)) {
      forgetCurrent();
      piece = next();
    }
    if (piece != null) {
      pause(piece);
    }
    closeIfOver();
  }

  /** Null if there is nothing to write, or it is over. */
  private @Nullable Piece next() {
    lock.lock();
    try {
      if (state == State.OVER) {
        return null;
      }
      current = current == null ? backlog.next().orElse(null) : current;
      inHandBytes = current == null ? 0 : bytesOf(current);
      enterWaiting();
      if (current == null) {
        tally.tell();
        state = closing ? State.OVER : State.IDLE;
      } else {
        state = State.WRITING;
      }
      return current;
    } finally {
      lock.unlock();
    }
  }

  private void forgetCurrent() {
    lock.lock();
    try {
      current = null;
    } finally {
      lock.unlock();
    }
  }

  private void pause(Piece piece) {
    lock.lock();
    try {
      if (state == State.OVER) {
        noteLost(piece, AT_THE_END);
        tally.tell();
      } else {
        state = State.QUEUED;
        inHandBytes = bytesOf(piece);
        enterWaiting();
        writers.executeLater(this::write);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The destination is a stranger: whatever it throws costs its own bytes, never the writer. */
  private boolean isDelivered(Piece piece) {
    try {
      if (piece instanceof Piece.Bytes bytes) {
        destination.accept(bytes.source(), bytes.bytes());
      } else if (piece instanceof Piece.Gap gap) {
        destination.lost(gap.source(), gap.lostBytes());
      } else {
        destination.ended(piece.source());
      }
      tally.ledger().took();
    } catch (IOException e) {
      tally.ledger().refused(e);
      if (piece instanceof Piece.Bytes bytes && bytes.bytes().hasRemaining()) {
        return false;
      }
      // Neither a mark nor the word of an end is offered again.
      noteLost(piece, e);
    } catch (Throwable e) {
      // No failure to keep them, but a fault: the same bytes would only meet it again.
      tally.ledger().refused(e);
      noteLost(piece, e);
    }
    return true;
  }

  private static long bytesOf(Piece piece) {
    return piece instanceof Piece.Bytes bytes ? bytes.bytes().remaining() : 0;
  }

  /** With what was taken before, and is lost with it. */
  private void noteLost(Piece piece, Throwable failure) {
    noteLost(piece, bytesOf(piece) + OutputLostException.bytesOf(failure), Failures.text(failure));
  }

  private void noteLost(Piece piece, String why) {
    noteLost(piece, bytesOf(piece), why);
  }

  private void noteLost(Piece piece, long bytes, String why) {
    lock.lock();
    try {
      tally.note(piece.source().incarnation(), bytes, why);
    } finally {
      lock.unlock();
    }
  }

  /** Closes the destination, once; never under the lock, for it may hang. */
  void closeIfOver() {
    lock.lock();
    try {
      if (state != State.OVER || destinationClosed) {
        return;
      }
      destinationClosed = true;
      backlog.close();
    } finally {
      lock.unlock();
    }
    try {
      destination.close();
    } catch (Throwable e) {
      noteClosing(e);
      LOG.warn(
          "output sink {}: close failed: {}", destination.getClass().getName(), Failures.text(e));
    } finally {
      writers.closed(this);
    }
  }

  private void noteClosing(Throwable failure) {
    if (failure instanceof OutputLostException lost) {
      lock.lock();
      try {
        tally.noteAll(lost);
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * There is no more time: what is left is lost. Whether the caller has to have it closed: not if a
   * writer is in the destination, which closes it when it comes back.
   */
  boolean abandon() {
    lock.lock();
    try {
      boolean isInDestination = state == State.WRITING;
      if (state != State.OVER) {
        state = State.OVER;
        loseRest(isInDestination);
      }
      return !isInDestination;
    } finally {
      lock.unlock();
    }
  }

  private void loseRest(boolean isInDestination) {
    if (current != null && !isInDestination) {
      noteLost(current, AT_THE_END);
    }
    for (var piece = backlog.next(); piece.isPresent(); piece = backlog.next()) {
      if (piece.get() instanceof Piece.Bytes) {
        noteLost(piece.get(), AT_THE_END);
      }
    }
    inHandBytes = 0;
    enterWaiting();
    tally.tell();
  }
}
