package org.jsupervisor.core.internal.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.spec.TeamStop;

/**
 * How far several children are stopped. Immutable.
 *
 * @param order in stop order: each before those that it depends on
 * @param members the same, to look up
 * @param next the index of the first that is not over
 * @param how one by one or together, and within which time: a new spec does not change it
 */
record Stopping(List<ChildId> order, Set<ChildId> members, int next, TeamStop how) {
  /** Of these children of a supervisor, by its spec as it is now. */
  static Stopping of(ChildModel lead, List<ChildId> members) {
    List<ChildId> reversed = new ArrayList<>(lead.team().links().sorted(members));
    Collections.reverse(reversed);
    return new Stopping(List.copyOf(reversed), Set.copyOf(members), 0, TeamRules.spec(lead).stop());
  }

  /** Behind those that are over by now. */
  Stopping advanced(TreeDraft tree) {
    int index = next;
    while (index < order.size() && TeamRules.isOver(tree, order.get(index))) {
      index++;
    }
    return index == next ? this : new Stopping(order, members, index, how);
  }

  boolean isDone() {
    return next == order.size();
  }

  /** Those that are to stop now, if they do not do so already. */
  List<ChildId> turn(TreeDraft tree, ChildModel lead) {
    return switch (how.order()) {
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
        .map(Links.Dependent::child)
        .anyMatch(other -> members.contains(other) && !TeamRules.isOver(tree, other));
  }
}
