package org.jsupervisor.core.internal.observe;

import org.jsupervisor.event.PublishedEvent;
import org.jsupervisor.event.SignalOutcome;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.event.SupervisorListener;
import org.jsupervisor.mdc.Mdc;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.Leftovers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The life-cycle in the host's log: one line for each transition at INFO, trouble at WARN, the rest
 * at DEBUG; what a line is about is in the MDC, see {@link EventFields}. What is told by another
 * line is not told again above DEBUG. Never the environment or the arguments of a child.
 */
public final class TransitionLog implements SupervisorListener {
  /** What the loggers of all trees are below. */
  static final String LOGGERS = "org.jsupervisor.tree.";

  private final Logger logger;
  private final Mdc mdc;
  private final EventFields fields;

  /** Logs to {@code org.jsupervisor.tree.NAME}. */
  public TransitionLog(String treeName) {
    this(treeName, LoggerFactory.getLogger(LOGGERS + treeName), Mdc.current());
  }

  TransitionLog(String treeName, Logger logger, Mdc mdc) {
    this.logger = logger;
    this.mdc = mdc;
    this.fields = new EventFields(treeName);
  }

  @Override
  public void onEvent(PublishedEvent published) {
    SupervisorEvent event = published.event();
    fields.remember(event);
    Level level = level(event);
    try {
      // An event that nobody reads is not worth a description.
      if (logger.isEnabledForLevel(level)) {
        mdc.during(
            fields.of(published),
            () -> logger.atLevel(level).log("{}: {}", event.child(), event.describe()));
      }
    } finally {
      fields.forget(event);
    }
  }

  private static Level level(SupervisorEvent event) {
    if (isTrouble(event)) {
      return Level.WARN;
    }
    boolean isChange =
        event instanceof SupervisorEvent.PhaseChanged
            || event instanceof SupervisorEvent.TreePhaseChanged
            // It is no phase of its own.
            || event instanceof SupervisorEvent.Ready;
    return isChange ? Level.INFO : Level.DEBUG;
  }

  @Override
  public void onLoss(long events) {
    fields.forgetAll();
    logger.warn("{} events were too many to be logged", events);
  }

  /** Not that somebody gave up: why is told as well, with more. */
  private static boolean isTrouble(SupervisorEvent event) {
    return event instanceof SupervisorEvent.GiveUpExplained
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
