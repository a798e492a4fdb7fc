package org.jsupervisor.core.internal.model;

import java.util.Optional;
import java.util.OptionalLong;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.Remedy;
import org.jsupervisor.snapshot.TreePhase;

/** What a child is, in words for people, with what follows and what can be done. */
final class Facts {
  private Facts() {}

  static Link of(TreeModel model, ChildModel child) {
    if (child.id.isRoot()) {
      return tree(model, child);
    }
    boolean supervised = TreeMachine.isSupervised(model, child.id);
    Optional<Round.Regrouping> itsRound = roundItBegan(model, child);
    if (itsRound.isPresent()) {
      Remedy remedy = model.phase() == TreePhase.RUNNING ? Remedy.UP : Remedy.NOTHING;
      return failed(child, itsRound.get(), remedy);
    }
    return new Link(
        child.id,
        text(child),
        child.phaseNanos,
        child.phase == Phase.WAITING ? dueOfTurn(model, child) : child.deadlineNanos(),
        supervised && model.phase() == TreePhase.RUNNING ? remedy(child) : Remedy.NOTHING);
  }

  /** The restart of a group that waits for the back-off of this child. */
  private static Optional<Round.Regrouping> roundItBegan(TreeModel model, ChildModel child) {
    return child
        .id
        .parent()
        .flatMap(model::child)
        .filter(lead -> child.phase == Phase.WAITING && lead.isSupervisor())
        .map(lead -> lead.team().round())
        .filter(round -> round instanceof Round.Regrouping)
        .map(Round.Regrouping.class::cast)
        .filter(round -> round.failed().equals(child.id));
  }

  /** Its own end is why its group waits, and what an operator wants of it is wanted of all. */
  private static Link failed(ChildModel child, Round.Regrouping round, Remedy remedy) {
    String why = child.lastExits.isEmpty() ? child.reason : child.lastExits.get(0).describe();
    return new Link(
        child.id,
        "is WAITING with its group, restart " + child.history.streak() + " in a row: " + why,
        child.phaseNanos,
        OptionalLong.of(round.dueNanos()),
        remedy);
  }

  /** A group that is all stopped waits for one time, which is its supervisor's. */
  private static OptionalLong dueOfTurn(TreeModel model, ChildModel child) {
    return model
        .child(child.id.parent().orElseThrow())
        .map(ChildModel::deadlineNanos)
        .orElse(OptionalLong.empty());
  }

  private static Link tree(TreeModel model, ChildModel root) {
    String fact = "is " + model.phase() + ": " + model.reason();
    boolean isEnding = model.phase() == TreePhase.STOPPING || model.phase() == TreePhase.STOPPED;
    long since = isEnding ? model.ending().beganNanos() : root.phaseNanos;
    return new Link(ChildId.ROOT, fact, since, OptionalLong.empty(), Remedy.NOTHING);
  }

  private static String text(ChildModel child) {
    String is = "is " + child.phase;
    String why = ": " + child.reason;
    return switch (child.phase) {
      case DOWN -> is + wish(child) + why;
      case WAITING, LAUNCHING, KILLING, UNKILLABLE, QUARANTINED, FINISHED, FAILED -> is + why;
      case STOPPING, FINISHING -> is + wish(child) + why;
      case BACKOFF -> is + ", restart " + child.history.streak() + " in a row" + why;
      case RUNNING -> is + running(child);
    };
  }

  /** Who wanted it so; a wish for up needs no word. */
  private static String wish(ChildModel child) {
    return child.desire == Desire.DOWN ? " and wanted DOWN (" + child.desireReason + ")" : "";
  }

  private static String running(ChildModel child) {
    if (child.paused) {
      return child.ready ? " and ready, but paused" : ", not ready yet, and paused";
    }
    return child.ready ? " and ready" : ", not ready yet";
  }

  private static Remedy remedy(ChildModel child) {
    return switch (child.phase) {
      case DOWN, BACKOFF, QUARANTINED, FINISHED, FAILED -> Remedy.UP;
      case WAITING, UNKILLABLE -> Remedy.NOTHING;
      case LAUNCHING, STOPPING, KILLING, FINISHING ->
          child.desire == Desire.DOWN ? Remedy.UP : Remedy.NOTHING;
      case RUNNING -> running(child.ready, child.paused);
    };
  }

  private static Remedy running(boolean ready, boolean paused) {
    if (paused) {
      return Remedy.RESUME;
    }
    return ready ? Remedy.NOTHING : Remedy.RESTART;
  }
}
