package org.jsupervisor.posix.internal.reap;

import org.jsupervisor.spec.Leftovers;

/**
 * What is done for one run between its end and the moment when its pid is given back. On the
 * engine's thread.
 */
public interface Ending {
  /**
   * Whether it may have left anything behind. No only if that is certain; to be asked when the
   * child has ended.
   */
  boolean mayHaveDescendants();

  /**
   * The child is a zombie, which keeps the numbers of its group and session from becoming
   * another's, and is to stay one until {@link Arrivals#addSearched}.
   *
   * @param leftovers what becomes of what it has left behind
   */
  void search(long watchId, Leftovers leftovers);

  /** Something else has reaped the child: its numbers may be another's. */
  void searchWithoutNumbers(Leftovers leftovers);

  /**
   * The child is about to be reaped: from now on its numbers mean nothing. On the spawner's thread
   * if nobody else has heard of the child.
   */
  void release();
}
