package org.jsupervisor.core.internal.model;

import java.util.List;
import java.util.Objects;
import org.jsupervisor.core.internal.model.PendingSignals.Pending;
import org.jsupervisor.core.internal.model.PendingSignals.Purpose;
import org.jsupervisor.event.SignalOutcome;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.ProcessSpec;

/**
 * Signals that were asked for: each is sent, or its program is run, whose end decides. All that is
 * sent to a run comes through here or is never replaced.
 */
final class SignalProgramRules {
  private SignalProgramRules() {}

  /** Sends the signal, unless the run has a program for it, which is run then. */
  static void ask(ChildDraft draft, Signal signal, Purpose purpose, String reason) {
    discardOpposite(draft, signal);
    if (!hasProgram(draft, signal)) {
      send(draft, signal, purpose, reason);
    } else if (draft.pending.has(signal)) {
      delegate(draft, signal, "it is still under way; " + reason);
    } else {
      run(draft, signal, purpose, reason);
    }
  }

  /** What was sent KILL hears nothing any more: there is nothing polite to be done instead. */
  private static boolean hasProgram(ChildDraft draft, Signal signal) {
    return (draft.phase == Phase.RUNNING || draft.phase == Phase.STOPPING)
        && draft.launchedAs != null
        && draft.launchedAs.signalPrograms().instead(signal).isPresent();
  }

  private static void run(ChildDraft draft, Signal signal, Purpose purpose, String reason) {
    SignalOrder order = new SignalOrder(draft.incarnation(), draft.pending.last() + 1, signal);
    draft.pending = draft.pending.with(new Pending(order, purpose, reason));
    ProcessSpec spec = Objects.requireNonNull(draft.launchedAs);
    draft.log.effect(
        new Effect.RunSignalProgram(
            order, spec, ((Life.OfProcess) draft.life).pid(), (ProcessSpec) draft.spec));
    delegate(draft, signal, reason);
  }

  private static void delegate(ChildDraft draft, Signal signal, String reason) {
    draft.tell(new SupervisorEvent.SignalDelegated(draft.incarnation(), signal, reason));
  }

  /** As the kernel does with those that it has not delivered yet. */
  private static void discardOpposite(ChildDraft draft, Signal signal) {
    if (signal.equals(Signal.STOP)) {
      cutShort(draft, Signal.CONT, "STOP was asked for since");
    } else if (signal.equals(Signal.CONT)) {
      cutShort(draft, Signal.STOP, "CONT was asked for since");
    }
  }

  /** The run is over, or its stop goes on: nothing that is still under way counts any more. */
  static void cutShort(ChildDraft draft, String why) {
    for (Signal signal : List.copyOf(draft.pending.bySignal().keySet())) {
      cutShort(draft, signal, why);
    }
  }

  private static void cutShort(ChildDraft draft, Signal signal, String why) {
    Pending pending = draft.pending.bySignal().get(signal);
    if (pending != null) {
      draft.log.effect(new Effect.KillSignalProgram(pending.order()));
      over(draft, pending, SignalOutcome.CUT_SHORT, why);
    }
  }

  private static void over(ChildDraft draft, Pending pending, SignalOutcome outcome, String why) {
    Signal signal = pending.order().signal();
    draft.pending = draft.pending.without(signal);
    draft.tell(new SupervisorEvent.SignalProgramEnded(pending.order().run(), signal, outcome, why));
  }

  /** A program is over, or has used up its limit. */
  static Cell ended(ChildDraft draft, Input.SignalProgramEnded input) {
    Pending pending = draft.pending.find(input.order()).orElse(null);
    if (pending == null) {
      return Cell.NOTHING;
    }
    String how = input.status().map(ExitStatus::describe).orElse("not over in its time: KILL");
    if (input.status().filter(new ExitStatus.Exited(0)::equals).isPresent()) {
      over(draft, pending, SignalOutcome.WITHHELD, how);
    } else {
      over(draft, pending, SignalOutcome.SENT, how);
      String reason = pending.reason() + "; its program has failed: " + how;
      send(draft, input.order().signal(), pending.purpose(), reason);
    }
    return Cell.ACTED;
  }

  private static void send(ChildDraft draft, Signal signal, Purpose purpose, String reason) {
    switch (purpose) {
      case HEARD -> SignalRules.send(draft, signal, reason);
      case STOPS -> StopRules.signal(draft, signal, reason);
    }
  }
}
