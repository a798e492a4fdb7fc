package org.jsupervisor.core.internal.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jsupervisor.process.ChildId;

/**
 * How far several children are stopped. Immutable.
 *
 * @param order in stop order: each before those that it depends on
 * @param next the index of the first that is not over
 */
record Stopping(List<ChildId> order, int next) {
  /** Of children that are given in start order. */
  static Stopping of(List<ChildId> startOrder) {
    List<ChildId> reversed = new ArrayList<>(startOrder);
    Collections.reverse(reversed);
    return new Stopping(List.copyOf(reversed), 0);
  }

  /** Behind those that are over by now. */
  Stopping advanced(TreeDraft tree) {
    int index = next;
    while (index < order.size() && TeamRules.isOver(tree, order.get(index))) {
      index++;
    }
    return index == next ? this : new Stopping(order, index);
  }

  boolean isDone() {
    return next == order.size();
  }

  /** Those that are to stop now, if they do not do so already. */
  List<ChildId> turn(TreeDraft tree, ChildModel lead) {
    return switch (TeamRules.spec(lead).stop().order()) {
      case ONE_BY_ONE -> isDone() ? List.of() : List.of(order.get(next));
      case TOGETHER ->
          order.subList(next, order.size()).stream()
              .filter(id -> !TeamRules.isOver(tree, id) && !isNeeded(tree, lead, id))
              .toList();
    };
  }

  /** Whether others that are alive, and are to stop as well, depend on it. */
  private boolean isNeeded(TreeDraft tree, ChildModel lead, ChildId id) {
    return lead.team().links().on(id).stream()
        .map(Links.Link::dependent)
        .anyMatch(other -> order.contains(other) && !TeamRules.isOver(tree, other));
  }
}
