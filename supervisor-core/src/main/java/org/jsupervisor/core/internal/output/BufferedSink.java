package org.jsupervisor.core.internal.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.core.internal.model.Failures;
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

  private enum State {
    /** Nothing is to be written. */
    IDLE,
    /** A writer has it, or is about to. */
    WRITING,
    /** A writer will have it after a moment. */
    RETRYING,
    /** Nothing is written any more. */
    OVER
  }

  private final OutputSink destination;
  private final Writers writers;
  private final ReentrantLock lock = new ReentrantLock();
  // All below are guarded by the lock; the piece itself belongs to the writer while it writes.
  private final Backlog backlog;
  private final LossTally tally;
  private @Nullable Piece current;
  private State state = State.IDLE;
  private boolean closing;

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
      if (state == State.IDLE) {
        state = State.WRITING;
        writers.execute(this::write);
      }
    } finally {
      lock.unlock();
    }
  }

  /** On a writer; goes on here until nothing is left, or the destination refuses. */
  private void write() {
    Piece piece = next();
    while (piece != null && isDelivered(piece)) {
      piece = nextAfter();
    }
    if (piece != null) {
      pause(piece);
    }
  }

  private @Nullable Piece nextAfter() {
    lock.lock();
    try {
      current = null;
      return next();
    } finally {
      lock.unlock();
    }
  }

  /** Null if there is nothing to write, or it is over. */
  private @Nullable Piece next() {
    lock.lock();
    try {
      if (state != State.OVER) {
        state = State.WRITING;
        current = current == null ? backlog.next().orElse(null) : current;
        if (current != null) {
          return current;
        }
        tally.tell();
        state = closing ? State.OVER : State.IDLE;
      }
      if (state == State.IDLE) {
        return null;
      }
    } finally {
      lock.unlock();
    }
    closeDestination();
    return null;
  }

  private void pause(Piece piece) {
    lock.lock();
    try {
      if (state != State.OVER) {
        state = State.RETRYING;
        writers.executeLater(this::write);
        return;
      }
      noteLost(piece, "it was not kept before the end");
      tally.tell();
    } finally {
      lock.unlock();
    }
    closeDestination();
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
    } catch (IOException e) {
      // Bytes are offered again; neither a mark nor the word of an end is.
      return !(piece instanceof Piece.Bytes bytes && bytes.bytes().hasRemaining());
    } catch (Throwable e) {
      // No failure to keep them, but a fault: the same bytes would only meet it again.
      noteLost(piece, Failures.text(e));
    }
    return true;
  }

  private void noteLost(Piece piece, String why) {
    long bytes = piece instanceof Piece.Bytes lost ? lost.bytes().remaining() : 0;
    lock.lock();
    try {
      tally.note(piece.source().incarnation(), bytes, why);
    } finally {
      lock.unlock();
    }
  }

  private void closeDestination() {
    try {
      destination.close();
    } catch (Throwable e) {
      LOG.warn(
          "output sink {}: close failed: {}", destination.getClass().getName(), Failures.text(e));
    } finally {
      lock.lock();
      try {
        backlog.close();
      } finally {
        lock.unlock();
      }
      writers.closed(this);
    }
  }

  /**
   * There is no more time: what is left is lost, and the destination is closed, unless a writer is
   * in it, which closes it when it comes back.
   */
  void abandon() {
    lock.lock();
    try {
      if (state == State.OVER) {
        return;
      }
      boolean isInDestination = state == State.WRITING;
      state = State.OVER;
      loseRest(isInDestination);
      if (isInDestination) {
        return;
      }
    } finally {
      lock.unlock();
    }
    closeDestination();
  }

  private void loseRest(boolean isInDestination) {
    String why = "it was not kept before the end";
    if (current != null && !isInDestination) {
      noteLost(current, why);
    }
    for (var piece = backlog.next(); piece.isPresent(); piece = backlog.next()) {
      if (piece.get() instanceof Piece.Bytes) {
        noteLost(piece.get(), why);
      }
    }
    tally.tell();
  }
}
