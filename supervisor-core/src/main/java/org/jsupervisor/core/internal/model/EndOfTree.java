package org.jsupervisor.core.internal.model;

import org.jsupervisor.StopReport;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;

/** The end of a tree is the end of its root supervisor. */
final class EndOfTree {
  private EndOfTree() {}

  static void begin(TreeDraft draft, StopReport.Cause cause, String reason) {
    if (draft.phase != TreePhase.NEW && draft.phase != TreePhase.RUNNING) {
      return;
    }
    draft.ending = new Ending(cause, draft.moment.nowNanos());
    draft.enter(TreePhase.STOPPING, reason);
    Appeal unused =
        draft.stepChild(
            ChildId.ROOT, new Input.EndTeam(ChildId.ROOT, new ExitStatus.Completed(), reason));
  }

  /**
   * One that could not be killed, but has ended since, has what is run after that none the less.
   */
  private static boolean isAnybodyFinishing(TreeDraft draft) {
    return draft.children().inStartOrder().stream()
        .anyMatch(child -> child.phase == Phase.FINISHING);
  }

  static void noticeIfOver(TreeDraft draft) {
    if (draft.phase == TreePhase.STOPPING
        && draft.get(ChildId.ROOT).phase == Phase.DOWN
        && !isAnybodyFinishing(draft)) {
      draft.enter(TreePhase.STOPPED, draft.reason);
    }
  }
}
