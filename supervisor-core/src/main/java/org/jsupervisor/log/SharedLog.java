package org.jsupervisor.log;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jsupervisor.output.LogSizes;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.spec.LogSpec;

/** The writer of one directory with its users, who call it one at a time. Thread-safe. */
final class SharedLog {
  /** How long a rotation waits for the disk. */
  static final Duration ROTATION_WAIT = Duration.ofSeconds(10);

  /** Guards everything here; held while the disk is written, as the sinks have to wait for it. */
  private final ReentrantLock turn = new ReentrantLock();

  private final Path place;
  private final LogDirectory writer;
  private int users;
  private long newest;
  private boolean over;

  SharedLog(Path place, LogDirectory writer) {
    this.place = place;
    this.writer = writer;
  }

  /** Under which it is kept. */
  Path place() {
    return place;
  }

  /** How big it is; waits for nobody. Empty before the first byte, and when it is closed. */
  Optional<LogSizes> sizes() {
    return writer.sizes();
  }

  /** One more user; its specification holds if it is the newest. False if it is over. */
  boolean join(LogSpec spec, long ordinal) {
    turn.lock();
    try {
      if (over) {
        return false;
      }
      users++;
      if (ordinal > newest) {
        newest = ordinal;
        writer.follow(spec);
      }
      return true;
    } finally {
      turn.unlock();
    }
  }

  void accept(OutputSource source, ByteBuffer bytes) throws IOException {
    turn.lock();
    try {
      writer.accept(source, bytes);
    } finally {
      turn.unlock();
    }
  }

  void lost(OutputSource source, long bytes) throws IOException {
    turn.lock();
    try {
      writer.lost(source, bytes);
    } finally {
      turn.unlock();
    }
  }

  /** Waits for a write that is under way, at most {@link #ROTATION_WAIT}. */
  void rotate() throws IOException {
    try {
      if (!turn.tryLock(ROTATION_WAIT.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new IOException(
            "log directory '" + place + "': a write has taken longer than " + ROTATION_WAIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("log directory '" + place + "': not rotated");
    }
    try {
      writer.rotate();
    } finally {
      turn.unlock();
    }
  }

  void ended(OutputSource source) throws IOException {
    turn.lock();
    try {
      writer.ended(source);
    } finally {
      turn.unlock();
    }
  }

  /** One user less; with the last one the file is closed, and then it is over. */
  void leave() throws IOException {
    turn.lock();
    try {
      users--;
      if (users == 0) {
        over = true;
        writer.close();
      }
    } finally {
      turn.unlock();
    }
  }

  boolean isOver() {
    turn.lock();
    try {
      return over;
    } finally {
      turn.unlock();
    }
  }
}
