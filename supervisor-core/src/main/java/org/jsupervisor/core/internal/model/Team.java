package org.jsupervisor.core.internal.model;

import java.util.ArrayList;
import java.util.List;
import org.jsupervisor.policy.RestartHistory;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;

/**
 * What a supervisor knows of its children. Immutable.
 *
 * @param order its children in start order
 * @param history the restarts of all of them together
 * @param round what it does with several of them, one after the other
 * @param outcome how it will have ended when its children are stopped
 */
record Team(List<ChildId> order, RestartHistory history, Round round, ExitStatus outcome) {
  static final Team NEW =
      new Team(List.of(), RestartHistory.EMPTY, Round.IDLE, new ExitStatus.Completed());

  Team {
    order = List.copyOf(order);
  }

  Team withRound(Round next) {
    return new Team(order, history, next, outcome);
  }

  Team withHistory(RestartHistory longer) {
    return new Team(order, longer, round, outcome);
  }

  Team ending(ExitStatus status) {
    return new Team(order, history, round, status);
  }

  Team inOrder(List<ChildId> other) {
    return new Team(other, history, round, outcome);
  }

  Team plus(ChildId child) {
    List<ChildId> more = new ArrayList<>(order);
    more.add(child);
    return new Team(more, history, round, outcome);
  }

  Team minus(ChildId child) {
    return new Team(
        order.stream().filter(id -> !id.equals(child)).toList(), history, round, outcome);
  }
}
