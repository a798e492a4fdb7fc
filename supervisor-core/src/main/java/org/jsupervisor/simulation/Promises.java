package org.jsupervisor.simulation;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.policy.RestartDecision;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Phase;

/**
 * What a decision has promised comes: a back-off is waited for, an escalation ends who is above.
 */
final class Promises {
  private final Map<ChildId, Duration> due = new HashMap<>();
  private final Set<ChildId> escalating = new HashSet<>();
  private final Set<ChildId> mustEnd = new LinkedHashSet<>();
  private final Set<ChildId> asked = new HashSet<>();

  void happens(Happening happening) {
    OnceIsOnce.wish(happening).ifPresent(asked::add);
  }

  void hear(Duration now, SupervisorEvent event) {
    ChildId child = event.child();
    if (event instanceof SupervisorEvent.RestartScheduled restart) {
      due.put(child, now.plus(restart.delay()));
    } else if (event instanceof SupervisorEvent.GaveUp gaveUp
        && gaveUp.decision() instanceof RestartDecision.Escalate) {
      escalating.add(child);
    } else if (event instanceof SupervisorEvent.TreePhaseChanged) {
      mustEnd.clear();
    } else if (event instanceof SupervisorEvent.PhaseChanged changed) {
      changed(now, changed);
    }
  }

  private void changed(Duration now, SupervisorEvent.PhaseChanged changed) {
    ChildId child = changed.child();
    if (changed.from() == Phase.BACKOFF) {
      Duration earliest = due.getOrDefault(child, Duration.ZERO);
      BrokenInvariant.unless(
          changed.to() != Phase.LAUNCHING || asked.contains(child) || now.compareTo(earliest) >= 0,
          child + " is started before its back-off is over");
      due.remove(child);
    }
    // A supervisor that gives up stops; a child that has escalated has failed.
    if (escalating.remove(child) && changed.to() == Phase.FAILED) {
      mustEnd.add(child.parent().orElseThrow());
    }
    mustEnd.remove(child);
  }

  /** After a cycle. */
  void check() {
    asked.clear();
    BrokenInvariant.unless(
        mustEnd.isEmpty(), "a child of each of " + mustEnd + " has escalated, but they go on");
  }
}
