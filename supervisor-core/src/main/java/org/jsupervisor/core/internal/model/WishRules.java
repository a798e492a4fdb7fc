package org.jsupervisor.core.internal.model;

import org.jsupervisor.event.WishOrigin;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;

/**
 * What somebody's wish changes in a child that is there already, worker or supervisor: what is
 * wanted of it from now on. Whether its run ends for that is decided by the rows of its phase.
 */
final class WishRules {
  private WishRules() {}

  /** A run that is coming or ending: the next one follows when it is dead. */
  static Cell want(ChildDraft draft, Desire wanted, String reason, Surroundings around) {
    if (draft.removing) {
      return Cell.NOTHING;
    }
    draft.want(wanted, WishOrigin.ASKED, reason);
    draft.held = around == Surroundings.REGROUPING;
    if (draft.phase != Phase.LAUNCHING) {
      draft.stopCause = ExitCause.ASKED_TO_STOP;
    }
    return Cell.ACTED;
  }

  /** A run that is there stays as it is; in a group that is stopped, the next one follows. */
  static Cell wantRunning(ChildDraft draft, Desire wanted, String reason, Surroundings around) {
    if (draft.desire == wanted) {
      return Cell.NOTHING;
    }
    draft.want(wanted, WishOrigin.ASKED, reason);
    draft.held = around == Surroundings.REGROUPING;
    return Cell.ACTED;
  }

  static Cell down(ChildDraft draft, Input.Down input) {
    draft.want(Desire.DOWN, WishOrigin.ASKED, input.reason());
    return Cell.ACTED;
  }

  static Cell remove(ChildDraft draft, Input.Remove input) {
    draft.want(Desire.DOWN, WishOrigin.REMOVAL, input.reason());
    draft.removing = true;
    return Cell.ACTED;
  }

  /** Returns whether the current run must end: the spec is another one, or was being removed. */
  static boolean define(ChildDraft draft, Input.Define input, Surroundings around) {
    boolean changed = draft.redefine(input.spec(), input.reason());
    if (draft.removing) {
      draft.removing = false;
      draft.want(input.spec().initially(), WishOrigin.DEFINITION, input.reason());
      draft.held = around == Surroundings.REGROUPING;
      return true;
    }
    return changed;
  }

  /** The old spec's run failed, if it did: its end says nothing about the new spec. */
  static Cell defineEnding(ChildDraft draft, Input.Define input, Surroundings around) {
    if (!define(draft, input, around)) {
      return Cell.NOTHING;
    }
    draft.stopCause = ExitCause.ASKED_TO_STOP;
    return Cell.ACTED;
  }

  /** The one run of a child that is wanted once is over with its group, and does not come again. */
  static Cell hold(ChildDraft draft, String reason) {
    boolean hasItsRun =
        draft.phase == Phase.RUNNING || (draft.phase == Phase.LAUNCHING && !draft.stopOnLaunch);
    if (draft.desire == Desire.ONCE && hasItsRun) {
      draft.want(Desire.DOWN, WishOrigin.ONCE_IS_OVER, reason);
    } else {
      draft.held = true;
    }
    return Cell.ACTED;
  }
}
