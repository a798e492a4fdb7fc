package org.jsupervisor.posix.internal.io;

import java.util.concurrent.atomic.AtomicInteger;
import org.jsupervisor.posix.internal.libc.Errno;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The places for pipes that hold more than others. They are few, since the kernel counts the pages
 * of all pipes of a user: beyond its limit a new pipe of that user, of whichever program, gets two
 * pages. Thread-safe.
 */
final class LargePipes {
  /** What a large pipe holds: as much as a user without privileges may have by default. */
  static final int BYTES = 1 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(LargePipes.class);

  private final int max;
  private final Growing kernel;
  private final AtomicInteger taken = new AtomicInteger();

  /** How a pipe is made to hold more: as {@code PipeSizes.grow}. */
  @FunctionalInterface
  interface Growing {
    int grow(int descriptor, int bytes);
  }

  /** What became of a wish. */
  enum Answer {
    /** It is large, and has a place, which is to be given back. */
    GROWN,
    /** Every place is taken: there may be one later. */
    NO_PLACE,
    /** The kernel does not want to, or it is large already: not to be asked again. */
    LEFT
  }

  LargePipes(int max, Growing kernel) {
    this.max = max;
    this.kernel = kernel;
  }

  /** Makes the pipe large if there is a place; no refusal is an error. */
  Answer grow(int descriptor) {
    if (taken.getAndUpdate(n -> n < max ? n + 1 : n) >= max) {
      return Answer.NO_PLACE;
    }
    int result = kernel.grow(descriptor, BYTES);
    if (result > 0) {
      LOG.debug("the pipe of descriptor {} holds {} bytes now", descriptor, result);
      return Answer.GROWN;
    }
    giveBack();
    if (result < 0) {
      LOG.debug("the pipe of descriptor {} stays small: {}", descriptor, Errno.name(-result));
    }
    return Answer.LEFT;
  }

  /** A pipe that had a place is closed. */
  void giveBack() {
    taken.decrementAndGet();
  }
}
