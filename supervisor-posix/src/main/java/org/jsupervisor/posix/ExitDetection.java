package org.jsupervisor.posix;

/**
 * How the end of children is noticed. Immutable.
 *
 * @param method by what
 * @param waitersMax how many children may be watched by a thread of their own; the launch of one
 *     more fails as the host's fault before anything is started; 1 to {@value #WAITERS_MAX}
 */
public record ExitDetection(Method method, int waitersMax) {
  /** The most waiters that may be allowed. */
  public static final int WAITERS_MAX = 100_000;

  private static final int WAITERS_USUALLY = 1_000;

  /** By what the end of a child is noticed. */
  public enum Method {
    /**
     * By pidfd where the kernel has it (Linux 5.3) and lets us use it (a container may not), else
     * by waiters. A single child whose pidfd cannot be had, as there are no descriptors left, has a
     * waiter.
     */
    AUTOMATIC,
    /**
     * By a pidfd for each child and nothing else. Without it a platform cannot be opened, and a
     * launch fails.
     */
    PIDFD,
    /**
     * By a daemon thread for each child, which waits for it. Needs nothing of the kernel, but
     * threads; and when something else in the host reaps a child, its status is lost and what is
     * left of its group lives on. What a child leaves behind outside its group is not signalled
     * where there is no pidfd: its number might be another's by then.
     */
    WAITERS
  }

  /**
   * Checks the limit.
   *
   * @throws IllegalArgumentException if it is out of its range
   */
  public ExitDetection {
    if (waitersMax < 1 || waitersMax > WAITERS_MAX) {
      throw new IllegalArgumentException(
          "exit detection: waiters must be 1 to " + WAITERS_MAX + ", was " + waitersMax);
    }
  }

  /** {@link Method#AUTOMATIC} with at most 1,000 waiters. */
  public static ExitDetection automatic() {
    return new ExitDetection(Method.AUTOMATIC, WAITERS_USUALLY);
  }

  /** {@link Method#PIDFD}. */
  public static ExitDetection pidfd() {
    return new ExitDetection(Method.PIDFD, WAITERS_USUALLY);
  }

  /** {@link Method#WAITERS}, so many at most. */
  public static ExitDetection waiters(int waitersMax) {
    return new ExitDetection(Method.WAITERS, waitersMax);
  }
}
