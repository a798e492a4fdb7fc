package org.jsupervisor.core.internal.model;

import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.StopStep;

/** The stop ladder: polite steps, KILL, and the word that it cannot be killed. */
final class StopRules {
  private StopRules() {}

  static void begin(ChildDraft draft, ExitCause cause, String reason) {
    draft.stopStep = 0;
    if (draft.ladder.ladder().isEmpty()) {
      kill(draft, cause, reason);
    } else {
      draft.stopCause = cause;
      draft.enter(Phase.STOPPING, reason);
      take(draft, draft.ladder.ladder().get(0), reason);
    }
  }

  /** The grace of the current step, or the wait after KILL, is over. */
  static void escalate(ChildDraft draft) {
    if (draft.phase == Phase.KILLING) {
      draft.enter(Phase.UNKILLABLE, "still there after KILL");
      return;
    }
    draft.stopStep++;
    if (draft.stopStep < draft.ladder.ladder().size()) {
      take(draft, draft.ladder.ladder().get(draft.stopStep), "grace is over");
    } else {
      kill(draft, draft.stopCause, "grace is over");
    }
  }

  private static void take(ChildDraft draft, StopStep step, String reason) {
    draft.stop(step.signal(), reason);
    if (!step.signal().equals(Signal.CONT)) {
      draft.send(Signal.CONT, "so that a stopped process hears " + step.signal());
    }
    draft.arm(step.grace());
  }

  /** Without further grace. */
  static void kill(ChildDraft draft, ExitCause cause, String reason) {
    draft.stopCause = cause;
    draft.enter(Phase.KILLING, reason);
    draft.stop(Signal.KILL, reason);
    draft.arm(draft.ladder.killWait());
  }
}
