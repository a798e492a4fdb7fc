package org.jsupervisor.log;

import java.util.Optional;
import org.jsupervisor.event.SignalOutcome;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.Leftovers;

/** How bad an event is; nothing if it is as it should be. */
final class EventSeverity {
  private EventSeverity() {}

  static Optional<SyslogSeverity> of(SupervisorEvent event) {
    if (event instanceof SupervisorEvent.Ended ended) {
      return of(ended.exit());
    }
    if (event instanceof SupervisorEvent.GaveUp
        || event instanceof SupervisorEvent.GiveUpExplained) {
      return Optional.of(event.child().isRoot() ? SyslogSeverity.CRITICAL : SyslogSeverity.ERROR);
    }
    if (event instanceof SupervisorEvent.DecisionFailed) {
      return Optional.of(SyslogSeverity.ERROR);
    }
    if (event instanceof SupervisorEvent.OutputLost
        || event instanceof SupervisorEvent.FinishFailed
        || (event instanceof SupervisorEvent.SignalProgramEnded program
            && program.outcome() == SignalOutcome.SENT)) {
      return Optional.of(SyslogSeverity.WARNING);
    }
    return ofChange(event).or(() -> ofMeasure(event));
  }

  private static Optional<SyslogSeverity> of(Exit exit) {
    if (exit.status().kind() == ExitStatus.Kind.LOST) {
      return Optional.of(SyslogSeverity.WARNING);
    }
    return switch (exit.cause()) {
      case ASKED_TO_STOP -> Optional.empty();
      case LAUNCH_FAILED -> Optional.of(SyslogSeverity.ERROR);
      case START_TIMEOUT, WATCHDOG -> Optional.of(SyslogSeverity.WARNING);
      case BY_ITSELF ->
          isAsItShouldBe(exit) ? Optional.empty() : Optional.of(SyslogSeverity.WARNING);
    };
  }

  private static boolean isAsItShouldBe(Exit exit) {
    return exit.status().isClean() || exit.status().kind() == ExitStatus.Kind.DECLINED;
  }

  private static Optional<SyslogSeverity> ofChange(SupervisorEvent event) {
    boolean isUnkillable =
        event instanceof SupervisorEvent.PhaseChanged child && child.to() == Phase.UNKILLABLE;
    // A tree that is stopped is STOPPING before.
    boolean isFailed =
        event instanceof SupervisorEvent.TreePhaseChanged tree
            && tree.to() == TreePhase.STOPPED
            && tree.from() != TreePhase.STOPPING;
    return isUnkillable || isFailed ? Optional.of(SyslogSeverity.CRITICAL) : Optional.empty();
  }

  /** What somebody had to do about it. */
  private static Optional<SyslogSeverity> ofMeasure(SupervisorEvent event) {
    boolean isNotable =
        event instanceof SupervisorEvent.GroupRestart
            || (event instanceof SupervisorEvent.SignalSent sent
                && sent.signal().equals(Signal.KILL))
            || (event instanceof SupervisorEvent.LeftBehind left
                && left.leftovers() == Leftovers.KILLED);
    return isNotable ? Optional.of(SyslogSeverity.NOTICE) : Optional.empty();
  }
}
