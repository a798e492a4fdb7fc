package org.jsupervisor.core.internal.model;

import java.util.List;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;

/** The round in which a group of children is restarted together. */
final class RegroupRules {
  private RegroupRules() {}

  /** Begins, or begins anew with what an earlier round has not started yet. */
  static void begin(TreeDraft tree, ChildModel lead, ChildId failed, List<ChildId> members) {
    long due = due(lead, tree.get(failed).deadlineNanos);
    for (ChildId id : members) {
      hold(tree, id, failed);
    }
    // What an earlier round waited for is not what this one waits for.
    tree.alter(lead.id, ChildDraft::disarm);
    ChildModel now = tree.get(lead.id);
    List<ChildId> turns = now.team().links().sorted(members);
    TeamRules.set(tree, now, new Round.Regrouping(turns, Stopping.of(now, turns), failed, due));
  }

  /** A failure in the middle of a round does not shorten what an earlier one has to wait. */
  private static long due(ChildModel lead, long ofThisFailure) {
    return lead.team().round() instanceof Round.Regrouping earlier
            && earlier.dueNanos() - ofThisFailure > 0
        ? earlier.dueNanos()
        : ofThisFailure;
  }

  private static void hold(TreeDraft tree, ChildId id, ChildId failed) {
    ChildModel child = tree.get(id);
    if (!id.equals(failed) && child.phase.isAlive() && child.desire != Desire.ONCE) {
      tree.alter(id, draft -> draft.counters = Counting.restartWithGroup(draft.counters));
    }
    Appeal unused = tree.stepChild(id, new Input.Hold(id, "restarted together with " + failed));
  }

  static void goOn(TreeDraft tree, ChildModel lead, Round.Regrouping round) {
    Stopping stopping = round.stopping().advanced(tree);
    List<ChildId> turn = stopping.turn(tree, lead);
    Stopping further = stopping.asked(tree, turn);
    if (!further.equals(round.stopping())) {
      TeamRules.set(tree, lead, round.withStopping(further));
    }
    if (!stopping.isDone()) {
      turn.forEach(id -> stop(tree, id, round.failed()));
    } else if (tree.moment.nowNanos() - round.dueNanos() >= 0) {
      if (tree.get(lead.id).armed) {
        tree.alter(lead.id, ChildDraft::disarm);
      }
      if (!isAnotherComing(tree, lead, round)) {
        TeamRules.set(tree, tree.get(lead.id), new Round.Starting(round.members(), 0));
      }
    } else {
      waitUntil(tree, lead.id, round.dueNanos());
    }
  }

  /** A start does not overtake one before it, of an earlier round or alone (R11). */
  private static boolean isAnotherComing(TreeDraft tree, ChildModel lead, Round.Regrouping round) {
    return lead.team().order().stream()
        .anyMatch(
            id ->
                !round.stopping().members().contains(id) && tree.get(id).phase == Phase.LAUNCHING);
  }

  private static void stop(TreeDraft tree, ChildId id, ChildId failed) {
    ChildModel child = tree.get(id);
    if (child.isUpOrComing() && !child.stopOnLaunch) {
      Appeal unused = tree.stepChild(id, new Input.Stop(id, "restarted together with " + failed));
    }
  }

  private static void waitUntil(TreeDraft tree, ChildId lead, long dueNanos) {
    ChildModel now = tree.get(lead);
    if (!now.armed || now.deadlineNanos != dueNanos) {
      tree.alter(lead, draft -> draft.armAt(dueNanos));
    }
  }
}
