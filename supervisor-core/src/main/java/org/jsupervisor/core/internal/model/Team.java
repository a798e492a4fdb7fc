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
 * @param blame why it gave up, the root cause last; empty if it did not since its last start
 */
record Team(
    List<ChildId> order,
    RestartHistory history,
    Round round,
    ExitStatus outcome,
    List<Link> blame) {
  static final Team NEW =
      new Team(List.of(), RestartHistory.EMPTY, Round.IDLE, new ExitStatus.Completed());

  Team {
    order = List.copyOf(order);
    blame = List.copyOf(blame);
  }

  /** A team that has not given up. */
  Team(List<ChildId> order, RestartHistory history, Round round, ExitStatus outcome) {
    this(order, history, round, outcome, List.of());
  }

  Team blaming(List<Link> links) {
    return new Team(order, history, round, outcome, links);
  }

  Team withRound(Round next) {
    return new Team(order, history, next, outcome, blame);
  }

  Team withHistory(RestartHistory longer) {
    return new Team(order, longer, round, outcome, blame);
  }

  Team ending(ExitStatus status) {
    return new Team(order, history, round, status, blame);
  }

  Team inOrder(List<ChildId> other) {
    return new Team(other, history, round, outcome, blame);
  }

  Team plus(ChildId child) {
    List<ChildId> more = new ArrayList<>(order);
    more.add(child);
    return new Team(more, history, round, outcome, blame);
  }

  Team minus(ChildId child) {
    return new Team(
        order.stream().filter(id -> !id.equals(child)).toList(), history, round, outcome, blame);
  }
}
