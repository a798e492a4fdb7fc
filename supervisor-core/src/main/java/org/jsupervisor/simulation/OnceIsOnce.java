package org.jsupervisor.simulation;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;

/** A run that was wanted once is not followed by another one, unless somebody asks for it. */
final class OnceIsOnce {
  /** Whose one run is over. */
  private final Set<ChildId> over = new HashSet<>();

  /** Of whom something was asked that the engine may not have handled yet. */
  private final Set<ChildId> asked = new HashSet<>();

  void happens(Happening happening) {
    wish(happening).ifPresent(asked::add);
  }

  /** Whom a happening may lead to another run of. */
  static Optional<ChildId> wish(Happening happening) {
    if (happening instanceof Happening.Up up) {
      return Optional.of(up.child());
    } else if (happening instanceof Happening.Once again) {
      return Optional.of(again.child());
    } else if (happening instanceof Happening.Restart restart) {
      return Optional.of(restart.child());
    } else if (happening instanceof Happening.Define define) {
      return Optional.of(define.spec().id());
    }
    return Optional.empty();
  }

  void hear(SupervisorEvent event, TellsTrue told) {
    ChildId child = event.child();
    if (event instanceof SupervisorEvent.Ended ended) {
      if (told.desire(child) == Desire.ONCE && ended.exit().cause() != ExitCause.ASKED_TO_STOP) {
        over.add(child);
      }
    } else if (event instanceof SupervisorEvent.RestartScheduled) {
      BrokenInvariant.unless(!over.contains(child), child + " was wanted once, but is restarted");
    } else if (event instanceof SupervisorEvent.PhaseChanged changed) {
      if (changed.to() == Phase.LAUNCHING) {
        BrokenInvariant.unless(
            !over.contains(child) || asked.contains(child),
            child + " was wanted once, but is started again");
        over.remove(child);
        // Whatever was below a supervisor begins anew with it.
        over.removeIf(below -> below.path().startsWith(child.path() + "/"));
      }
    } else if (event instanceof SupervisorEvent.Removed
        || event instanceof SupervisorEvent.Defined) {
      over.remove(child);
    }
  }

  /** After a cycle: all that was asked for is handled. */
  void check() {
    over.removeAll(asked);
    asked.clear();
  }
}
