package org.jsupervisor.posix.internal.io;

import java.util.Optional;
import org.jsupervisor.output.OutputSink;

/**
 * A pipe or a socket that a pump reads. Confined to its leader, and during a turn or a telling to
 * the thread that makes it, but for its descriptor and its name.
 */
interface PipeSource extends HoldsBack {
  /** Whether there may be more to come. */
  enum Turn {
    OPEN,
    /** It must not be read for a moment. */
    PAUSED,
    OVER
  }

  /** The descriptor that is read. */
  int readEnd();

  /** Who takes what is read, and is closed when no pipe needs it any more; any thread. */
  default Optional<OutputSink> sink() {
    return Optional.empty();
  }

  /** Whether only the end of its run, or of the thread, is its end: nobody closes it. */
  default boolean endsWithRun() {
    return false;
  }

  @Override
  default long waitNanos(long nowNanos) {
    return NOTHING_HELD_NANOS;
  }

  @Override
  default void reportIfDue(long nowNanos) {}

  /** The run, for the log; any thread. */
  default String name() {
    return "output";
  }

  /** Reads what there is, within a bound that is fair to the others. */
  Turn turn(ReadBuffer buffer);

  /**
   * The descriptor is about to be closed: from now on nobody else uses it, and what else belongs to
   * the pipe goes, too; any thread.
   */
  default void released() {}

  /** Every writer has closed it, or there is no more interest; the descriptor is closed already. */
  void over();

  /** It cannot be read any more, because of an error of ours; the descriptor is closed already. */
  void failed(Throwable cause);

  /** As {@link #failed}, but nothing of it has ever been read; on the spawner's thread. */
  void neverRead(Throwable cause);

  /** The thread ends while the pipe is open; the descriptor is closed already. */
  void abandoned();
}
