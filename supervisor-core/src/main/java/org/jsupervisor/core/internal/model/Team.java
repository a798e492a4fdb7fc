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
 * @param blame why it gave up, the root cause last; empty if it did not since its last start
 */
record Team(
    List<ChildId> order,
    Links links,
    RestartHistory history,
    Round round,
    ExitStatus outcome,
    List<Link> blame) {
  static final Team NEW =
      new Team(
          List.of(),
          Links.NONE,
          RestartHistory.EMPTY,
          Round.IDLE,
          new ExitStatus.Completed(),
          List.of());

  Team {
    order = List.copyOf(order);
    blame = List.copyOf(blame);
  }

  Team blaming(List<Link> causes) {
    return new Team(order, links, history, round, outcome, causes);
  }

  Team withRound(Round next) {
    return new Team(order, links, history, next, outcome, blame);
  }

  Team withHistory(RestartHistory longer) {
    return new Team(order, links, longer, round, outcome, blame);
  }

  Team ending(ExitStatus status) {
    return new Team(order, links, history, round, status, blame);
  }

  Team inOrder(List<ChildId> other) {
    return new Team(other, links, history, round, outcome, blame);
  }

  Team withLinks(Links others) {
    return new Team(order, others, history, round, outcome, blame);
  }

  Team plus(List<ChildSpec> children) {
    List<ChildId> more = new ArrayList<>(order);
    children.forEach(child -> more.add(child.id()));
    return new Team(more, links.plus(children), history, round, outcome, blame);
  }

  Team minus(ChildSpec child) {
    List<ChildId> less = order.stream().filter(id -> !id.equals(child.id())).toList();
    return new Team(less, links.minus(child), history, round, outcome, blame);
  }
}
