package org.jsupervisor.simulation;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.Supervisor;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.snapshot.TreeSnapshot;

/** Whether a tree is in the middle of nothing. */
final class Settled {
  private Settled() {}

  static void require(Supervisor supervisor) {
    TreeSnapshot tree = supervisor.snapshot();
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
          isSettled(child, isSupervised) || isKeptWaiting(child, supervisor),
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
    // The time to become ready stands still with a paused process.
    return (child.phase() == Phase.RUNNING && (child.ready() || child.paused()))
        || child.phase() == Phase.FINISHED
        || child.phase() == Phase.FAILED;
  }

  /**
   * For a dependency that is not there, or a place that is taken: by a child that shows it, or is
   * gone.
   */
  private static boolean isKeptWaiting(ChildSnapshot child, Supervisor supervisor) {
    return child.phase() == Phase.WAITING
        && child.desire() != Desire.DOWN
        && supervisor
            .explain(child.id())
            .filter(why -> why.chain().size() > 1)
            .map(why -> why.chain().get(1).child())
            .filter(other -> !other.equals(child.id()))
            .filter(other -> !isThere(other, supervisor))
            .isPresent();
  }

  /** With all that is below it, if it is a supervisor. */
  private static boolean isThere(ChildId id, Supervisor supervisor) {
    return supervisor.child(id).filter(ChildSnapshot::ready).isPresent()
        && supervisor.snapshot().children().stream()
            .filter(below -> below.id().path().startsWith(id.path() + "/"))
            .allMatch(below -> below.isAsWanted() || below.phase() == Phase.DOWN);
  }
}
