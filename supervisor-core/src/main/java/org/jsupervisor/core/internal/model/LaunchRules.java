package org.jsupervisor.core.internal.model;

import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.WorkerSpec;

/**
 * The launch of a run: how it begins, and what comes of it. Once begun it cannot be called back, so
 * one that is not wanted any more is waited for.
 */
final class LaunchRules {
  private static final int POLITE_STEPS_ARE_OVER = Integer.MAX_VALUE;

  private LaunchRules() {}

  /** Starts a run, or waits at the gate. */
  static void begin(ChildDraft draft, String reason) {
    draft.stopOnLaunch = false;
    draft.stopStep = 0;
    draft.held = false;
    if (draft.phase == Phase.LAUNCHING) {
      // So that a launch that follows a failed one at once is told as every other is.
      draft.enter(Phase.DOWN, "its launch failed");
    }
    if (!draft.waitsFor.isEmpty()) {
      draft.enter(Phase.WAITING, draft.waitsFor);
      return;
    }
    draft.number++;
    draft.generation++;
    draft.counters = Counting.launch(draft.counters);
    draft.enter(Phase.LAUNCHING, reason);
    draft.launchedNanos = draft.moment.nowNanos();
    if (draft.spec instanceof WorkerSpec worker) {
      draft.ladder = StopRules.ladder(worker);
      draft.launchedAs = worker instanceof ProcessSpec process ? process : null;
      draft.log.effect(new Effect.Launch(draft.incarnation(), worker));
      draft.arm(draft.launchWithin);
    }
  }

  /** Its run is stopped as soon as it is there. */
  static Cell abort(ChildDraft draft) {
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
  static Cell hurry(ChildDraft draft) {
    long latest = draft.moment.nowNanos() + draft.ladder.killWait().toNanos();
    boolean isSoonEnough = draft.stopOnLaunch && draft.deadlineNanos - latest <= 0;
    if (isSoonEnough && draft.stopStep == POLITE_STEPS_ARE_OVER) {
      return Cell.NOTHING;
    }
    draft.stopStep = POLITE_STEPS_ARE_OVER;
    draft.stopOnLaunch = true;
    if (!isSoonEnough) {
      draft.armAt(latest);
    }
    return Cell.ACTED;
  }

  /** It has used up its time. */
  static Cell hangs(ChildDraft draft) {
    draft.stopCause = draft.stopOnLaunch ? ExitCause.ASKED_TO_STOP : ExitCause.START_TIMEOUT;
    draft.enter(Phase.UNKILLABLE, "the launch hangs");
    return Cell.ACTED;
  }

  /** Its run is there. */
  static Cell launched(ChildDraft draft, Input.ChildInput input) {
    boolean unwanted = draft.stopOnLaunch;
    draft.stopOnLaunch = false;
    run(draft, life(input));
    if (unwanted) {
      stopAtOnce(draft);
    } else {
      ReadyRules.await(draft);
    }
    return Cell.ACTED;
  }

  private static void run(ChildDraft draft, Life begun) {
    draft.life = begun;
    draft.launchedNanos = draft.moment.nowNanos();
    draft.status = "";
    draft.tell(Life.begun(draft.incarnation(), begun));
    draft.enter(Phase.RUNNING, "launched");
  }

  private static void stopAtOnce(ChildDraft draft) {
    String reason = "not wanted any more when it was launched";
    if (draft.stopStep == POLITE_STEPS_ARE_OVER) {
      Cell unused = StopRules.kill(draft, ExitCause.ASKED_TO_STOP, reason);
    } else {
      StopRules.begin(draft, ExitCause.ASKED_TO_STOP, reason);
    }
  }

  /** There is no run. */
  static Cell failed(ChildDraft draft, Input.LaunchFailed input, Surroundings around) {
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
  static Cell launchedLate(ChildDraft draft, Input.ChildInput input) {
    if (!(draft.life instanceof Life.None)) {
      return Cell.NOTHING;
    }
    draft.stopOnLaunch = false;
    draft.life = life(input);
    draft.launchedNanos = draft.moment.nowNanos();
    StopRules.force(draft, "its launch had been given up");
    return Cell.ACTED;
  }

  private static Life life(Input.ChildInput input) {
    return input instanceof Input.Launched launched
        ? new Life.OfProcess(launched.pid())
        : Life.TASK;
  }
}
