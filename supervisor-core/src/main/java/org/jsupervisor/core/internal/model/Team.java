package org.jsupervisor.core.internal.model;

import java.util.ArrayList;
import java.util.List;
import org.jsupervisor.policy.RestartHistory;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.spec.ChildSpec;

/**
 * What a supervisor knows of its children. Immutable.
 *
 * @param order its children in start order
 * @param history the restarts of all of them together
 * @param round what it does with several of them, one after the other
 * @param links who depends on whom among them
 * @param outcome how it will have ended when its children are stopped
 */
record Team(
    List<ChildId> order, Links links, RestartHistory history, Round round, ExitStatus outcome) {
  static final Team NEW =
      new Team(List.of(), Links.NONE, RestartHistory.EMPTY, Round.IDLE, new ExitStatus.Completed());

  Team {
    order = List.copyOf(order);
  }

  Team withRound(Round next) {
    return new Team(order, links, history, next, outcome);
  }

  Team withHistory(RestartHistory longer) {
    return new Team(order, links, longer, round, outcome);
  }

  Team ending(ExitStatus status) {
    return new Team(order, links, history, round, status);
  }

  Team inOrder(List<ChildId> other) {
    return new Team(other, links, history, round, outcome);
  }

  Team withLinks(Links others) {
    return new Team(order, others, history, round, outcome);
  }

  Team plus(ChildSpec child) {
    List<ChildId> more = new ArrayList<>(order);
    more.add(child.id());
    return new Team(more, links.plus(child), history, round, outcome);
  }

  Team minus(ChildSpec child) {
    List<ChildId> less = order.stream().filter(id -> !id.equals(child.id())).toList();
    return new Team(less, links.minus(child), history, round, outcome);
  }
}
