package org.jsupervisor.core.internal.model;

import org.jsupervisor.event.WishOrigin;
import org.jsupervisor.policy.RestartHistory;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;

/** The rows of the phases in which there is no process. */
final class AbsentRules {
  private AbsentRules() {}

  static Cell step(ChildDraft draft, Input.ChildInput input, Surroundings around) {
    return switch (input.kind()) {
      case UP -> startAfresh(draft, Desire.UP, ((Input.Up) input).reason(), around);
      case ONCE -> startAfresh(draft, Desire.ONCE, ((Input.Once) input).reason(), around);
      case RESTART -> start(draft, Desire.UP, ((Input.Restart) input).reason(), around);
      case DOWN -> down(draft, ((Input.Down) input).reason());
      case DEFINE -> define(draft, (Input.Define) input, around);
      case REMOVE -> {
        draft.leave(((Input.Remove) input).reason());
        yield Cell.ACTED;
      }
      case HOLD -> hold(draft, ((Input.Hold) input).reason());
      case START -> take(draft);
      case DEADLINE -> deadline(draft);
      case LEFT_BEHIND, OUTPUT_LOST -> {
        draft.tellAside(input);
        yield Cell.ACTED;
      }
      case STOP,
          KILL,
          END_TEAM,
          SIGNAL,
          PAUSE,
          RESUME,
          LAUNCHED,
          LAUNCH_FAILED,
          EXITED,
          FINISH_ENDED,
          SIGNAL_PROGRAM_ENDED,
          NOTIFIED,
          PINGED,
          AILING,
          MORE_TIME,
          SAID ->
          Cell.NOTHING;
    };
  }

  /** Who wants it up gives it all its chances back. */
  private static Cell startAfresh(
      ChildDraft draft, Desire wanted, String reason, Surroundings around) {
    if (draft.removing) {
      return Cell.NOTHING;
    }
    draft.history = RestartHistory.EMPTY;
    return start(draft, wanted, reason, around);
  }

  /** Who only wants another run changes no budget. */
  private static Cell start(ChildDraft draft, Desire wanted, String reason, Surroundings around) {
    if (draft.removing) {
      return Cell.NOTHING;
    }
    draft.want(wanted, WishOrigin.ASKED, reason);
    if (draft.phase != Phase.WAITING) {
      startInTurn(draft, reason, around);
    }
    return Cell.ACTED;
  }

  /** At once, or when its turn in the restart of its group has come. */
  private static void startInTurn(ChildDraft draft, String reason, Surroundings around) {
    if (around == Surroundings.REGROUPING) {
      draft.held = true;
      draft.enter(Phase.WAITING, reason);
    } else {
      LaunchRules.begin(draft, reason);
    }
  }

  private static Cell down(ChildDraft draft, String reason) {
    if (draft.phase == Phase.DOWN && draft.desire == Desire.DOWN) {
      return Cell.NOTHING;
    }
    draft.want(Desire.DOWN, WishOrigin.ASKED, reason);
    draft.held = false;
    draft.enter(Phase.DOWN, reason);
    return Cell.ACTED;
  }

  /** A child that is wanted up gets a new chance with a new spec, also one that had given up. */
  private static Cell define(ChildDraft draft, Input.Define input, Surroundings around) {
    boolean changed = draft.redefine(input.spec(), input.reason());
    if (draft.removing) {
      draft.removing = false;
      draft.want(input.spec().initially(), WishOrigin.DEFINITION, input.reason());
      changed = true;
    }
    if (!changed) {
      return Cell.NOTHING;
    }
    if (draft.desire == Desire.UP && draft.phase != Phase.WAITING) {
      draft.history = RestartHistory.EMPTY;
      startInTurn(draft, input.reason(), around);
    }
    return Cell.ACTED;
  }

  /** What has given up, or is not wanted, does not take part in a restart of its group. */
  private static Cell hold(ChildDraft draft, String reason) {
    boolean out = draft.phase == Phase.QUARANTINED || draft.phase == Phase.FAILED;
    if (out || draft.desire == Desire.DOWN) {
      return Cell.NOTHING;
    }
    draft.held = true;
    draft.enter(Phase.WAITING, reason);
    return Cell.ACTED;
  }

  private static Cell take(ChildDraft draft) {
    if (draft.phase != Phase.WAITING) {
      return Cell.NOTHING;
    }
    LaunchRules.begin(draft, "its turn has come");
    return Cell.ACTED;
  }

  private static Cell deadline(ChildDraft draft) {
    return switch (draft.phase) {
      case BACKOFF -> {
        LaunchRules.begin(draft, "back-off is over");
        yield Cell.ACTED;
      }
      case QUARANTINED -> {
        LaunchRules.begin(draft, "probation start after quarantine");
        yield Cell.ACTED;
      }
      case DOWN,
          WAITING,
          FINISHED,
          FAILED,
          LAUNCHING,
          RUNNING,
          STOPPING,
          KILLING,
          UNKILLABLE,
          FINISHING ->
          Cell.NOTHING;
    };
  }
}
