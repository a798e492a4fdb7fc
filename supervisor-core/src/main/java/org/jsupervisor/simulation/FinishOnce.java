package org.jsupervisor.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.WorkerSpec;

/**
 * What is to be run after a run is run once after each run, and nothing follows before it is over
 * or given up: neither another run nor that the child counts as down.
 */
final class FinishOnce {
  /** As the model tells that it waits no longer. */
  private static final String GIVEN_UP = "still there after KILL, not waited for any more";

  /** The runs that have been ordered, and are to be followed. */
  private final Set<Incarnation> followed = new HashSet<>();

  /** The runs that have ended, by child, and what follows has not been ordered. */
  private final Map<ChildId, Incarnation> due = new HashMap<>();

  /** What has been ordered, and is neither over nor given up, by child. */
  private final Map<ChildId, Incarnation> underWay = new HashMap<>();

  /** Breaches, unless it is told in this cycle that what was under way is given up; by child. */
  private final Map<ChildId, String> early = new HashMap<>();

  void launches(Incarnation run, WorkerSpec spec) {
    Incarnation before = underWay.get(run.child());
    if (before != null) {
      early.put(run.child(), run + " is launched while " + before + " is not over");
    }
    if (spec instanceof ProcessSpec process && process.finish().isPresent()) {
      followed.add(run);
    }
  }

  void follows(Incarnation finish) {
    Incarnation run = finish.run();
    // The end of the run may be told a moment later.
    BrokenInvariant.unless(
        followed.remove(run) || due.remove(run.child(), run),
        finish + " is launched, but not to be, or not again");
    underWay.put(run.child(), finish);
  }

  /** The engine is handed a report. */
  void reported(PlatformReport report) {
    boolean isEnd =
        report instanceof PlatformReport.Exited || report instanceof PlatformReport.LaunchFailed;
    if (isEnd) {
      boolean unused = underWay.remove(report.incarnation().child(), report.incarnation());
    }
  }

  void hear(SupervisorEvent event) {
    if (event instanceof SupervisorEvent.Ended ended) {
      ended(ended.exit());
    } else if (event instanceof SupervisorEvent.FinishFailed failed
        && failed.why().equals(GIVEN_UP)) {
      underWay.remove(failed.child());
      early.remove(failed.child());
    } else if (event instanceof SupervisorEvent.PhaseChanged changed) {
      BrokenInvariant.unless(
          changed.from() != Phase.FINISHING || !underWay.containsKey(changed.child()),
          changed.child()
              + " goes on as "
              + changed.to()
              + ", but what is run after it is not over");
      requireNoneDue(changed.child(), changed.to());
    } else if (event instanceof SupervisorEvent.Removed) {
      requireNoneDue(event.child(), Phase.DOWN);
    }
  }

  private void ended(Exit exit) {
    Incarnation run = exit.incarnation();
    boolean isToBeFollowed = followed.remove(run);
    if (isToBeFollowed && exit.status().kind() != ExitStatus.Kind.NEVER_STARTED) {
      due.put(run.child(), run);
    }
  }

  private void requireNoneDue(ChildId child, Phase to) {
    Incarnation run = due.get(child);
    BrokenInvariant.unless(
        run == null || to == Phase.FINISHING,
        child + " is " + to + ", but what is to be run after " + run + " was not");
  }

  /** The tree has ended, and this still has a process. */
  void leftBehind(Incarnation finish) {
    if (finish.equals(underWay.get(finish.child()))) {
      early.put(finish.child(), finish + " is left behind");
    }
  }

  /** After a cycle. */
  void check() {
    early.values().forEach(breach -> BrokenInvariant.unless(false, breach));
    BrokenInvariant.unless(due.isEmpty(), "nothing was run after " + due.values());
  }
}
