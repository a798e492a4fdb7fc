package org.jsupervisor.core.internal.model;

import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;

/** The rows of the phases in which a worker has a process or a task, or one is coming. */
final class AliveRules {
  private static final int POLITE_STEPS_ARE_OVER = Integer.MAX_VALUE;

  private AliveRules() {}

  static Cell launching(ChildDraft draft, Input.ChildInput input, Surroundings around) {
    return switch (input.kind()) {
      case UP -> WishRules.want(draft, Desire.UP, ((Input.Up) input).reason(), around);
      case ONCE -> WishRules.want(draft, Desire.ONCE, ((Input.Once) input).reason(), around);
      case RESTART -> WishRules.want(draft, Desire.UP, ((Input.Restart) input).reason(), around);
      case DOWN -> {
        draft.want(Desire.DOWN, ((Input.Down) input).reason());
        yield abort(draft);
      }
      case REMOVE -> {
        Cell unused = WishRules.remove(draft, (Input.Remove) input);
        yield abort(draft);
      }
      case DEFINE ->
          WishRules.define(draft, (Input.Define) input, around) ? abort(draft) : Cell.NOTHING;
      case LAUNCHED -> launched(draft, life(input));
      case LAUNCH_FAILED -> launchFailed(draft, (Input.LaunchFailed) input, around);
      case DEADLINE -> {
        draft.stopCause = draft.stopOnLaunch ? ExitCause.ASKED_TO_STOP : ExitCause.START_TIMEOUT;
        draft.enter(Phase.UNKILLABLE, "the launch hangs");
        yield Cell.ACTED;
      }
      case LEFT_BEHIND, OUTPUT_LOST -> tellAside(draft, input);
      case HOLD -> WishRules.hold(draft, ((Input.Hold) input).reason());
      case STOP -> abort(draft);
      case KILL -> hurry(draft);
      case START,
          END_TEAM,
          SIGNAL,
          PAUSE,
          RESUME,
          EXITED,
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
        draft.want(Desire.DOWN, ((Input.Down) input).reason());
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
      case START, END_TEAM, LAUNCHED, LAUNCH_FAILED -> Cell.NOTHING;
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
      case EXITED -> ExitRules.ended(draft, (Input.Exited) input, draft.stopCause, around);
      case LAUNCHED -> lateLaunch(draft, life(input));
      case LAUNCH_FAILED ->
          draft.life instanceof Life.None
              ? launchFailed(draft, (Input.LaunchFailed) input, around)
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
      case STOP, END_TEAM, PAUSE, RESUME, NOTIFIED, PINGED, AILING -> Cell.NOTHING;
    };
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

  /** The launch cannot be called back: its run is stopped as soon as it is there. */
  private static Cell abort(ChildDraft draft) {
    if (!draft.stopOnLaunch) {
      draft.stopOnLaunch = true;
      draft.arm(draft.ladder.total());
    }
    return Cell.ACTED;
  }

  /**
   * As {@link #abort}, but the launch has no more time than a process has after KILL, and a run
   * that comes of it gets no polite steps.
   */
  private static Cell hurry(ChildDraft draft) {
    draft.stopStep = POLITE_STEPS_ARE_OVER;
    long latest = draft.moment.nowNanos() + draft.ladder.killWait().toNanos();
    if (draft.stopOnLaunch && draft.deadlineNanos - latest <= 0) {
      return Cell.NOTHING;
    }
    draft.stopOnLaunch = true;
    draft.armAt(latest);
    return Cell.ACTED;
  }

  private static Cell kill(ChildDraft draft, ExitCause cause, Input.Kill input) {
    return StopRules.kill(draft, cause, input.reason());
  }

  private static Cell redefineRunning(ChildDraft draft, Input.Define input) {
    return draft.redefine(input.spec(), input.reason())
        ? stop(draft, input.reason())
        : Cell.NOTHING;
  }

  private static Life life(Input.ChildInput input) {
    return input instanceof Input.Launched launched
        ? new Life.OfProcess(launched.pid())
        : Life.TASK;
  }

  private static Cell launched(ChildDraft draft, Life begun) {
    boolean unwanted = draft.stopOnLaunch;
    draft.stopOnLaunch = false;
    draft.run(begun);
    if (unwanted) {
      String reason = "not wanted any more when it was launched";
      return draft.stopStep == POLITE_STEPS_ARE_OVER
          ? StopRules.kill(draft, ExitCause.ASKED_TO_STOP, reason)
          : stop(draft, reason);
    }
    ReadyRules.await(draft);
    return Cell.ACTED;
  }

  private static Cell launchFailed(
      ChildDraft draft, Input.LaunchFailed input, Surroundings around) {
    boolean givenUp = draft.phase == Phase.UNKILLABLE;
    boolean unwanted = givenUp ? draft.stopCause == ExitCause.ASKED_TO_STOP : draft.stopOnLaunch;
    draft.stopOnLaunch = false;
    ExitCause cause = unwanted ? ExitCause.ASKED_TO_STOP : ExitCause.LAUNCH_FAILED;
    return ExitRules.ended(
        draft,
        new Input.Exited(input.incarnation(), new ExitStatus.NeverStarted(input.failure())),
        cause,
        around);
  }

  /** A launch that hung comes back after all. */
  private static Cell lateLaunch(ChildDraft draft, Life begun) {
    if (!(draft.life instanceof Life.None)) {
      return Cell.NOTHING;
    }
    draft.stopOnLaunch = false;
    draft.life = begun;
    draft.launchedNanos = draft.moment.nowNanos();
    StopRules.force(draft, "its launch had been given up");
    return Cell.ACTED;
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
