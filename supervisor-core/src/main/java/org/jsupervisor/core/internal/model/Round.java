package org.jsupervisor.core.internal.model;

import java.util.List;
import org.jsupervisor.process.ChildId;

/**
 * Something that a supervisor does with several children, one after the other. A round remembers
 * how far it has come, so that going on costs the same whatever the number of children.
 */
sealed interface Round {
  Round IDLE = new Idle();

  /** Nothing: each child is on its own. */
  record Idle() implements Round {}

  /**
   * Children are started in start order; the next when the launch of the one before has come out.
   *
   * @param members in start order
   * @param next the index of the one whose turn it is
   */
  record Starting(List<ChildId> members, int next) implements Round {}

  /**
   * A group is restarted: its members are stopped in reverse order, the next when the one before is
   * dead, and are started when the failed one's back-off is over.
   *
   * @param members in start order
   * @param stopping the index of the one whose turn it is to stop; -1 when all are dead
   * @param failed whose end began it
   * @param dueNanos when they may be started
   */
  record Regrouping(List<ChildId> members, int stopping, ChildId failed, long dueNanos)
      implements Round {}

  /**
   * All children are stopped, and then the supervisor has ended.
   *
   * @param order in stop order
   * @param next the index of the one whose turn it is
   */
  record Ending(List<ChildId> order, int next) implements Round {}
}
