package org.jsupervisor.core.internal.model;

import java.time.Duration;
import java.util.stream.Stream;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.event.WishOrigin;
import org.jsupervisor.policy.RestartCharge;
import org.jsupervisor.policy.RestartDecision;
import org.jsupervisor.policy.RestartQuestion;
import org.jsupervisor.policy.RestartType;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.Significance;

/** What follows from the end of a run. */
final class ExitRules {
  private ExitRules() {}

  static Cell ended(ChildDraft draft, Input.Exited end, ExitCause cause, Surroundings around) {
    Life before = draft.life;
    boolean wasReady = draft.ready;
    Duration readyFor = readyFor(draft);
    Exit exit = writeDown(draft, end, cause);
    EndedRun run = new EndedRun(exit, wasReady, readyFor, draft.reason);
    return FinishRules.begin(draft, run, before) ? Cell.ACTED : follow(draft, run, cause, around);
  }

  /**
   * Decides what follows, when nothing is run after it any more; as if this had been the cause of
   * its end.
   */
  static Cell follow(ChildDraft draft, EndedRun run, ExitCause cause, Surroundings around) {
    boolean byItself = cause != ExitCause.ASKED_TO_STOP;
    Exit exit = run.exit();
    if (settlesWhatever(draft, run, byItself, around)) {
      return Cell.ACTED;
    }
    if (draft.held) {
      endedInGroup(draft, exit, run.readyFor());
    } else if (cause == ExitCause.ASKED_TO_STOP) {
      LaunchRules.begin(draft, "restarted: " + run.why());
    } else if (run.hasDeclined() && cause == ExitCause.BY_ITSELF) {
      decline(draft, exit);
    } else {
      Cell obeyed = obey(draft, decide(draft, question(draft, exit, run.readyFor())), exit);
      if (cause == ExitCause.LAUNCH_FAILED) {
        draft.appeal = draft.appeal.afterFailedStart(exit.describe());
      }
      return obeyed;
    }
    return Cell.ACTED;
  }

  /** As {@link #follow}, but what was run after it has said that there must be no other run. */
  static Cell followNever(ChildDraft draft, EndedRun run, String said, Surroundings around) {
    boolean isOnce = draft.desire == Desire.ONCE;
    if (settlesWhatever(draft, run, isOnce, around)) {
      return Cell.ACTED;
    }
    draft.held = false;
    String reason = "its finish says that it is not to be started again (" + said + ")";
    return obey(
        draft,
        isTemporary(draft) ? new RestartDecision.Forget() : new RestartDecision.StayDown(reason),
        run.exit());
  }

  /** What it is when it is not to be up, whatever its end says. Returns whether that is so. */
  private static boolean settlesWhatever(
      ChildDraft draft, EndedRun run, boolean onceIsOver, Surroundings around) {
    String after = run.exit().describe();
    if (draft.id.isRoot()) {
      draft.enter(Phase.DOWN, draft.reason);
    } else if (draft.removing) {
      draft.enter(Phase.DOWN, "removed");
      draft.leave("removed");
    } else if (draft.desire == Desire.ONCE && (onceIsOver || around == Surroundings.STOPPING)) {
      // Not the policy's case: nobody wants another run, whatever this one came to.
      draft.want(Desire.DOWN, WishOrigin.ONCE_IS_OVER, "its one run is over");
      draft.enter(Phase.DOWN, after);
    } else if (draft.desire == Desire.DOWN || around == Surroundings.STOPPING) {
      draft.enter(Phase.DOWN, after);
    } else {
      return false;
    }
    return true;
  }

  /** Writes the end of the current run down. */
  private static Exit writeDown(ChildDraft draft, Input.Exited end, ExitCause cause) {
    boolean neverStarted = end.status().kind() == ExitStatus.Kind.NEVER_STARTED;
    long ranNanos = neverStarted ? 0 : draft.moment.nowNanos() - draft.launchedNanos;
    Duration ran = Duration.ofNanos(Math.max(0, ranNanos));
    Exit exit = new Exit(draft.incarnation(), end.status(), cause, ran, end.usage());
    draft.life = Life.NONE;
    draft.counters =
        neverStarted ? Counting.launchFailure(draft.counters) : Counting.exit(draft.counters);
    draft.lastExits =
        Stream.concat(Stream.of(exit), draft.lastExits.stream())
            .limit(ChildSnapshot.EXITS_MAX)
            .toList();
    draft.tell(new SupervisorEvent.Ended(exit));
    return exit;
  }

  /** Not the policy's case: it has not failed, and it has not ended, since it never was there. */
  private static void decline(ChildDraft draft, Exit exit) {
    if (isTemporary(draft)) {
      draft.enter(Phase.DOWN, exit.describe());
      draft.leave(exit.describe());
    } else {
      draft.enter(Phase.FINISHED, exit.describe());
    }
  }

  /**
   * The end of a member of a group that is restarted is used up by that, whoever wanted it. But a
   * significant child that had ended for good before it was stopped has ended its supervisor.
   */
  private static void endedInGroup(ChildDraft draft, Exit exit, Duration readyFor) {
    if (exit.cause() == ExitCause.BY_ITSELF
        && draft.spec.significance() == Significance.SIGNIFICANT) {
      RestartDecision.Kind kind = decide(draft, question(draft, exit, readyFor)).kind();
      if (kind == RestartDecision.Kind.FINISH || kind == RestartDecision.Kind.FORGET) {
        draft.appeal = new Appeal(Appeal.Kind.SIGNIFICANT_END, exit.describe());
      }
    }
    if (isTemporary(draft)) {
      draft.enter(Phase.DOWN, exit.describe());
      draft.leave(exit.describe());
    } else {
      draft.enter(Phase.WAITING, "its group is restarted");
    }
  }

  private static RestartQuestion question(ChildDraft draft, Exit exit, Duration readyFor) {
    return new RestartQuestion(
        exit, readyFor, draft.history, draft.moment.nowNanos(), draft.moment.random());
  }

  private static Duration readyFor(ChildDraft draft) {
    return draft.ready
        ? Duration.ofNanos(Math.max(0, draft.moment.nowNanos() - draft.readyNanos))
        : Duration.ZERO;
  }

  /** Policies are code of others: whatever they throw is an answer, never the end of the engine. */
  @SuppressWarnings({"CatchingUnchecked", "ConstantValue"})
  private static RestartDecision decide(ChildDraft draft, RestartQuestion question) {
    String error;
    try {
      RestartDecision decision = draft.spec.restart().decide(question);
      if (decision != null) {
        return decision;
      }
      error = "the restart policy answered null";
    } catch (Throwable thrown) {
      error = "the restart policy threw " + Failures.text(thrown);
    }
    draft.log.event(new SupervisorEvent.DecisionFailed(draft.id, error));
    return new RestartDecision.StayDown(error);
  }

  /** Also its type is a policy's own word; the default stands for one that cannot be told. */
  @SuppressWarnings("CatchingUnchecked")
  private static boolean isTemporary(ChildDraft draft) {
    try {
      return draft.spec.restart().type() == RestartType.TEMPORARY;
    } catch (Throwable thrown) {
      String error = "the restart policy threw " + Failures.text(thrown);
      draft.log.event(new SupervisorEvent.DecisionFailed(draft.id, error));
      return false;
    }
  }

  private static Cell obey(ChildDraft draft, RestartDecision decision, Exit exit) {
    String after = exit.describe();
    return switch (decision.kind()) {
      case RESTART -> restart(draft, (RestartDecision.Restart) decision, exit);
      case FINISH -> {
        appealIfSignificant(draft, after);
        yield settle(draft, Phase.FINISHED, after);
      }
      case FORGET -> {
        appealIfSignificant(draft, after);
        draft.enter(Phase.DOWN, after);
        draft.leave(after);
        yield Cell.ACTED;
      }
      case QUARANTINE -> quarantine(draft, (RestartDecision.Quarantine) decision, after);
      case STAY_DOWN -> {
        draft.log.event(new SupervisorEvent.GaveUp(draft.id, decision));
        yield settle(
            draft, Phase.FAILED, ((RestartDecision.StayDown) decision).reason() + "; " + after);
      }
      case ESCALATE -> escalate(draft, (RestartDecision.Escalate) decision, after);
    };
  }

  private static void appealIfSignificant(ChildDraft draft, String after) {
    if (draft.spec.significance() == Significance.SIGNIFICANT) {
      draft.appeal = new Appeal(Appeal.Kind.SIGNIFICANT_END, after);
    }
  }

  private static Cell settle(ChildDraft draft, Phase phase, String reason) {
    draft.enter(phase, reason);
    return Cell.ACTED;
  }

  private static Cell restart(ChildDraft draft, RestartDecision.Restart decision, Exit exit) {
    String after = exit.describe();
    draft.history = draft.history.restarted(decision, draft.moment.nowNanos());
    draft.counters = Counting.restart(draft.counters, exit.cause());
    if (decision.charge() != RestartCharge.NOTHING) {
      draft.appeal = new Appeal(Appeal.Kind.RESTART, after);
    }
    draft.log.event(
        new SupervisorEvent.RestartScheduled(draft.id, decision.attempt(), decision.delay()));
    draft.enter(Phase.BACKOFF, after);
    draft.arm(decision.delay());
    return Cell.ACTED;
  }

  private static Cell quarantine(
      ChildDraft draft, RestartDecision.Quarantine decision, String after) {
    draft.history = draft.history.quarantined(decision.count());
    draft.log.event(new SupervisorEvent.GaveUp(draft.id, decision));
    draft.enter(Phase.QUARANTINED, decision.reason() + "; " + after);
    draft.arm(decision.pause());
    return Cell.ACTED;
  }

  private static Cell escalate(ChildDraft draft, RestartDecision.Escalate decision, String after) {
    draft.log.event(new SupervisorEvent.GaveUp(draft.id, decision));
    draft.enter(Phase.FAILED, decision.reason() + "; " + after);
    draft.appeal = new Appeal(Appeal.Kind.ESCALATE, decision.reason() + "; " + after);
    return Cell.ACTED;
  }
}
