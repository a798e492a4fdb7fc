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
 * @param unasked of those that stop together, whose turn has not come yet: who was asked is not
 *     looked at again, or the end of each would cost a look at all
 * @param how one by one or together, and within which time: a new spec does not change it
 */
record Stopping(
    List<ChildId> order, Set<ChildId> members, int next, List<ChildId> unasked, TeamStop how) {
  /** Of these children of a supervisor, by its spec as it is now. */
  static Stopping of(ChildModel lead, List<ChildId> members) {
    List<ChildId> reversed = new ArrayList<>(lead.team().links().sorted(members));
    Collections.reverse(reversed);
    List<ChildId> order = List.copyOf(reversed);
    TeamStop how = TeamRules.spec(lead).stop();
    List<ChildId> unasked =
        switch (how.order()) {
          case ONE_BY_ONE -> List.of();
          case TOGETHER -> order;
        };
    return new Stopping(order, Set.copyOf(members), 0, unasked, how);
  }

  /** Behind those that are over by now. */
  Stopping advanced(TreeDraft tree) {
    int index = next;
    while (index < order.size() && TeamRules.isOver(tree, order.get(index))) {
      index++;
    }
    return index == next ? this : new Stopping(order, members, index, unasked, how);
  }

  boolean isDone() {
    return next == order.size();
  }

  /** Those that are to stop now, if they do not do so already. */
  List<ChildId> turn(TreeDraft tree, ChildModel lead) {
    return switch (how.order()) {
      case ONE_BY_ONE -> isDone() ? List.of() : List.of(order.get(next));
      case TOGETHER ->
          unasked.stream()
              .filter(id -> !TeamRules.isOver(tree, id) && !isNeeded(tree, lead, id))
              .toList();
    };
  }

  /** The same when these have had their turn. */
  Stopping asked(TreeDraft tree, List<ChildId> turn) {
    if (unasked.isEmpty() || turn.isEmpty()) {
      return this;
    }
    Set<ChildId> now = Set.copyOf(turn);
    List<ChildId> left =
        unasked.stream().filter(id -> !now.contains(id) && !TeamRules.isOver(tree, id)).toList();
    return new Stopping(order, members, next, left, how);
  }

  /** Whether others that are alive, and are to stop as well, depend on it. */
  private boolean isNeeded(TreeDraft tree, ChildModel lead, ChildId id) {
    return lead.team().links().on(id).stream()
        .map(Links.Dependent::child)
        .anyMatch(other -> members.contains(other) && !TeamRules.isOver(tree, other));
  }
}
