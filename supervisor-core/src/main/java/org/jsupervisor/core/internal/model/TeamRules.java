package org.jsupervisor.core.internal.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jsupervisor.process.ChildId;
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
      EndRules.begin(tree, lead);
    } else if (lead.phase == Phase.LAUNCHING && round instanceof Round.Idle) {
      StartRules.begin(tree, lead);
    } else if (round instanceof Round.Starting starting) {
      StartRules.goOn(tree, lead, starting);
    } else if (round instanceof Round.Regrouping regrouping) {
      RegroupRules.goOn(tree, lead, regrouping);
    } else if (round instanceof Round.Ending ending) {
      EndRules.goOn(tree, lead, ending);
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

  static boolean isAlive(TreeDraft tree, ChildId id) {
    ChildModel child = tree.get(id);
    return child.phase.isAlive()
        || (child.isSupervisor()
            && child.team().order().stream().anyMatch(below -> isAlive(tree, below)));
  }

  static void set(TreeDraft tree, ChildModel lead, Round round) {
    tree.change(lead, lead.team().withRound(round));
  }

  static SupervisorSpec spec(ChildModel lead) {
    return (SupervisorSpec) lead.spec;
  }

  /** Who is added while its siblings are being started comes after them. */
  static boolean joinsTheStart(TreeDraft tree, ChildModel added) {
    ChildModel lead = tree.get(added.id.parent().orElseThrow());
    if (added.desire == Desire.DOWN || !(lead.team().round() instanceof Round.Starting starting)) {
      return false;
    }
    Appeal unused = tree.stepChild(added.id, new Input.Hold(added.id, "waits for its turn"));
    List<ChildId> members = new ArrayList<>(starting.members());
    members.add(added.id);
    set(tree, tree.get(lead.id), new Round.Starting(List.copyOf(members), starting.next()));
    return true;
  }

  static boolean isSameKind(ChildModel child, ChildSpec spec) {
    return child.spec.kind() == spec.kind();
  }

  /** Only the children of the spec come back when a supervisor is started again. */
  static void dropDynamic(TreeDraft tree, ChildModel lead, List<ChildId> defined) {
    Set<ChildId> kept = new HashSet<>(defined);
    List<ChildId> order = lead.team().order();
    List<ChildId> dropped = order.stream().filter(id -> !kept.contains(id)).toList();
    List<ChildId> left =
        order.stream().filter(id -> kept.contains(id) || staysForNow(tree.get(id))).toList();
    if (left.size() < order.size()) {
      // All at once: a team that shrank child by child would cost the square of its size.
      ChildModel now = tree.get(lead.id);
      tree.change(now, now.team().inOrder(left));
    }
    for (ChildId id : dropped) {
      Appeal unused = tree.stepChild(id, new Input.Remove(id, "its supervisor does not define it"));
    }
  }

  /** A supervisor leaves in its own round; what cannot be killed, when it is dead. */
  private static boolean staysForNow(ChildModel child) {
    return child.isSupervisor() || child.phase.isAlive();
  }

  /** Whether a child need not be waited for: it is gone, dead, or cannot be killed. */
  static boolean isOver(TreeDraft tree, ChildId id) {
    Optional<ChildModel> child = tree.find(id);
    return child.isEmpty() || !child.get().phase.isAlive() || child.get().phase == Phase.UNKILLABLE;
  }
}
