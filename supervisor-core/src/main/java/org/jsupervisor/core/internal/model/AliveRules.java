package org.jsupervisor.core.internal.model;

import org.jsupervisor.event.WishOrigin;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;

/** The rows of the phases in which a worker has a process or a task, or one is coming. */
final class AliveRules {
  private AliveRules() {}

  static Cell launching(ChildDraft draft, Input.ChildInput input, Surroundings around) {
    return switch (input.kind()) {
      case UP -> WishRules.want(draft, Desire.UP, ((Input.Up) input).reason(), around);
      case ONCE -> WishRules.want(draft, Desire.ONCE, ((Input.Once) input).reason(), around);
      case RESTART -> WishRules.want(draft, Desire.UP, ((Input.Restart) input).reason(), around);
      case DOWN -> {
        draft.want(Desire.DOWN, WishOrigin.ASKED, ((Input.Down) input).reason());
        yield LaunchRules.abort(draft);
      }
      case REMOVE -> {
        Cell unused = WishRules.remove(draft, (Input.Remove) input);
        yield LaunchRules.abort(draft);
      }
      case DEFINE ->
          WishRules.define(draft, (Input.Define) input, around)
              ? LaunchRules.abort(draft)
              : Cell.NOTHING;
      case LAUNCHED -> LaunchRules.launched(draft, input);
      case LAUNCH_FAILED -> LaunchRules.failed(draft, (Input.LaunchFailed) input, around);
      case DEADLINE -> LaunchRules.hangs(draft);
      case LEFT_BEHIND, OUTPUT_LOST -> tellAside(draft, input);
      case HOLD -> WishRules.hold(draft, ((Input.Hold) input).reason());
      case STOP -> LaunchRules.abort(draft);
      case KILL -> LaunchRules.hurry(draft);
      case START,
          END_TEAM,
          SIGNAL,
          PAUSE,
          RESUME,
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

  static Cell running(ChildDraft draft, Input.ChildInput input, Surroundings around) {
    return switch (input.kind()) {
      case DOWN -> {
        draft.want(Desire.DOWN, WishOrigin.ASKED, ((Input.Down) input).reason());
        yield stop(draft, ((Input.Down) input).reason());
      }
      case UP -> WishRules.wantRunning(draft, Desire.UP, ((Input.Up) input).reason(), around);
      case ONCE -> WishRules.wantRunning(draft, Desire.ONCE, ((Input.Once) input).reason(), around);
      case RESTART -> {
        Cell unused =
            WishRules.wantRunning(draft, Desire.UP, ((Input.Restart) input).reason(), around);
        yield stop(draft, ((Input.Restart) input).reason());
      }
      case REMOVE -> {
        Cell unused = WishRules.remove(draft, (Input.Remove) input);
        yield stop(draft, ((Input.Remove) input).reason());
      }
      case DEFINE -> redefineRunning(draft, (Input.Define) input);
      case SIGNAL, PAUSE, RESUME -> SignalRules.running(draft, input);
      case SIGNAL_PROGRAM_ENDED -> signalProgramEnded(draft, input);
      case EXITED -> ExitRules.ended(draft, (Input.Exited) input, ExitCause.BY_ITSELF, around);
      case NOTIFIED -> ReadyRules.notified(draft);
      case PINGED -> ReadyRules.pinged(draft);
      case AILING -> ReadyRules.ailing(draft);
      case MORE_TIME -> ReadyRules.moreTime(draft, ((Input.MoreTime) input).by());
      case SAID -> ReadyRules.said(draft, ((Input.Said) input).notice());
      case DEADLINE -> ReadyRules.deadline(draft);
      case LEFT_BEHIND, OUTPUT_LOST -> tellAside(draft, input);
      case HOLD -> WishRules.hold(draft, ((Input.Hold) input).reason());
      case STOP -> stop(draft, ((Input.Stop) input).reason());
      case KILL -> kill(draft, ExitCause.ASKED_TO_STOP, (Input.Kill) input);
      case START, END_TEAM, LAUNCHED, LAUNCH_FAILED, FINISH_ENDED -> Cell.NOTHING;
    };
  }

  static Cell ending(ChildDraft draft, Input.ChildInput input, Surroundings around) {
    return switch (input.kind()) {
      case UP -> WishRules.want(draft, Desire.UP, ((Input.Up) input).reason(), around);
      case ONCE -> WishRules.want(draft, Desire.ONCE, ((Input.Once) input).reason(), around);
      case RESTART -> WishRules.want(draft, Desire.UP, ((Input.Restart) input).reason(), around);
      case DOWN -> WishRules.down(draft, (Input.Down) input);
      case REMOVE -> WishRules.remove(draft, (Input.Remove) input);
      case DEFINE -> WishRules.defineEnding(draft, (Input.Define) input, around);
      case SIGNAL -> SignalRules.ending(draft, input);
      case SIGNAL_PROGRAM_ENDED -> signalProgramEnded(draft, input);
      case EXITED -> ExitRules.ended(draft, (Input.Exited) input, draft.stopCause, around);
      case LAUNCHED -> LaunchRules.launchedLate(draft, input);
      case LAUNCH_FAILED ->
          draft.life instanceof Life.None
              ? LaunchRules.failed(draft, (Input.LaunchFailed) input, around)
              : Cell.NOTHING;
      case DEADLINE -> {
        StopRules.escalate(draft);
        yield Cell.ACTED;
      }
      case LEFT_BEHIND, OUTPUT_LOST -> tellAside(draft, input);
      case HOLD -> WishRules.hold(draft, ((Input.Hold) input).reason());
      case START -> release(draft);
      case KILL ->
          draft.phase == Phase.STOPPING
              ? kill(draft, draft.stopCause, (Input.Kill) input)
              : Cell.NOTHING;
      case MORE_TIME ->
          draft.phase == Phase.STOPPING
              ? ReadyRules.moreTime(draft, ((Input.MoreTime) input).by())
              : Cell.NOTHING;
      case SAID -> ReadyRules.said(draft, ((Input.Said) input).notice());
      case STOP, END_TEAM, PAUSE, RESUME, FINISH_ENDED, NOTIFIED, PINGED, AILING -> Cell.NOTHING;
    };
  }

  /** Its run is over, but not what is run after that. */
  static Cell finishing(ChildDraft draft, Input.ChildInput input, Surroundings around) {
    return switch (input.kind()) {
      case UP -> again(draft, Desire.UP, ((Input.Up) input).reason(), around);
      case ONCE -> again(draft, Desire.ONCE, ((Input.Once) input).reason(), around);
      case RESTART -> again(draft, Desire.UP, ((Input.Restart) input).reason(), around);
      case DOWN -> WishRules.down(draft, (Input.Down) input);
      case REMOVE -> WishRules.remove(draft, (Input.Remove) input);
      case DEFINE -> FinishRules.define(draft, (Input.Define) input, around);
      case FINISH_ENDED -> FinishRules.ended(draft, (Input.FinishEnded) input, around);
      case DEADLINE -> FinishRules.deadline(draft, around);
      case LEFT_BEHIND, OUTPUT_LOST -> tellAside(draft, input);
      case HOLD -> WishRules.hold(draft, ((Input.Hold) input).reason());
      case START -> FinishRules.release(draft);
      case KILL -> FinishRules.hurry(draft);
      case STOP,
          END_TEAM,
          SIGNAL,
          PAUSE,
          RESUME,
          LAUNCHED,
          LAUNCH_FAILED,
          EXITED,
          SIGNAL_PROGRAM_ENDED,
          NOTIFIED,
          PINGED,
          AILING,
          MORE_TIME,
          SAID ->
          Cell.NOTHING;
    };
  }

  private static Cell again(ChildDraft draft, Desire wanted, String reason, Surroundings around) {
    return FinishRules.again(draft, WishRules.want(draft, wanted, reason, around), reason);
  }

  /** What could not be stopped in its turn starts when it is dead after all. */
  private static Cell release(ChildDraft draft) {
    if (!draft.held) {
      return Cell.NOTHING;
    }
    draft.held = false;
    draft.stopCause = ExitCause.ASKED_TO_STOP;
    return Cell.ACTED;
  }

  private static Cell kill(ChildDraft draft, ExitCause cause, Input.Kill input) {
    return StopRules.kill(draft, cause, input.reason());
  }

  private static Cell signalProgramEnded(ChildDraft draft, Input.ChildInput input) {
    return SignalProgramRules.ended(draft, (Input.SignalProgramEnded) input);
  }

  private static Cell redefineRunning(ChildDraft draft, Input.Define input) {
    return draft.redefine(input.spec(), input.reason())
        ? stop(draft, input.reason())
        : Cell.NOTHING;
  }

  private static Cell stop(ChildDraft draft, String reason) {
    StopRules.begin(draft, ExitCause.ASKED_TO_STOP, reason);
    return Cell.ACTED;
  }

  private static Cell tellAside(ChildDraft draft, Input.ChildInput input) {
    draft.tellAside(input);
    return Cell.ACTED;
  }
}
