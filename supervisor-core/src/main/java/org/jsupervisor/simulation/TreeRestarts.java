package org.jsupervisor.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartLimit;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.TreePhase;

/** A tree never sees more restarts in a window than it may without giving up. */
final class TreeRestarts {
  private final RestartLimit limit;
  private final List<Duration> times = new ArrayList<>();
  private Optional<ChildId> newest = Optional.empty();
  private boolean mustEnd;

  TreeRestarts(RestartLimit limit) {
    this.limit = limit;
  }

  /** One that is charged to somebody. */
  void restarts(Duration now, ChildId child) {
    if (limit instanceof RestartIntensity intensity) {
      times.add(now);
      newest = Optional.of(child);
      mustEnd = recent(now, intensity) > intensity.restarts();
    }
  }

  private long recent(Duration now, RestartIntensity intensity) {
    return times.stream().filter(at -> now.minus(at).compareTo(intensity.period()) <= 0).count();
  }

  /** What its own supervisor does not allow is not a restart of the tree. */
  void hear(SupervisorEvent event) {
    if (event instanceof SupervisorEvent.GaveUp
        && newest.flatMap(ChildId::parent).filter(event.child()::equals).isPresent()) {
      times.remove(times.size() - 1);
      newest = Optional.empty();
      mustEnd = false;
    }
  }

  void check(TreePhase phase) {
    BrokenInvariant.unless(
        !mustEnd || phase != TreePhase.RUNNING,
        "the tree has seen more restarts than " + limit + " and goes on");
  }
}
