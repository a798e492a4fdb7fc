package org.jsupervisor.core.internal.model;

import java.util.List;
import org.jsupervisor.event.WishOrigin;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.SupervisorSpec;

/**
 * The rows of a supervisor that is a child, while it is up, coming or ending. It has no process:
 * its start and its stop are the rounds of its team, in {@link TeamRules}.
 */
final class LeadRules {
  private LeadRules() {}

  static Cell step(ChildDraft draft, Input.ChildInput input, Surroundings around) {
    return draft.phase == Phase.STOPPING ? ending(draft, input, around) : up(draft, input, around);
  }

  private static Cell up(ChildDraft draft, Input.ChildInput input, Surroundings around) {
    return switch (input.kind()) {
      case DOWN -> {
        draft.want(Desire.DOWN, WishOrigin.ASKED, ((Input.Down) input).reason());
        yield stop(draft, ((Input.Down) input).reason());
      }
      case UP -> WishRules.wantRunning(draft, Desire.UP, ((Input.Up) input).reason(), around);
      case ONCE -> WishRules.wantRunning(draft, Desire.ONCE, ((Input.Once) input).reason(), around);
      case RESTART -> restart(draft, ((Input.Restart) input).reason(), around);
      case REMOVE -> {
        Cell unused = WishRules.remove(draft, (Input.Remove) input);
        yield stop(draft, ((Input.Remove) input).reason());
      }
      case DEFINE -> redefine(draft, (Input.Define) input);
      case HOLD -> WishRules.hold(draft, ((Input.Hold) input).reason());
      case STOP -> stop(draft, ((Input.Stop) input).reason());
      case END_TEAM -> end(draft, (Input.EndTeam) input);
      case LAUNCHED -> launched(draft);
      case DEADLINE -> {
        draft.disarm();
        yield Cell.ACTED;
      }
      case START,
          KILL,
          SIGNAL,
          PAUSE,
          RESUME,
          LAUNCH_FAILED,
          EXITED,
          FINISH_ENDED,
          SIGNAL_PROGRAM_ENDED,
          NOTIFIED,
          PINGED,
          AILING,
          MORE_TIME,
          SAID,
          LEFT_BEHIND,
          OUTPUT_LOST ->
          Cell.NOTHING;
    };
  }

  private static Cell ending(ChildDraft draft, Input.ChildInput input, Surroundings around) {
    return switch (input.kind()) {
      case UP -> WishRules.want(draft, Desire.UP, ((Input.Up) input).reason(), around);
      case ONCE -> WishRules.want(draft, Desire.ONCE, ((Input.Once) input).reason(), around);
      case RESTART -> WishRules.want(draft, Desire.UP, ((Input.Restart) input).reason(), around);
      case DOWN -> WishRules.down(draft, (Input.Down) input);
      case REMOVE -> WishRules.remove(draft, (Input.Remove) input);
      case DEFINE -> WishRules.defineEnding(draft, (Input.Define) input, around);
      case HOLD -> WishRules.hold(draft, ((Input.Hold) input).reason());
      case EXITED -> ExitRules.ended(draft, (Input.Exited) input, draft.stopCause, around);
      case DEADLINE -> {
        // The time to stop is over: the round sees it.
        draft.disarm();
        yield Cell.ACTED;
      }
      case START,
          STOP,
          KILL,
          END_TEAM,
          SIGNAL,
          PAUSE,
          RESUME,
          LAUNCHED,
          LAUNCH_FAILED,
          FINISH_ENDED,
          SIGNAL_PROGRAM_ENDED,
          NOTIFIED,
          PINGED,
          AILING,
          MORE_TIME,
          SAID,
          LEFT_BEHIND,
          OUTPUT_LOST ->
          Cell.NOTHING;
    };
  }

  /** A start that is under way is a new run already. */
  private static Cell restart(ChildDraft draft, String reason, Surroundings around) {
    Cell wanted = WishRules.wantRunning(draft, Desire.UP, reason, around);
    return draft.phase == Phase.LAUNCHING ? wanted : stop(draft, reason);
  }

  private static Cell redefine(ChildDraft draft, Input.Define input) {
    return draft.redefine(input.spec(), input.reason())
        ? stop(draft, input.reason())
        : Cell.NOTHING;
  }

  private static Cell launched(ChildDraft draft) {
    if (draft.phase != Phase.LAUNCHING) {
      return Cell.NOTHING;
    }
    draft.launchedNanos = draft.moment.nowNanos();
    draft.enter(Phase.RUNNING, "all its children have been launched");
    ReadyRules.becomeReady(draft);
    return Cell.ACTED;
  }

  private static Cell stop(ChildDraft draft, String reason) {
    draft.stopCause = ExitCause.ASKED_TO_STOP;
    draft.team = draft.team().ending(new ExitStatus.Completed()).blaming(List.of());
    return leave(draft, reason);
  }

  private static Cell end(ChildDraft draft, Input.EndTeam input) {
    boolean neverUp =
        draft.phase == Phase.LAUNCHING && input.outcome().kind() == ExitStatus.Kind.GAVE_UP;
    draft.stopCause = neverUp ? ExitCause.LAUNCH_FAILED : ExitCause.BY_ITSELF;
    draft.team = draft.team().ending(input.outcome());
    return leave(draft, input.reason());
  }

  private static Cell leave(ChildDraft draft, String reason) {
    draft.enter(Phase.STOPPING, reason);
    ((SupervisorSpec) draft.spec).stop().within().ifPresent(draft::arm);
    return Cell.ACTED;
  }
}
