package org.jsupervisor.core.internal.model;

import org.jsupervisor.process.Signal;

/** Signals that somebody sends to a run: they are passed on, and STOP and CONT are remembered. */
final class SignalRules {
  private SignalRules() {}

  /** Whoever sends STOP or CONT pauses or resumes. A task has no signals. */
  static Cell running(ChildDraft draft, Input.ChildInput input) {
    if (!(draft.life instanceof Life.OfProcess)) {
      return Cell.NOTHING;
    }
    if (input instanceof Input.Pause pause) {
      draft.pause(pause.reason());
    } else if (input instanceof Input.Resume resume) {
      draft.resume(resume.reason());
    } else if (input instanceof Input.SendSignal send) {
      sendRunning(draft, send);
    }
    return Cell.ACTED;
  }

  private static void sendRunning(ChildDraft draft, Input.SendSignal send) {
    if (send.signal().equals(Signal.STOP)) {
      draft.pause(send.reason());
    } else if (send.signal().equals(Signal.CONT)) {
      draft.resume(send.reason());
    } else {
      draft.send(send.signal(), send.reason());
    }
  }

  /** What is ending hears a signal, and does not stand still. */
  static Cell ending(ChildDraft draft, Input.ChildInput input) {
    if (!(draft.life instanceof Life.OfProcess)) {
      return Cell.NOTHING;
    }
    Input.SendSignal given = (Input.SendSignal) input;
    draft.send(given.signal(), given.reason());
    return Cell.ACTED;
  }
}
