package org.jsupervisor.core.internal.model;

import java.util.List;
import java.util.Optional;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.spec.ProcessSpec;

/** What the change of one child means for its siblings that depend on it. */
final class DependencyRules {
  private DependencyRules() {}

  /** Stops those that cannot go on without the child, if it is lost. */
  static void changed(TreeDraft tree, ChildId id) {
    Optional<ChildModel> lead = id.parent().flatMap(tree::find);
    if (lead.filter(DependencyRules::supervises).isEmpty()) {
      return;
    }
    List<Links.Dependent> dependents = lead.get().team().links().on(id);
    if (!dependents.isEmpty() && tree.find(id).filter(child -> !Gate.isLost(child)).isEmpty()) {
      dependents.forEach(each -> lose(tree, each, id));
    }
  }

  /** Whether anybody depends on this child, or on a supervisor above it. */
  static boolean isNeeded(TreeDraft tree, ChildId id) {
    ChildId at = id;
    for (Optional<ChildId> above = at.parent(); above.isPresent(); above = at.parent()) {
      Optional<ChildModel> lead = tree.find(above.get()).filter(ChildModel::isSupervisor);
      if (lead.isPresent() && !lead.get().team().links().on(at).isEmpty()) {
        return true;
      }
      at = above.get();
    }
    return false;
  }

  /** Whether a sibling that is up, and is not being stopped, writes what this one reads. */
  static boolean isFed(TreeDraft tree, ChildModel child) {
    Optional<ChildModel> lead = child.id.parent().flatMap(tree::find);
    return lead.filter(ChildModel::isSupervisor).stream()
        .flatMap(each -> each.team().links().on(child.id).stream())
        .map(link -> tree.get(link.child()))
        .anyMatch(other -> feeds(other, child.id) && other.isUpOrComing() && !other.stopOnLaunch);
  }

  private static boolean feeds(ChildModel other, ChildId child) {
    return other.spec instanceof ProcessSpec process
        && process.output().consumers().contains(child.name());
  }

  /** What is dying below a supervisor whose place a worker has taken has no siblings any more. */
  private static boolean supervises(ChildModel lead) {
    return lead.isSupervisor() && lead.isUpOrComing();
  }

  private static void lose(TreeDraft tree, Links.Dependent link, ChildId lost) {
    ChildModel dependent = tree.get(link.child());
    String why = "it depends on " + lost + ", which is lost";
    Appeal unused =
        switch (link.whenLost()) {
          case GOES_ON -> Appeal.NONE;
          case IS_RESTARTED -> restart(tree, dependent, why);
          case IS_STOPPED -> stop(tree, dependent, why);
        };
  }

  /** The gate holds its next run back. Who was to run once has had its run. */
  private static Appeal restart(TreeDraft tree, ChildModel dependent, String why) {
    if (!dependent.isUpOrComing()) {
      return Appeal.NONE;
    }
    return dependent.desire == Desire.ONCE
        ? tree.stepChild(dependent.id, new Input.Down(dependent.id, why))
        : tree.stepChild(dependent.id, new Input.Stop(dependent.id, why));
  }

  /** Also who would only come back by itself: it may have died of the loss before it was seen. */
  private static Appeal stop(TreeDraft tree, ChildModel dependent, String why) {
    boolean comesBack =
        switch (dependent.phase) {
          case LAUNCHING, RUNNING, STOPPING, KILLING, UNKILLABLE, FINISHING, BACKOFF, QUARANTINED ->
              true;
          case DOWN, WAITING, FINISHED, FAILED -> false;
        };
    boolean isToStop = dependent.isUpOrComing() || dependent.desire != Desire.DOWN;
    return comesBack && isToStop
        ? tree.stepChild(dependent.id, new Input.Down(dependent.id, why))
        : Appeal.NONE;
  }

  /** Starts whoever waits at the gate and finds it open, in the order in which they came. */
  static void openGate(TreeDraft tree, List<ChildId> waiting) {
    for (ChildId id : waiting) {
      if (!tree.hasPlaceToStart() && !tree.isAnybodyChoosyAtGate()) {
        return;
      }
      ChildModel child = tree.get(id);
      String waitsFor = Gate.waitsFor(tree, child.spec);
      if (waitsFor.isEmpty()) {
        Appeal unused = tree.stepChild(id, new Input.Start(id));
      } else if (!waitsFor.equals(child.reason)) {
        tree.alter(id, draft -> draft.reason = waitsFor);
      }
    }
  }
}
