package org.jsupervisor.core.internal.engine;

import java.util.List;
import java.util.Optional;
import org.jsupervisor.StopReport;
import org.jsupervisor.core.internal.model.ChildModel;
import org.jsupervisor.core.internal.model.Step;
import org.jsupervisor.core.internal.model.TreeModel;
import org.jsupervisor.core.internal.observe.Notifier;
import org.jsupervisor.core.internal.observe.SnapshotBoard;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Reason;

/**
 * Tells what has happened, and why somebody has given up, as it is right after the step in which it
 * did.
 */
final class GiveUps {
  private final SnapshotBoard board;
  private final Notifier notifier;

  GiveUps(SnapshotBoard board, Notifier notifier) {
    this.board = board;
    this.notifier = notifier;
  }

  /** The engine's thread only: the events of a step, and then why, if somebody gave up in it. */
  void publish(Step step) {
    notifier.publish(step.events());
    for (SupervisorEvent event : step.events()) {
      if (event instanceof SupervisorEvent.GaveUp gaveUp) {
        child(step, gaveUp.child())
            .map(child -> board.explain(step.model(), child))
            .map(SupervisorEvent.GiveUpExplained::new)
            .ifPresent(explained -> notifier.publish(List.of(explained)));
      }
    }
  }

  /** A temporary supervisor may be gone with the step in which it gave up. */
  private static Optional<ChildModel> child(Step step, ChildId id) {
    return step.model()
        .child(id)
        .or(() -> step.forgotten().stream().filter(gone -> gone.id().equals(id)).findFirst());
  }

  /** Why the tree has given up; empty if it did not. */
  List<Reason> ofTree(TreeModel model) {
    return model.ending().cause() == StopReport.Cause.GAVE_UP
        ? board.explain(ChildId.ROOT).orElseThrow().chain()
        : List.of();
  }
}
