package org.jsupervisor.core.internal.model;

import java.util.Optional;
import org.jsupervisor.process.ChildId;

/** Whether a child that ends may be started again. */
enum Surroundings {
  /** The tree supervises. */
  SUPERVISED,
  /** Its group is being stopped to be restarted: who is wanted up has to wait for its turn. */
  REGROUPING,
  /** The tree is stopping: nothing is started any more. */
  STOPPING;

  /** Those of a child that is given such an input. */
  static Surroundings of(TreeDraft tree, ChildId id, InputKind kind) {
    Optional<ChildModel> lead = id.parent().flatMap(tree::find);
    if (lead.isEmpty()) {
      return SUPERVISED;
    }
    if (!lead.get().isUpOrComing()) {
      return STOPPING;
    }
    // Only these can lead to a start out of turn; others need not search the members.
    boolean mayStart =
        kind == InputKind.UP
            || kind == InputKind.ONCE
            || kind == InputKind.RESTART
            || kind == InputKind.DEFINE;
    return mayStart
            && lead.get().team().round() instanceof Round.Regrouping round
            && round.members().contains(id)
        ? REGROUPING
        : SUPERVISED;
  }
}
