package org.jsupervisor.core.internal.model;

import java.util.ArrayList;
import java.util.List;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.Dependency;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.WorkerSpec;

/**
 * What a child has to pass before it is started: its dependencies must be there, and there must be
 * a place among those that are starting.
 */
final class Gate {
  private Gate() {}

  /** What a child of this spec waits for, one phrase for people; empty if it may start. */
  static String waitsFor(TreeDraft tree, ChildSpec child) {
    if (!child.dependencies().isEmpty()) {
      List<ChildId> missing = missing(tree.children(), child);
      if (!missing.isEmpty()) {
        return "waits for " + text(missing);
      }
    }
    return child instanceof SupervisorSpec || tree.hasPlaceToStart()
        ? ""
        : "waits for its place: " + tree.limits.startingMax() + " may be starting at once";
  }

  private static String text(List<ChildId> missing) {
    List<String> names = missing.stream().map(ChildId::toString).toList();
    return String.join(", ", names);
  }

  /** The dependencies that are not there, as they stand in the spec. */
  static List<ChildId> missing(ChildTable children, ChildSpec child) {
    List<ChildId> missing = new ArrayList<>(0);
    ChildId lead = child.id().parent().orElseThrow();
    for (Dependency dependency : child.dependencies()) {
      ChildId on = lead.child(dependency.on());
      if (children.find(on).filter(sibling -> isThere(children, sibling)).isEmpty()) {
        missing.add(on);
      }
    }
    return missing;
  }

  private static boolean isThere(ChildTable children, ChildModel child) {
    if (completes(child)) {
      return child.phase == Phase.FINISHED && !hasDeclined(child);
    }
    return child.phase == Phase.RUNNING
        && child.ready
        && (!child.isSupervisor() || isReadyBelow(children, child));
  }

  /** From the last one back: they start in order, so there it is found soonest that it is not. */
  private static boolean isReadyBelow(ChildTable children, ChildModel lead) {
    List<ChildId> order = lead.team().order();
    for (int i = order.size() - 1; i >= 0; i--) {
      if (children.find(order.get(i)).filter(below -> isAwaited(children, below)).isPresent()) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAwaited(ChildTable children, ChildModel child) {
    return child.isAwaited()
        || (child.isSupervisor() && child.phase.isAlive() && !isReadyBelow(children, child));
  }

  private static boolean completes(ChildModel child) {
    return child.spec instanceof WorkerSpec worker
        && worker.readiness().kind() == ReadinessSpec.Kind.COMPLETED;
  }

  /** Who need not run has done nothing that others could build on. */
  private static boolean hasDeclined(ChildModel child) {
    return !child.lastExits.isEmpty()
        && child.lastExits.get(0).status().kind() == ExitStatus.Kind.DECLINED;
  }

  /** Whether those that cannot go on without this child must not. */
  static boolean isLost(ChildModel child) {
    return switch (child.phase) {
      case LAUNCHING, RUNNING -> false;
      // One that is to complete again and waits for that, or may have, is as good as one that does.
      case WAITING, FINISHING -> !completes(child);
      case FINISHED -> !completes(child) || hasDeclined(child);
      case DOWN, STOPPING, KILLING, UNKILLABLE, BACKOFF, QUARANTINED, FAILED -> true;
    };
  }
}
