package org.jsupervisor.core.internal.model;

import java.util.List;
import java.util.Optional;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.TeamStop;

/** The round in which a supervisor stops all its children and then has ended. */
final class EndRules {
  private EndRules() {}

  static void begin(TreeDraft tree, ChildModel lead) {
    Stopping stopping = Stopping.of(lead, lead.team().order());
    TeamRules.set(tree, lead, new Round.Ending(stopping, false));
    for (ChildId id : stopping.order()) {
      withdraw(tree, id);
      if (tree.get(id).phase == Phase.FINISHING) {
        tree.alter(id, FinishRules::bound);
      }
    }
  }

  /** A child that waits for its next start must not get it while the others are stopped. */
  private static void withdraw(TreeDraft tree, ChildId id) {
    ChildModel child = tree.get(id);
    if (!child.phase.isAlive() && child.desire != Desire.DOWN) {
      Appeal unused = tree.stepChild(id, new Input.Down(id, "its supervisor stops"));
    }
  }

  static void goOn(TreeDraft tree, ChildModel lead, Round.Ending round) {
    Stopping stopping = round.stopping().advanced(tree);
    if (stopping.isDone()) {
      ended(tree, lead);
      return;
    }
    boolean overdue = isOverdue(tree, lead, stopping.how());
    List<ChildId> turn = overdue ? List.of() : stopping.turn(tree, lead);
    Stopping further = stopping.asked(tree, turn);
    if (!further.equals(round.stopping()) || overdue != round.killed()) {
      TeamRules.set(tree, lead, new Round.Ending(further, overdue));
    }
    if (overdue && !round.killed()) {
      killAllBelow(tree, lead);
    }
    turn.forEach(id -> stop(tree, id));
  }

  /**
   * Also one that is not wanted any more, but still waits for its turn in a group to be stopped.
   */
  private static void stop(TreeDraft tree, ChildId id) {
    ChildModel child = tree.get(id);
    boolean goesOn = child.isUpOrComing() && !child.stopOnLaunch;
    if (child.desire != Desire.DOWN || goesOn) {
      Appeal unused = tree.stepChild(id, new Input.Down(id, "its supervisor stops"));
    }
  }

  private static boolean isOverdue(TreeDraft tree, ChildModel lead, TeamStop how) {
    long now = tree.moment.nowNanos();
    return how.within().filter(within -> now - lead.phaseNanos >= within.toNanos()).isPresent();
  }

  /** What the supervisors above a child do, up to the root. */
  static Above above(TreeDraft tree, ChildId id) {
    Above found = Above.GOES_ON;
    Optional<ChildModel> above = id.parent().flatMap(tree::find);
    while (above.isPresent()) {
      ChildModel lead = above.get();
      if (lead.isSupervisor()
          && lead.team().round() instanceof Round.Ending ending
          && isOverdue(tree, lead, ending.stopping().how())) {
        return Above.OVERDUE;
      }
      found = lead.isUpOrComing() ? found : Above.STOPS;
      above = lead.id.parent().flatMap(tree::find);
    }
    return found;
  }

  private static void killAllBelow(TreeDraft tree, ChildModel lead) {
    for (ChildId id : Stopping.of(lead, lead.team().order()).order()) {
      stop(tree, id);
      ChildModel child = tree.get(id);
      if (child.isSupervisor()) {
        killAllBelow(tree, child);
      } else if (child.phase.isAlive()) {
        String why = "the time in which " + lead.id + " had to stop is over";
        Appeal unused = tree.stepChild(id, new Input.Kill(id, why));
      }
    }
  }

  private static void ended(TreeDraft tree, ChildModel lead) {
    ExitStatus outcome = lead.team().outcome();
    TeamRules.set(tree, lead, Round.IDLE);
    if (!lead.id.isRoot()) {
      TeamRules.dropDynamic(tree, lead, defined(lead));
    }
    TreeMachine.leadEnded(tree, lead.id, new Input.Exited(lead.incarnation(), outcome));
  }

  private static List<ChildId> defined(ChildModel lead) {
    return TeamRules.spec(lead).children().stream()
        .map(child -> lead.id.child(child.id().name()))
        .toList();
  }
}
