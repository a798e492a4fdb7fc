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
   * A group is restarted: its members are stopped in reverse order, and are started when the failed
   * one's back-off is over.
   *
   * @param members in start order
   * @param stopping how far they are stopped
   * @param failed whose end began it
   * @param dueNanos when they may be started
   */
  record Regrouping(List<ChildId> members, Stopping stopping, ChildId failed, long dueNanos)
      implements Round {
    Regrouping withStopping(Stopping further) {
      return new Regrouping(members, further, failed, dueNanos);
    }

    Regrouping due(long nanos) {
      return new Regrouping(members, stopping, failed, nanos);
    }
  }

  /**
   * All children are stopped, and then the supervisor has ended.
   *
   * @param stopping how far they are stopped
   * @param killed whether its time was over, and all below it was killed
   */
  record Ending(Stopping stopping, boolean killed) implements Round {}
}
