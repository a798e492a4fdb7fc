package org.jsupervisor.core.internal.model;

import java.util.List;
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
        draft.want(Desire.DOWN, ((Input.Down) input).reason());
        yield stop(draft, ((Input.Down) input).reason());
      }
      case UP -> AliveRules.wantRunning(draft, Desire.UP, ((Input.Up) input).reason(), around);
      case ONCE ->
          AliveRules.wantRunning(draft, Desire.ONCE, ((Input.Once) input).reason(), around);
      case RESTART -> {
        String reason = ((Input.Restart) input).reason();
        Cell wanted = AliveRules.wantRunning(draft, Desire.UP, reason, around);
        yield draft.phase == Phase.LAUNCHING ? wanted : stop(draft, reason);
      }
      case REMOVE -> {
        draft.want(Desire.DOWN, ((Input.Remove) input).reason());
        draft.removing = true;
        yield stop(draft, ((Input.Remove) input).reason());
      }
      case DEFINE ->
          draft.redefine(((Input.Define) input).spec(), ((Input.Define) input).reason())
              ? stop(draft, ((Input.Define) input).reason())
              : Cell.NOTHING;
      case HOLD -> AliveRules.hold(draft, ((Input.Hold) input).reason());
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
      case UP -> want(draft, Desire.UP, ((Input.Up) input).reason(), around);
      case ONCE -> want(draft, Desire.ONCE, ((Input.Once) input).reason(), around);
      case RESTART -> want(draft, Desire.UP, ((Input.Restart) input).reason(), around);
      case DOWN -> {
        draft.want(Desire.DOWN, ((Input.Down) input).reason());
        yield Cell.ACTED;
      }
      case REMOVE -> {
        draft.want(Desire.DOWN, ((Input.Remove) input).reason());
        draft.removing = true;
        yield Cell.ACTED;
      }
      case DEFINE -> define(draft, (Input.Define) input, around);
      case HOLD -> AliveRules.hold(draft, ((Input.Hold) input).reason());
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

  private static Cell launched(ChildDraft draft) {
    if (draft.phase != Phase.LAUNCHING) {
      return Cell.NOTHING;
    }
    draft.launchedNanos = draft.moment.nowNanos();
    draft.enter(Phase.RUNNING, "all its children have been launched");
    draft.becomeReady();
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

  private static Cell want(ChildDraft draft, Desire wanted, String reason, Surroundings around) {
    if (draft.removing) {
      return Cell.NOTHING;
    }
    draft.want(wanted, reason);
    draft.held = around == Surroundings.REGROUPING;
    draft.stopCause = ExitCause.ASKED_TO_STOP;
    return Cell.ACTED;
  }

  private static Cell define(ChildDraft draft, Input.Define input, Surroundings around) {
    boolean changed = draft.redefine(input.spec(), input.reason());
    if (draft.removing) {
      draft.removing = false;
      draft.want(input.spec().initially(), input.reason());
      draft.held = around == Surroundings.REGROUPING;
      changed = true;
    }
    if (changed) {
      draft.stopCause = ExitCause.ASKED_TO_STOP;
    }
    return changed ? Cell.ACTED : Cell.NOTHING;
  }
}
