package org.jsupervisor.log;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * What log directories share: time, files, threads for what takes long, and buffers. Thread-safe.
 */
final class LogContext {
  /**
   * What is assembled before it is written: one read of a pipe, with timestamps before all but the
   * shortest lines.
   */
  static final int BUFFER_BYTES = 256 * 1024;

  /** As many as there are writers at one time, which are output threads, or a few more. */
  private static final int BUFFERS_MAX = 4;

  private final InstantSource clock;
  private final FileOperations files;
  private final Upkeep upkeep;
  private final BlockingQueue<ByteBuffer> buffers = new ArrayBlockingQueue<>(BUFFERS_MAX);

  LogContext(InstantSource clock, FileOperations files, Upkeep upkeep) {
    this.clock = clock;
    this.files = files;
    this.upkeep = upkeep;
  }

  /** The one for real disks. */
  static LogContext of(InstantSource clock) {
    return new LogContext(clock, new DiskFiles(), Upkeep.threads());
  }

  InstantSource clock() {
    return clock;
  }

  FileOperations files() {
    return files;
  }

  Upkeep upkeep() {
    return upkeep;
  }

  /** An empty direct buffer, for the time of one call. */
  ByteBuffer borrow() {
    @Nullable ByteBuffer free = buffers.poll();
    return free == null ? ByteBuffer.allocateDirect(BUFFER_BYTES) : free.clear();
  }

  /** It is not needed any more. */
  void giveBack(ByteBuffer buffer) {
    var unused = buffers.offer(buffer);
  }
}
