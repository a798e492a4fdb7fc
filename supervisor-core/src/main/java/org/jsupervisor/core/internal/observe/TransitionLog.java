package org.jsupervisor.core.internal.observe;

import org.jsupervisor.event.PublishedEvent;
import org.jsupervisor.event.SignalOutcome;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.event.SupervisorListener;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.Leftovers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The life-cycle in the host's log: one line for each transition at INFO, trouble at WARN, the rest
 * at DEBUG. Never the environment or the arguments of a child.
 */
public final class TransitionLog implements SupervisorListener {
  private final Logger logger;

  /** Logs to {@code org.jsupervisor.tree.NAME}. */
  public TransitionLog(String treeName) {
    this.logger = LoggerFactory.getLogger("org.jsupervisor.tree." + treeName);
  }

  @Override
  public void onEvent(PublishedEvent published) {
    SupervisorEvent event = published.event();
    Level level = level(event);
    // An event that nobody reads is not worth a description.
    if (logger.isEnabledForLevel(level)) {
      logger.atLevel(level).log("{}: {}", event.child(), event.describe());
    }
  }

  private static Level level(SupervisorEvent event) {
    if (isTrouble(event)) {
      return Level.WARN;
    }
    boolean isChange =
        event instanceof SupervisorEvent.PhaseChanged
            || event instanceof SupervisorEvent.TreePhaseChanged;
    return isChange ? Level.INFO : Level.DEBUG;
  }

  @Override
  public void onLoss(long events) {
    logger.warn("{} events were too many to be logged", events);
  }

  private static boolean isTrouble(SupervisorEvent event) {
    return event instanceof SupervisorEvent.GaveUp
        || event instanceof SupervisorEvent.GiveUpExplained
        || event instanceof SupervisorEvent.DecisionFailed
        || event instanceof SupervisorEvent.OutputLost
        || event instanceof SupervisorEvent.FinishFailed
        || (event instanceof SupervisorEvent.SignalProgramEnded program
            && program.outcome() == SignalOutcome.SENT)
        || (event instanceof SupervisorEvent.LeftBehind left
            && left.leftovers() == Leftovers.KILLED)
        || (event instanceof SupervisorEvent.PhaseChanged changed
            && changed.to() == Phase.UNKILLABLE);
  }
}
