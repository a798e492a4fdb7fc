package org.jsupervisor.simulation;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.WorkerSpec;

/** A supervisor whose end is bounded has ended in that time, and what its last KILLs take. */
final class TeamStopBounds {
  private final KnownSpecs specs;
  private final Map<ChildId, Duration> stopping = new HashMap<>();
  private Duration longestKill = StopSpec.defaults().killWait();
  private Duration stalled = Duration.ZERO;
  private boolean followed;

  TeamStopBounds(KnownSpecs specs) {
    this.specs = specs;
  }

  void stalls(Duration length) {
    stalled = stalled.plus(length);
  }

  void launches(WorkerSpec spec) {
    followed |= spec instanceof ProcessSpec process && process.finish().isPresent();
    if (spec instanceof ProcessSpec process
        && process.stop().killWait().compareTo(longestKill) > 0) {
      longestKill = process.stop().killWait();
    }
  }

  void hear(Duration now, SupervisorEvent event) {
    if (event instanceof SupervisorEvent.PhaseChanged changed) {
      follow(event.child(), changed.to() == Phase.STOPPING, now);
    } else if (event instanceof SupervisorEvent.TreePhaseChanged changed) {
      follow(ChildId.ROOT, changed.to() == TreePhase.STOPPING, now);
    } else if (event instanceof SupervisorEvent.Removed) {
      stopping.remove(event.child());
    }
  }

  private void follow(ChildId lead, boolean stops, Duration now) {
    if (stops) {
      stopping.put(lead, now);
    } else {
      stopping.remove(lead);
    }
  }

  void check(Duration now) {
    stopping.forEach(
        (lead, began) -> {
          Optional<Duration> within = specs.lead(lead).flatMap(spec -> spec.stop().within());
          // A launch that is cut short has one such time, the run that comes of it another, and
          // what
          // follows that has one before and one after its KILL.
          Duration kills = longestKill.multipliedBy(followed ? 4 : 2).plus(stalled);
          BrokenInvariant.unless(
              within.isEmpty() || now.minus(began).compareTo(within.get().plus(kills)) <= 0,
              lead + " stops since " + Trace.text(began) + ", it has " + within);
        });
  }
}
