package org.jsupervisor.event;

import org.jsupervisor.snapshot.Explanation;

/**
 * Is told when a child or a supervisor gives up: set aside, down for good, handed upwards, or more
 * restarts than a limit allows. Escalation is told of each one that it goes through, the tree last.
 *
 * <p>Thread, order, and what an exception does are as for {@link SupervisorListener}. One that is
 * far too slow misses some; what ended the tree is in its report, too.
 */
@FunctionalInterface
public interface GiveUpListener {
  /**
   * Somebody has given up.
   *
   * @param explanation who, first, and why, the root cause last
   */
  void onGiveUp(Explanation explanation);
}
