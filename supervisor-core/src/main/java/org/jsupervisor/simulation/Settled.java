package org.jsupervisor.simulation;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.snapshot.TreeSnapshot;

/** Whether a tree is in the middle of nothing. */
final class Settled {
  private Settled() {}

  static void require(TreeSnapshot tree) {
    BrokenInvariant.unless(
        tree.phase() == TreePhase.RUNNING || tree.phase() == TreePhase.STOPPED,
        "not settled: the tree is " + tree.phase() + ": " + tree.reason());
    if (tree.phase() == TreePhase.STOPPED) {
      return;
    }
    Map<ChildId, ChildSnapshot> all =
        tree.children().stream().collect(Collectors.toMap(ChildSnapshot::id, Function.identity()));
    for (ChildSnapshot child : tree.children()) {
      boolean isSupervised =
          child.id().parent().map(lead -> lead.isRoot() || isUp(all.get(lead))).orElse(true);
      BrokenInvariant.unless(
          isSettled(child, isSupervised),
          "not settled: "
              + child.id()
              + " is wanted "
              + child.desire()
              + " and is "
              + child.phase()
              + ": "
              + child.reason());
    }
  }

  private static boolean isUp(@Nullable ChildSnapshot lead) {
    return lead != null && lead.phase() == Phase.RUNNING;
  }

  private static boolean isSettled(ChildSnapshot child, boolean isSupervised) {
    boolean isOver =
        child.phase() == Phase.DOWN
            || child.phase() == Phase.FINISHED
            || child.phase() == Phase.FAILED;
    if (!isSupervised || child.desire() == Desire.DOWN) {
      return isOver;
    }
    return (child.phase() == Phase.RUNNING && child.ready())
        || child.phase() == Phase.FINISHED
        || child.phase() == Phase.FAILED;
  }
}
