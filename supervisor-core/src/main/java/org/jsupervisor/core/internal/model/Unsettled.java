package org.jsupervisor.core.internal.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jsupervisor.process.ChildId;

/** What the changes of one step may still lead to. Confined to the step. */
final class Unsettled {
  /** The supervisors whose rounds may go on. */
  private final Deque<ChildId> rounds = new ArrayDeque<>(2);

  /** The children whose phase has changed: others may depend on them. */
  private final Deque<ChildId> changed = new ArrayDeque<>(2);

  /** Whether somebody who waits at the gate may find it open. */
  private boolean gateMayOpen;

  /** The round of this supervisor may go on. */
  void round(ChildId lead) {
    if (!lead.equals(rounds.peekLast())) {
      rounds.add(lead);
    }
  }

  /** This child has another phase or readiness, or is gone. */
  void changed(ChildId child) {
    changed.add(child);
  }

  /** There is a place, or something that others depend on has changed. */
  void gateMayOpen() {
    gateMayOpen = true;
  }

  /**
   * Lets everything that follows from the changes so far happen: rounds go on, those who cannot go
   * on without a sibling are stopped, those at the gate are started. Each of these does at least
   * one thing that is not undone in this step, so this ends.
   */
  void settle(TreeDraft tree) {
    do {
      goOn(tree);
      if (!changed.isEmpty()) {
        DependencyRules.changed(tree, changed.remove());
      } else if (gateMayOpen) {
        openGate(tree);
      }
    } while (!rounds.isEmpty() || !changed.isEmpty() || gateMayOpen);
  }

  private void goOn(TreeDraft tree) {
    for (ChildId id = rounds.poll(); id != null; id = rounds.poll()) {
      tree.find(id).filter(ChildModel::isSupervisor).ifPresent(lead -> TeamRules.goOn(tree, lead));
    }
  }

  private void openGate(TreeDraft tree) {
    gateMayOpen = false;
    List<ChildId> waiting = tree.atGate();
    if (!waiting.isEmpty()) {
      DependencyRules.openGate(tree, waiting);
    }
  }
}
