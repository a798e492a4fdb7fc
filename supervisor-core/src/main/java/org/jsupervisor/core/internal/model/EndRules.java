package org.jsupervisor.core.internal.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jsupervisor.StopReport;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;

/**
 * The end of a tree: reverse start order, one child at a time; the next is touched when the one
 * before is dead or known to be unkillable.
 */
final class EndRules {
  private EndRules() {}

  static void begin(TreeDraft draft, StopReport.Cause cause, String reason) {
    if (draft.phase != TreePhase.NEW && draft.phase != TreePhase.RUNNING) {
      return;
    }
    List<ChildModel> children = draft.children.inStartOrder();
    List<ChildId> order = new ArrayList<>(children.size());
    children.forEach(child -> order.add(child.id));
    Collections.reverse(order);
    draft.ending = new Ending(cause, draft.moment.nowNanos(), List.copyOf(order), 0);
    draft.enter(TreePhase.STOPPING, reason);
    children.forEach(child -> withdraw(draft, child));
  }

  /** A child that waits for its next start must not get it while the others are stopped. */
  private static void withdraw(TreeDraft draft, ChildModel child) {
    if (!child.phase.isAlive() && child.desire == Desire.UP) {
      draft.stepChild(child, new Input.Down(child.id, "the tree stops"));
    }
  }

  /** Goes as far as it can now; called after every step. */
  static void goOn(TreeDraft draft) {
    while (draft.phase == TreePhase.STOPPING) {
      if (draft.ending.next() == draft.ending.order().size()) {
        draft.enter(TreePhase.STOPPED, draft.reason);
        return;
      }
      ChildId turn = draft.ending.order().get(draft.ending.next());
      if (!isOver(draft, turn)) {
        return;
      }
      draft.ending = draft.ending.advanced();
    }
  }

  private static boolean isOver(TreeDraft draft, ChildId turn) {
    Optional<ChildModel> child = draft.children.find(turn);
    if (child.isPresent() && child.get().desire == Desire.UP) {
      draft.stepChild(child.get(), new Input.Down(turn, "the tree stops"));
      child = draft.children.find(turn);
    }
    return child.isEmpty() || !child.get().phase.isAlive() || child.get().phase == Phase.UNKILLABLE;
  }
}
