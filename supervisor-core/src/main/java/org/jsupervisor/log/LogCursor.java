package org.jsupervisor.log;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A place in the log directories of a {@link LogReader}, which goes on line by line, also with what
 * is written later: across rotations, and when {@code current} or the directory is renamed, removed
 * or made anew. No line is lost or comes twice, unless {@link #gaps} says so.
 *
 * <p>A file that is shorter than what was read of it was truncated, and is read from its beginning;
 * when it has grown beyond that place before the next look, that cannot be seen.
 *
 * <p>It keeps one file open for each directory, and has no thread: who waits in {@link #next}
 * looks. Thread-safe, for callers who take turns; {@link #close} ends the waiting of another
 * thread. An interrupt during a call closes it, too.
 */
public final class LogCursor implements AutoCloseable {
  /** Where the lines of a directory begin. */
  @FunctionalInterface
  interface Start {
    /** The lines of this directory. */
    DirectoryLines linesOf(Path directory) throws IOException;
  }

  /** One directory, and its next line. */
  private static final class Stream {
    private final DirectoryLines lines;
    private @Nullable LogLine head;

    /** The time of the head, or of the last line before it that has one. */
    private Instant time = Instant.MIN;

    Stream(DirectoryLines lines) {
      this.lines = lines;
    }

    void fill() throws IOException {
      if (head == null) {
        head = lines.next().orElse(null);
        time = head == null ? time : head.time().orElse(time);
      }
    }

    Optional<LogLine> take() {
      Optional<LogLine> taken = Optional.ofNullable(head);
      head = null;
      return taken;
    }
  }

  private final ReentrantLock turn = new ReentrantLock();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Stream> streams = new ArrayList<>();
  private final long pollNanos;

  private LogCursor(long pollNanos) {
    this.pollNanos = pollNanos;
  }

  static LogCursor open(LogReader reader, Start start) throws IOException {
    LogCursor cursor = new LogCursor(reader.pollNanos());
    try {
      for (Path directory : reader.directories()) {
        cursor.streams.add(new Stream(start.linesOf(directory)));
      }
      return cursor;
    } catch (IOException | RuntimeException e) {
      cursor.close();
      throw e;
    }
  }

  /**
   * The next line that is finished; empty if there is none for now. Does not wait.
   *
   * @throws ClosedChannelException if it is closed
   * @throws IOException if something cannot be read; the next call tries again, or, if it was a
   *     rotated file, goes on with the file after it
   */
  public Optional<LogLine> next() throws IOException {
    turn.lock();
    try {
      if (closed.getCount() == 0) {
        throw new ClosedChannelException();
      }
      return oldest();
    } catch (ClosedByInterruptException e) {
      close();
      throw e;
    } finally {
      turn.unlock();
    }
  }

  private Optional<LogLine> oldest() throws IOException {
    @Nullable Stream oldest = null;
    for (Stream stream : streams) {
      stream.fill();
      if (stream.head != null && (oldest == null || stream.time.isBefore(oldest.time))) {
        oldest = stream;
      }
    }
    return oldest == null ? Optional.empty() : oldest.take();
  }

  /**
   * As {@link #next()}, but waits for a line for at most this time; zero or less does not wait.
   *
   * @throws InterruptedException if the caller is interrupted; the cursor is closed then
   */
  public Optional<LogLine> next(Duration atMost) throws IOException, InterruptedException {
    long start = System.nanoTime();
    long waitNanos = nanos(atMost);
    while (true) {
      Optional<LogLine> line;
      try {
        line = next();
      } catch (ClosedByInterruptException e) {
        Thread.interrupted();
        throw interrupted(e);
      }
      long leftNanos = waitNanos - (System.nanoTime() - start);
      if (line.isPresent() || leftNanos <= 0) {
        return line;
      }
      try {
        var unused = closed.await(Math.min(pollNanos, leftNanos), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        close();
        throw e;
      }
    }
  }

  private static InterruptedException interrupted(Exception cause) {
    InterruptedException interrupted = new InterruptedException("while a log was read");
    interrupted.initCause(cause);
    return interrupted;
  }

  private static long nanos(Duration duration) {
    try {
      return duration.toNanos();
    } catch (ArithmeticException longerThanALife) {
      return duration.isNegative() ? 0 : Long.MAX_VALUE;
    }
  }

  /**
   * What was read of lines that are not finished: at most one of each directory. They stay, and
   * come as a whole when they are finished.
   */
  public List<LogLine> unfinished() {
    turn.lock();
    try {
      return streams.stream().flatMap(stream -> stream.lines.unfinished().stream()).toList();
    } finally {
      turn.unlock();
    }
  }

  /**
   * How often the file that was read had been deleted when its end was reached, so that lines after
   * it may have been deleted unread.
   */
  public long gaps() {
    turn.lock();
    try {
      return streams.stream().mapToLong(stream -> stream.lines.gaps()).sum();
    } finally {
      turn.unlock();
    }
  }

  /** Closes the files. A second time does nothing. */
  @Override
  public void close() throws IOException {
    closed.countDown();
    turn.lock();
    try {
      IOException failure = null;
      for (Stream stream : streams) {
        try {
          stream.lines.close();
        } catch (IOException e) {
          failure = e;
        }
      }
      if (failure != null) {
        throw failure;
      }
    } finally {
      turn.unlock();
    }
  }
}
