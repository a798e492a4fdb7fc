package org.jsupervisor.core.internal.model;

import java.util.List;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.StopStep;
import org.jsupervisor.spec.TaskSpec;

/**
 * The stop ladder: polite steps, KILL, and the word that it cannot be killed. That of a task has no
 * steps and no KILL: an interrupt, its grace, another interrupt, and the same word.
 */
final class StopRules {
  private static final int BEFORE_THE_FIRST = -1;

  private StopRules() {}

  /** The ladder of a run; that of a task is only its grace. A supervisor is stopped otherwise. */
  static StopSpec ladder(ChildSpec spec) {
    return switch (spec.kind()) {
      case PROCESS -> ((ProcessSpec) spec).stop();
      case TASK -> new StopSpec(List.of(), ((TaskSpec) spec).grace());
      case SUPERVISOR -> StopSpec.defaults();
    };
  }

  static void begin(ChildDraft draft, ExitCause cause, String reason) {
    if (isTask(draft)) {
      draft.stopStep = 0;
      draft.stopCause = cause;
      draft.enter(Phase.STOPPING, reason);
      interrupt(draft, reason);
      draft.arm(draft.ladder.killWait());
      return;
    }
    draft.stopStep = nextStep(draft, 0);
    if (draft.stopStep == draft.ladder.ladder().size()) {
      var unused = kill(draft, cause, reason);
    } else {
      draft.stopCause = cause;
      draft.enter(Phase.STOPPING, reason);
      take(draft, draft.ladder.ladder().get(draft.stopStep), reason);
    }
  }

  /**
   * As {@link #begin}, with ABRT before the first step and with the grace of that, so that there is
   * a core to look at. A ladder without steps has no time for it.
   */
  static void abort(ChildDraft draft, ExitCause cause, String reason) {
    if (isTask(draft) || draft.ladder.ladder().isEmpty()) {
      begin(draft, cause, reason);
      return;
    }
    draft.stopStep = BEFORE_THE_FIRST;
    draft.stopCause = cause;
    draft.enter(Phase.STOPPING, reason);
    signal(draft, Signal.ABRT, reason);
    goOn(draft, Signal.ABRT);
    draft.arm(draft.ladder.ladder().get(0).grace());
  }

  /** The grace of the current step, or the wait after KILL, is over. */
  static void escalate(ChildDraft draft) {
    if (draft.phase == Phase.KILLING) {
      draft.enter(Phase.UNKILLABLE, "still there after KILL");
      return;
    }
    if (isTask(draft)) {
      draft.enter(Phase.UNKILLABLE, "still there after its interrupt");
      interrupt(draft, "grace is over");
      return;
    }
    SignalProgramRules.cutShort(draft, "grace is over");
    draft.stopStep = nextStep(draft, draft.stopStep + 1);
    if (draft.stopStep < draft.ladder.ladder().size()) {
      take(draft, draft.ladder.ladder().get(draft.stopStep), "grace is over");
    } else {
      var unused = kill(draft, draft.stopCause, "grace is over");
    }
  }

  /** The first step from this one on that makes sense: one that is being fed sees no end. */
  private static int nextStep(ChildDraft draft, int from) {
    List<StopStep> steps = draft.ladder.ladder();
    int step = from;
    while (step < steps.size() && draft.isFed && steps.get(step) instanceof StopStep.EndInput) {
      step++;
    }
    return step;
  }

  /** The strongest that there is, for what has come to life too late. */
  static void force(ChildDraft draft, String reason) {
    if (isTask(draft)) {
      interrupt(draft, reason);
    } else {
      signal(draft, Signal.KILL, reason);
    }
  }

  private static boolean isTask(ChildDraft draft) {
    return draft.spec.kind() == ChildSpec.Kind.TASK;
  }

  private static void interrupt(ChildDraft draft, String reason) {
    draft.log.effect(new Effect.Interrupt(draft.incarnation()));
    draft.log.event(new SupervisorEvent.Interrupted(draft.incarnation(), reason));
  }

  static void signal(ChildDraft draft, Signal signal, String reason) {
    draft.log.effect(new Effect.Stop(draft.incarnation(), signal));
    draft.tell(new SupervisorEvent.SignalSent(draft.incarnation(), signal, reason));
  }

  private static void take(ChildDraft draft, StopStep step, String reason) {
    if (step instanceof StopStep.SendSignal polite) {
      SignalProgramRules.ask(draft, polite.signal(), PendingSignals.Purpose.STOPS, reason);
      goOn(draft, polite.signal());
    } else if (step instanceof StopStep.EndInput) {
      draft.log.effect(new Effect.EndInput(draft.incarnation()));
      draft.tell(new SupervisorEvent.InputEnded(draft.incarnation(), reason));
      SignalRules.send(draft, Signal.CONT, "so that a stopped process sees the end of its input");
    }
    draft.arm(step.grace());
  }

  /** At once also if a program is run instead, which may ask something of the process. */
  private static void goOn(ChildDraft draft, Signal after) {
    if (!after.equals(Signal.CONT)) {
      SignalRules.send(draft, Signal.CONT, "so that a stopped process hears " + after);
    }
  }

  /** Without further grace. */
  static Cell kill(ChildDraft draft, ExitCause cause, String reason) {
    if (isTask(draft)) {
      return hurry(draft, cause, reason);
    }
    draft.stopCause = cause;
    draft.enter(Phase.KILLING, reason);
    signal(draft, Signal.KILL, reason);
    draft.arm(draft.ladder.killWait());
    return Cell.ACTED;
  }

  /** A task gets as long as a process has after KILL by default, and no longer. */
  private static Cell hurry(ChildDraft draft, ExitCause cause, String reason) {
    long latest = draft.moment.nowNanos() + StopSpec.defaults().killWait().toNanos();
    if (draft.phase == Phase.STOPPING && draft.deadlineNanos - latest <= 0) {
      return Cell.NOTHING;
    }
    if (draft.phase != Phase.STOPPING) {
      begin(draft, cause, reason);
    }
    draft.armAt(latest);
    return Cell.ACTED;
  }
}
