package org.jsupervisor.simulation;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreeSnapshot;
import org.jsupervisor.spec.TreeLimits;
import org.jsupervisor.spec.WorkerSpec;

/** No launch takes longer than it may, and no more are starting at once than may be. */
final class StartBounds {
  private final TreeLimits limits;
  private final Set<ChildId> workers = new HashSet<>();
  private final Map<ChildId, Duration> launching = new HashMap<>();

  /** A launch that is not wanted any more has the time of its ladder. */
  private Duration longestLadder = Duration.ZERO;

  private Duration stalled = Duration.ZERO;

  StartBounds(TreeLimits limits) {
    this.limits = limits;
  }

  void stalls(Duration length) {
    stalled = stalled.plus(length);
  }

  void launches(Incarnation run, WorkerSpec spec) {
    workers.add(run.child());
    Duration ladder = StopBounds.ladder(spec);
    longestLadder = ladder.compareTo(longestLadder) > 0 ? ladder : longestLadder;
  }

  void hear(Duration now, SupervisorEvent event) {
    if (event instanceof SupervisorEvent.Removed) {
      launching.remove(event.child());
      workers.remove(event.child());
    } else if (event instanceof SupervisorEvent.PhaseChanged changed) {
      if (changed.to() == Phase.LAUNCHING && workers.contains(event.child())) {
        launching.put(event.child(), now);
      } else {
        launching.remove(event.child());
      }
    }
  }

  void check(Duration now, TreeSnapshot tree) {
    Duration bound = limits.launchWithin().plus(longestLadder).plus(stalled);
    launching.forEach(
        (child, began) ->
            BrokenInvariant.unless(
                now.minus(began).compareTo(bound) <= 0,
                child + " is launched since " + Trace.text(began) + ", at most " + bound));
    if (limits.startingMax() < Integer.MAX_VALUE) {
      long starting = tree.children().stream().filter(this::isStarting).count();
      BrokenInvariant.unless(
          starting <= limits.startingMax(),
          starting + " are starting at once, at most " + limits.startingMax() + " may be");
    }
  }

  private boolean isStarting(ChildSnapshot child) {
    boolean coming =
        child.phase() == Phase.LAUNCHING || (child.phase() == Phase.RUNNING && !child.ready());
    return coming && workers.contains(child.id());
  }
}
