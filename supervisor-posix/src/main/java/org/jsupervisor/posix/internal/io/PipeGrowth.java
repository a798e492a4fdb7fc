package org.jsupervisor.posix.internal.io;

import java.time.Duration;

/**
 * When one pipe becomes large: when as much as a large one holds has come within a moment, by reads
 * that found it full. Each of those wakes the child, and a large pipe is read in larger pieces. A
 * pipe that is full because its sink is slow stays small: more would only wait there for longer. By
 * the same measure a large pipe is busy, and keeps its place.
 *
 * <p>Confined as its pipe is.
 */
final class PipeGrowth {
  /** What a pipe holds if nobody has changed it (16 pages of 4 KiB). */
  static final int USUAL_BYTES = 64 * 1024;

  // A page takes the next write only as a whole, so a full pipe holds at least half of its size.
  private static final int FULL_BYTES = USUAL_BYTES / 2;
  private static final long WITHIN_NANOS = Duration.ofMillis(100).toNanos();

  private final LargePipes places;
  private final OutputContext context;
  private final LargePipes.Pipe pipe;
  // It is closed, or not to grow.
  private boolean isOver;
  // Since the last read that has not found it full, or since the pipe was looked at.
  private long fullBytes;
  private long sinceNanos;

  PipeGrowth(LargePipes places, OutputContext context, int readEnd) {
    this.places = places;
    this.context = context;
    pipe = new LargePipes.Pipe(readEnd);
  }

  /** After a read, when its bytes are delivered: how many it took, of how many it asked for. */
  void note(int count, int asked) {
    if (isOver) {
      return;
    }
    if (count < asked && count < FULL_BYTES) {
      fullBytes = 0;
      return;
    }
    if (fullBytes == 0) {
      sinceNanos = context.nowNanos();
    }
    fullBytes += count;
    if (fullBytes >= LargePipes.BYTES) {
      fullBytes = 0;
      long nowNanos = context.nowNanos();
      if (nowNanos - sinceNanos <= WITHIN_NANOS) {
        busy(nowNanos);
      }
    }
  }

  private void busy(long nowNanos) {
    if (!pipe.isLargeAndBusy(nowNanos)) {
      isOver = places.grow(pipe, nowNanos) == LargePipes.Answer.LEFT;
    }
  }

  /** The pipe is about to be closed: its place is free. */
  void released() {
    isOver = true;
    places.giveBack(pipe);
  }
}
