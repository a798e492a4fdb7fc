package org.jsupervisor.posix.internal.io;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.posix.internal.libc.Errno;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The places for pipes that hold more than others. They are few, since the kernel counts the pages
 * of all pipes of a user: beyond its limit a new pipe of that user, of whichever program, gets two
 * pages. When all are taken, the pipe that has been quiet for longest makes room for one that is
 * busy. Thread-safe.
 */
final class LargePipes {
  /** What a large pipe holds: as much as a user without privileges may have by default. */
  static final int BYTES = 1 << 20;

  /** A pipe that has not been busy for so long makes room for one that is. */
  static final long QUIET_NANOS = Duration.ofSeconds(10).toNanos();

  private static final Logger LOG = LoggerFactory.getLogger(LargePipes.class);

  private final int max;
  private final Sizing growing;
  private final Sizing shrinking;
  private final Object lock = new Object();
  // Guarded by the lock. Nobody closes the descriptor of a pipe that is in it.
  private final List<Pipe> large = new ArrayList<>();

  /** How a pipe is made to hold so many bytes: as {@code PipeSizes.grow}, or {@code shrink}. */
  @FunctionalInterface
  interface Sizing {
    int set(int descriptor, int bytes);
  }

  /** A pipe that may become large, and small again; any thread. */
  static final class Pipe {
    private final int descriptor;
    private volatile long busyNanos;
    // Written under the lock of the places.
    private volatile boolean isLarge;

    Pipe(int descriptor) {
      this.descriptor = descriptor;
    }

    /** It is busy again. Whether it has a place. */
    boolean isLargeAndBusy(long nowNanos) {
      busyNanos = nowNanos;
      return isLarge;
    }
  }

  /** What became of a wish. */
  enum Answer {
    /** It is large, and has a place until that is given back, or is needed when it is quiet. */
    GROWN,
    /** Every place is taken: there may be one later. */
    NO_PLACE,
    /** The kernel does not want to, or it is large already: not to be asked again. */
    LEFT
  }

  LargePipes(int max, Sizing growing, Sizing shrinking) {
    this.max = max;
    this.growing = growing;
    this.shrinking = shrinking;
  }

  /** Makes a busy pipe large if there is a place; no refusal is an error. */
  Answer grow(Pipe pipe, long nowNanos) {
    synchronized (lock) {
      if (large.size() >= max && !makeRoom(nowNanos)) {
        return Answer.NO_PLACE;
      }
      int result = growing.set(pipe.descriptor, BYTES);
      if (result > 0) {
        LOG.debug("the pipe of descriptor {} holds {} bytes now", pipe.descriptor, result);
        large.add(pipe);
        pipe.isLarge = true;
        return Answer.GROWN;
      }
      if (result < 0) {
        String why = Errno.name(-result);
        LOG.debug("the pipe of descriptor {} stays small: {}", pipe.descriptor, why);
      }
      return Answer.LEFT;
    }
  }

  /** One is asked, once, so that a wish costs little whatever the kernel says. */
  private boolean makeRoom(long nowNanos) {
    Pipe quiet = quietest(nowNanos);
    if (quiet == null || nowNanos - quiet.busyNanos < QUIET_NANOS) {
      return false;
    }
    int result = shrinking.set(quiet.descriptor, PipeGrowth.USUAL_BYTES);
    if (result < 0) {
      // EBUSY: there is more in it, as nobody takes it. The next wish is for another to grant.
      quiet.busyNanos = nowNanos;
      return false;
    }
    LOG.debug("the pipe of descriptor {} holds {} bytes again", quiet.descriptor, result);
    remove(quiet);
    return true;
  }

  private @Nullable Pipe quietest(long nowNanos) {
    Pipe result = null;
    long longest = Long.MIN_VALUE;
    for (Pipe pipe : large) {
      long quietNanos = nowNanos - pipe.busyNanos;
      if (quietNanos > longest) {
        longest = quietNanos;
        result = pipe;
      }
    }
    return result;
  }

  /** A pipe is about to be closed, which may have a place. */
  void giveBack(Pipe pipe) {
    synchronized (lock) {
      remove(pipe);
    }
  }

  private void remove(Pipe pipe) {
    if (pipe.isLarge) {
      pipe.isLarge = false;
      large.remove(pipe);
    }
  }
}
