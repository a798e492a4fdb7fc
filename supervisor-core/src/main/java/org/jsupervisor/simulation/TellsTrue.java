package org.jsupervisor.simulation;

import java.util.HashMap;
import java.util.Map;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Counters;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreeSnapshot;

/** What the events tell is what the snapshots show. */
final class TellsTrue {
  private final Map<ChildId, Told> children = new HashMap<>();

  private static final class Told {
    private Phase phase = Phase.DOWN;
    private long launches;
    private long failures;
    private long exits;
    private long again;
  }

  Phase phase(ChildId id) {
    Told told = children.get(id);
    return told == null ? Phase.DOWN : told.phase;
  }

  void hear(SupervisorEvent event) {
    if (event instanceof SupervisorEvent.PhaseChanged changed) {
      BrokenInvariant.unless(
          changed.from() == phase(changed.child()) && changed.from() != changed.to(),
          changed.child()
              + " is told to go from "
              + changed.from()
              + " to "
              + changed.to()
              + ", but was "
              + phase(changed.child()));
    }
  }

  void apply(SupervisorEvent event) {
    if (event instanceof SupervisorEvent.Removed) {
      children.remove(event.child());
    } else if (event instanceof SupervisorEvent.PhaseChanged changed) {
      Told told = told(event.child());
      told.phase = changed.to();
      told.launches += changed.to() == Phase.UNKILLABLE ? told.again : 0;
      told.again = 0;
      told.launches += changed.to() == Phase.LAUNCHING ? 1 : 0;
    } else if (event instanceof SupervisorEvent.Ended ended) {
      boolean failed = ended.exit().status().kind() == ExitStatus.Kind.NEVER_STARTED;
      Told told = told(event.child());
      told.failures += failed ? 1 : 0;
      told.exits += failed ? 0 : 1;
      // A launch that follows at once is no change of phase.
      told.launches += told.again;
      told.again = failed && told.phase == Phase.LAUNCHING ? 1 : 0;
    } else if (event instanceof SupervisorEvent.Launched) {
      Told told = told(event.child());
      told.launches += told.again;
      told.again = 0;
    }
  }

  private Told told(ChildId id) {
    return children.computeIfAbsent(id, any -> new Told());
  }

  void check(TreeSnapshot tree) {
    for (ChildSnapshot child : tree.children()) {
      BrokenInvariant.unless(
          phase(child.id()) == child.phase(),
          child.id() + " is " + child.phase() + ", but the events say " + phase(child.id()));
    }
  }

  void checkCounters(TreeSnapshot tree) {
    for (ChildSnapshot child : tree.children()) {
      Told told = told(child.id());
      Counters counters = child.counters();
      BrokenInvariant.unless(
          counters.launches() == told.launches + told.again
              && counters.launchFailures() == told.failures
              && counters.exits() == told.exits,
          child.id()
              + " has counted "
              + counters
              + ", but the events tell of "
              + told.launches
              + " launches, "
              + told.failures
              + " failures and "
              + told.exits
              + " exits");
    }
  }
}
