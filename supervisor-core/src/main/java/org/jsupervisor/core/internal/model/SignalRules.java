package org.jsupervisor.core.internal.model;

import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.process.Signal;

/**
 * Signals that somebody sends to a run: they are passed on or left to their programs, and STOP and
 * CONT are remembered.
 */
final class SignalRules {
  private SignalRules() {}

  /** Whoever sends STOP or CONT pauses or resumes. A task has no signals. */
  static Cell running(ChildDraft draft, Input.ChildInput input) {
    if (!(draft.life instanceof Life.OfProcess)) {
      return Cell.NOTHING;
    }
    if (input instanceof Input.Pause pause) {
      pause(draft, pause.reason());
    } else if (input instanceof Input.Resume resume) {
      resume(draft, resume.reason());
    } else if (input instanceof Input.SendSignal send) {
      sendRunning(draft, send);
    }
    return Cell.ACTED;
  }

  private static void sendRunning(ChildDraft draft, Input.SendSignal send) {
    if (send.signal().equals(Signal.STOP)) {
      pause(draft, send.reason());
    } else if (send.signal().equals(Signal.CONT)) {
      resume(draft, send.reason());
    } else {
      ask(draft, send.signal(), send.reason());
    }
  }

  /** What is ending hears a signal, and does not stand still. */
  static Cell ending(ChildDraft draft, Input.ChildInput input) {
    if (!(draft.life instanceof Life.OfProcess)) {
      return Cell.NOTHING;
    }
    Input.SendSignal given = (Input.SendSignal) input;
    ask(draft, given.signal(), given.reason());
    return Cell.ACTED;
  }

  private static void ask(ChildDraft draft, Signal signal, String reason) {
    SignalProgramRules.ask(draft, signal, PendingSignals.Purpose.HEARD, reason);
  }

  static void send(ChildDraft draft, Signal signal, String reason) {
    draft.log.effect(new Effect.Send(draft.incarnation(), signal));
    draft.tell(new SupervisorEvent.SignalSent(draft.incarnation(), signal, reason));
  }

  /** The process stands still, and so does the time that it has to become ready. */
  private static void pause(ChildDraft draft, String reason) {
    if (!draft.paused) {
      draft.paused = true;
      draft.restNanos =
          draft.armed ? Math.max(1, draft.deadlineNanos - draft.moment.nowNanos()) : 0;
      draft.disarm();
    }
    ask(draft, Signal.STOP, reason);
  }

  private static void resume(ChildDraft draft, String reason) {
    ask(draft, Signal.CONT, reason);
    boolean stoodStill = draft.paused;
    draft.paused = false;
    if (stoodStill && draft.ready) {
      boolean unused = ReadyRules.watch(draft);
    } else if (draft.restNanos > 0) {
      draft.armAt(draft.moment.nowNanos() + draft.restNanos);
    }
    draft.restNanos = 0;
  }
}
