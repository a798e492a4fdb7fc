package org.jsupervisor.core.internal.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jsupervisor.policy.RestartHistory;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.SupervisorSpec;

/**
 * The rounds of a supervisor: its start, its end, and the restart of a group. Each goes as far as
 * it can without waiting, and is taken up again when one of the children, or the supervisor, has
 * changed.
 */
final class TeamRules {
  private TeamRules() {}

  static void goOn(TreeDraft tree, ChildModel lead) {
    Round round = lead.team().round();
    if (!lead.phase.isAlive()) {
      leaveIfAlone(tree, lead);
    } else if (lead.phase == Phase.STOPPING && !(round instanceof Round.Ending)) {
      beginEnd(tree, lead);
    } else if (lead.phase == Phase.LAUNCHING && round instanceof Round.Idle) {
      beginStart(tree, lead);
    } else if (round instanceof Round.Starting starting) {
      start(tree, lead, starting);
    } else if (round instanceof Round.Regrouping regrouping) {
      regroup(tree, lead, regrouping);
    } else if (round instanceof Round.Ending ending) {
      end(tree, lead, ending);
    }
  }

  /** What could not be killed keeps the place of its removed supervisor until it is dead. */
  private static void leaveIfAlone(TreeDraft tree, ChildModel lead) {
    if (lead.removing && lead.team().order().stream().noneMatch(id -> isAlive(tree, id))) {
      tree.alter(lead.id, ChildDraft::forget);
    } else {
      lead.id.parent().ifPresent(tree::wake);
    }
  }

  private static boolean isAlive(TreeDraft tree, ChildId id) {
    ChildModel child = tree.get(id);
    return child.phase.isAlive()
        || (child.isSupervisor()
            && child.team().order().stream().anyMatch(below -> isAlive(tree, below)));
  }

  private static void set(TreeDraft tree, ChildModel lead, Round round) {
    tree.change(lead, lead.team().withRound(round));
  }

  // Start.

  /** A supervisor starts from its definition: the children of its spec, without a past. */
  private static void beginStart(TreeDraft tree, ChildModel lead) {
    List<ChildId> members = new ArrayList<>();
    for (ChildSpec each : ((SupervisorSpec) lead.spec).children()) {
      ChildId id = lead.id.child(each.id().name());
      if (renew(tree, lead.id, each.at(id))) {
        members.add(id);
      }
    }
    dropDynamic(tree, tree.get(lead.id), members);
    inOrder(tree, lead.id, members);
    for (ChildId id : members) {
      Appeal unused = tree.stepChild(id, new Input.Hold(id, "waits for its turn"));
    }
    ChildModel now = tree.get(lead.id);
    Team fresh =
        new Team(
            now.team().order(),
            RestartHistory.EMPTY,
            new Round.Starting(List.copyOf(members), 0),
            new ExitStatus.Completed());
    tree.change(now, fresh);
  }

  /** Returns whether there is a child of this spec: another kind of child may be in its place. */
  private static boolean renew(TreeDraft tree, ChildId lead, ChildSpec spec) {
    ChildId id = spec.id();
    if (tree.find(id).filter(child -> !isSameKind(child, spec)).isPresent()) {
      if (isAlive(tree, id)) {
        Appeal unused =
            tree.stepChild(id, new Input.Remove(id, "its supervisor does not define it"));
        return false;
      }
      tree.alter(id, ChildDraft::forget);
    }
    if (tree.find(id).isEmpty()) {
      ChildModel unused = tree.addTo(lead, spec, "its supervisor starts");
    } else {
      tree.alter(id, child -> child.renew(spec));
    }
    return true;
  }

  static boolean isSameKind(ChildModel child, ChildSpec spec) {
    return child.isSupervisor() == (spec instanceof SupervisorSpec);
  }

  /** What an older definition left in another order is in the order of this one. */
  private static void inOrder(TreeDraft tree, ChildId lead, List<ChildId> members) {
    ChildModel now = tree.get(lead);
    Set<ChildId> placed = new HashSet<>(members);
    List<ChildId> order = new ArrayList<>(members);
    now.team().order().stream().filter(id -> !placed.contains(id)).forEach(order::add);
    if (!order.equals(now.team().order())) {
      tree.change(now, now.team().inOrder(order));
      order.forEach(tree::putLast);
    }
  }

  private static void start(TreeDraft tree, ChildModel lead, Round.Starting round) {
    int next = round.next();
    List<ChildId> members = round.members();
    if (next > 0 && isComing(tree, members.get(next - 1))) {
      return;
    }
    if (next == members.size()) {
      set(tree, lead, Round.IDLE);
      if (lead.phase == Phase.LAUNCHING) {
        Appeal unused = tree.stepChild(lead.id, new Input.TeamUp(lead.incarnation()));
      }
      return;
    }
    set(tree, lead, new Round.Starting(members, next + 1));
    ChildId turn = members.get(next);
    if (tree.find(turn).isPresent()) {
      Appeal unused = tree.stepChild(turn, new Input.Start(turn));
    }
  }

  /** Whether its start has not come out yet. A supervisor's has when all below is stopped again. */
  private static boolean isComing(TreeDraft tree, ChildId id) {
    return tree.find(id)
        .filter(
            child ->
                child.phase == Phase.LAUNCHING
                    || (child.phase == Phase.STOPPING && child.isSupervisor()))
        .isPresent();
  }

  // Restart of a group.

  /** Begins, or begins anew with what an earlier round has not started yet. */
  static void beginRegroup(TreeDraft tree, ChildModel lead, ChildId failed, List<ChildId> members) {
    long due = tree.get(failed).deadlineNanos;
    for (ChildId id : members) {
      hold(tree, id, failed);
    }
    // What an earlier round waited for is not what this one waits for.
    tree.alter(lead.id, ChildDraft::disarm);
    ChildModel now = tree.get(lead.id);
    set(tree, now, new Round.Regrouping(members, members.size() - 1, failed, due));
  }

  private static void hold(TreeDraft tree, ChildId id, ChildId failed) {
    ChildModel child = tree.get(id);
    if (!id.equals(failed) && child.phase.isAlive() && child.desire != Desire.ONCE) {
      tree.alter(id, ChildDraft::countRestart);
    }
    Appeal unused = tree.stepChild(id, new Input.Hold(id, "restarted together with " + failed));
  }

  private static void regroup(TreeDraft tree, ChildModel lead, Round.Regrouping round) {
    int stopping = round.stopping();
    while (stopping >= 0 && isOver(tree, round.members().get(stopping))) {
      stopping--;
    }
    if (stopping >= 0) {
      stopNext(tree, lead, round, stopping);
    } else if (tree.moment.nowNanos() - round.dueNanos() >= 0) {
      tree.alter(lead.id, ChildDraft::disarm);
      set(tree, tree.get(lead.id), new Round.Starting(round.members(), 0));
    } else {
      waitUntilDue(tree, lead, round);
    }
  }

  private static void stopNext(
      TreeDraft tree, ChildModel lead, Round.Regrouping round, int stopping) {
    ChildId turn = round.members().get(stopping);
    Phase phase = tree.get(turn).phase;
    if (stopping != round.stopping()) {
      set(
          tree,
          lead,
          new Round.Regrouping(round.members(), stopping, round.failed(), round.dueNanos()));
    }
    boolean isUp = phase == Phase.RUNNING || phase == Phase.LAUNCHING;
    boolean asked = !isUp || tree.get(turn).stopOnLaunch;
    if (!asked) {
      Appeal unused =
          tree.stepChild(turn, new Input.Stop(turn, "restarted together with " + round.failed()));
    }
  }

  private static void waitUntilDue(TreeDraft tree, ChildModel lead, Round.Regrouping round) {
    if (round.stopping() >= 0) {
      set(tree, lead, new Round.Regrouping(round.members(), -1, round.failed(), round.dueNanos()));
    }
    ChildModel now = tree.get(lead.id);
    if (!now.armed || now.deadlineNanos != round.dueNanos()) {
      tree.alter(lead.id, draft -> draft.armAt(round.dueNanos()));
    }
  }

  // End.

  private static void beginEnd(TreeDraft tree, ChildModel lead) {
    List<ChildId> order = new ArrayList<>(lead.team().order());
    Collections.reverse(order);
    set(tree, lead, new Round.Ending(List.copyOf(order), 0));
    for (ChildId id : order) {
      withdraw(tree, id);
    }
  }

  /** A child that waits for its next start must not get it while the others are stopped. */
  private static void withdraw(TreeDraft tree, ChildId id) {
    ChildModel child = tree.get(id);
    if (!child.phase.isAlive() && child.desire != Desire.DOWN) {
      Appeal unused = tree.stepChild(id, new Input.Down(id, "its supervisor stops"));
    }
  }

  private static void end(TreeDraft tree, ChildModel lead, Round.Ending round) {
    int next = round.next();
    while (next < round.order().size() && isOver(tree, round.order().get(next))) {
      next++;
    }
    if (next == round.order().size()) {
      ended(tree, lead);
      return;
    }
    if (next != round.next()) {
      set(tree, lead, new Round.Ending(round.order(), next));
    }
    ChildId turn = round.order().get(next);
    if (tree.get(turn).desire != Desire.DOWN) {
      Appeal unused = tree.stepChild(turn, new Input.Down(turn, "its supervisor stops"));
    }
  }

  private static void ended(TreeDraft tree, ChildModel lead) {
    ExitStatus outcome = lead.team().outcome();
    set(tree, lead, Round.IDLE);
    if (!lead.id.isRoot()) {
      dropDynamic(tree, lead, defined(lead));
    }
    TreeMachine.leadEnded(tree, lead.id, new Input.Exited(lead.incarnation(), outcome));
  }

  private static List<ChildId> defined(ChildModel lead) {
    return ((SupervisorSpec) lead.spec)
        .children().stream().map(child -> lead.id.child(child.id().name())).toList();
  }

  /** Only the children of the spec come back when a supervisor is started again. */
  private static void dropDynamic(TreeDraft tree, ChildModel lead, List<ChildId> defined) {
    Set<ChildId> kept = new HashSet<>(defined);
    for (ChildId id : lead.team().order()) {
      if (!kept.contains(id)) {
        Appeal unused =
            tree.stepChild(id, new Input.Remove(id, "its supervisor does not define it"));
      }
    }
  }

  /** Whether a child need not be waited for: it is gone, dead, or cannot be killed. */
  private static boolean isOver(TreeDraft tree, ChildId id) {
    Optional<ChildModel> child = tree.find(id);
    return child.isEmpty() || !child.get().phase.isAlive() || child.get().phase == Phase.UNKILLABLE;
  }
}
