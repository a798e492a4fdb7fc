package org.jsupervisor.core.internal.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jsupervisor.policy.RestartHistory;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.ChildSpec;

/** The round in which a supervisor, or a group of its children, is started. */
final class StartRules {
  private StartRules() {}

  /** A supervisor starts from its definition: the children of its spec, without a past. */
  static void begin(TreeDraft tree, ChildModel lead) {
    List<ChildId> members = new ArrayList<>();
    for (ChildSpec each : TeamRules.spec(lead).children()) {
      ChildId id = lead.id.child(each.id().name());
      if (renew(tree, lead.id, each.at(id))) {
        members.add(id);
      }
    }
    TeamRules.dropDynamic(tree, tree.get(lead.id), members);
    inOrder(tree, lead.id, members);
    for (ChildId id : members) {
      Appeal unused = tree.stepChild(id, new Input.Hold(id, "waits for its turn"));
    }
    ChildModel now = tree.get(lead.id);
    List<ChildId> turns = now.team().links().sorted(List.copyOf(members));
    Team fresh =
        new Team(
            now.team().order(),
            now.team().links(),
            RestartHistory.EMPTY,
            new Round.Starting(turns, 0),
            new ExitStatus.Completed(),
            List.of());
    tree.change(now, fresh);
  }

  /** Returns whether there is a child of this spec: another kind of child may be in its place. */
  private static boolean renew(TreeDraft tree, ChildId lead, ChildSpec spec) {
    ChildId id = spec.id();
    if (tree.find(id).filter(child -> !TeamRules.isSameKind(child, spec)).isPresent()) {
      if (TeamRules.isAlive(tree, id)) {
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

  static void goOn(TreeDraft tree, ChildModel lead, Round.Starting round) {
    int next = round.next();
    List<ChildId> members = round.members();
    if ((next > 0 && isComing(tree, members.get(next - 1))) || isEndingAbove(tree, lead)) {
      return;
    }
    if (next == members.size()) {
      TeamRules.set(tree, lead, Round.IDLE);
      if (lead.phase == Phase.LAUNCHING) {
        Appeal unused = tree.stepChild(lead.id, new Input.TeamUp(lead.incarnation()));
      }
      return;
    }
    TeamRules.set(tree, lead, new Round.Starting(members, next + 1));
    ChildId turn = members.get(next);
    if (tree.find(turn).isPresent()) {
      Appeal unused = tree.stepChild(turn, new Input.Start(turn));
    }
  }

  /** What is to end soon does not start more before its turn comes, which may be in this step. */
  private static boolean isEndingAbove(TreeDraft tree, ChildModel lead) {
    Optional<ChildModel> above = lead.id.parent().flatMap(tree::find);
    while (above.isPresent()) {
      if (above.get().phase == Phase.STOPPING) {
        return true;
      }
      above = above.get().id.parent().flatMap(tree::find);
    }
    return false;
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
}
