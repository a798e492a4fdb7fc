package org.jsupervisor.simulation;

import java.util.HashMap;
import java.util.Map;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Counters;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.snapshot.TreeSnapshot;

/** What the events tell is what the snapshots show. */
final class TellsTrue {
  private final Map<ChildId, Told> children = new HashMap<>();

  private TreePhase treePhase = TreePhase.NEW;

  private static final class Told {
    private Phase phase = Phase.DOWN;
    private Phase before = Phase.DOWN;
    private Desire desire = Desire.UP;
    private boolean ready;
    private boolean justUnwanted;
    private long launches;
    private long failures;
    private long exits;
  }

  Phase phase(ChildId id) {
    Told told = children.get(id);
    return told == null ? Phase.DOWN : told.phase;
  }

  /** Whether nobody waits for it: it could not be killed, be it that it has ended after all. */
  boolean isGivenUp(ChildId id) {
    Told told = children.get(id);
    return told != null
        && (told.phase == Phase.UNKILLABLE
            || (told.phase == Phase.FINISHING && told.before == Phase.UNKILLABLE));
  }

  /** Whether the newest that was told of it is that nobody wants it any more. */
  boolean isJustUnwanted(ChildId id) {
    Told told = children.get(id);
    return told != null && told.justUnwanted;
  }

  /** What was told last; what its spec says is not told. */
  Desire desire(ChildId id) {
    Told told = children.get(id);
    return told == null ? Desire.UP : told.desire;
  }

  /** Whether this supervisor, or the tree if it is the root, is in the middle of its end. */
  boolean isStopping(ChildId lead) {
    return lead.isRoot() ? treePhase == TreePhase.STOPPING : phase(lead) == Phase.STOPPING;
  }

  boolean isReady(ChildId id) {
    Told told = children.get(id);
    return told != null && told.ready;
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
    told(event.child()).justUnwanted =
        event instanceof SupervisorEvent.DesireChanged wish && wish.desire() == Desire.DOWN;
    if (event instanceof SupervisorEvent.Removed) {
      children.remove(event.child());
    } else if (event instanceof SupervisorEvent.TreePhaseChanged changed) {
      treePhase = changed.to();
    } else if (event instanceof SupervisorEvent.DesireChanged changed) {
      told(event.child()).desire = changed.desire();
    } else if (event instanceof SupervisorEvent.Ready) {
      told(event.child()).ready = true;
    } else if (event instanceof SupervisorEvent.PhaseChanged changed) {
      Told told = told(event.child());
      told.phase = changed.to();
      told.before = changed.from();
      told.ready = false;
      told.launches += changed.to() == Phase.LAUNCHING ? 1 : 0;
    } else if (event instanceof SupervisorEvent.Ended ended) {
      boolean failed = ended.exit().status().kind() == ExitStatus.Kind.NEVER_STARTED;
      Told told = told(event.child());
      told.failures += failed ? 1 : 0;
      told.exits += failed ? 0 : 1;
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
          counters.launches() == told.launches
              && counters.launchFailures() == told.failures
              && counters.exits() == told.exits
              && counters.restartsByCause().decided() == counters.restarts(),
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
