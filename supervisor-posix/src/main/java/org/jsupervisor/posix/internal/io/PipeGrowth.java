package org.jsupervisor.posix.internal.io;

import java.time.Duration;

/**
 * When one pipe becomes large: when as much as a large one holds has come within a moment, by reads
 * that found it full. Each of those wakes the child, and a large pipe is read in larger pieces. A
 * pipe that is full because its sink is slow stays small: more would only wait there for longer.
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
  private final int readEnd;
  private State state = State.SMALL;
  // Since the last read that has not found it full, or since the pipe was looked at.
  private long fullBytes;
  private long sinceNanos;

  private enum State {
    SMALL,
    LARGE,
    LEFT_SMALL
  }

  PipeGrowth(LargePipes places, OutputContext context, int readEnd) {
    this.places = places;
    this.context = context;
    this.readEnd = readEnd;
  }

  /** After a read, when its bytes are delivered: how many it took, of how many it asked for. */
  void note(int count, int asked) {
    if (state != State.SMALL) {
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
      if (context.nowNanos() - sinceNanos <= WITHIN_NANOS) {
        grow();
      }
    }
  }

  private void grow() {
    state =
        switch (places.grow(readEnd)) {
          case GROWN -> State.LARGE;
          case NO_PLACE -> State.SMALL;
          case LEFT -> State.LEFT_SMALL;
        };
  }

  /** The pipe is closed: its place is free. */
  void released() {
    if (state == State.LARGE) {
      state = State.LEFT_SMALL;
      places.giveBack();
    }
  }
}
