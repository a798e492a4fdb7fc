package org.jsupervisor.posix.internal.io;

/**
 * Something that is reported at most once in an interval, and holds back what comes in between.
 * Times are those of one clock. Confined to one output thread.
 */
interface HoldsBack {
  /** The wait of whoever holds nothing back. */
  long NOTHING_HELD_NANOS = Long.MAX_VALUE;

  /**
   * How long until what is held back is due: 0 if it is now, {@link #NOTHING_HELD_NANOS} if there
   * is nothing.
   */
  long waitNanos(long nowNanos);

  /** Reports what is held back, if it is due. */
  void reportIfDue(long nowNanos);
}
