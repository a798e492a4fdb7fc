package org.jsupervisor.core.internal.model;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.FinishSpec;
import org.jsupervisor.spec.ProcessSpec;

/**
 * What is run after a run: it is waited for, within its limit, before anything follows from the end
 * of the run.
 */
final class FinishRules {
  private FinishRules() {}

  /** Begins with it if there is one; then what follows comes later. */
  static boolean begin(ChildDraft draft, EndedRun ended, Life before) {
    ProcessSpec spec = draft.launchedAs;
    draft.launchedAs = null;
    // Without a process there was no run.
    if (spec == null || spec.finish().isEmpty() || !(before instanceof Life.OfProcess process)) {
      return false;
    }
    FinishSpec finish = spec.finish().orElseThrow();
    draft.enter(Phase.FINISHING, "its finish runs; " + ended.exit().describe());
    draft.finishing = new Finishing(finish, ended, "", false);
    draft.log.effect(
        new Effect.Finish(
            draft.incarnation(), spec, ended.exit(), process.pid(), (ProcessSpec) draft.spec));
    draft.arm(
        switch (draft.above) {
          case GOES_ON -> finish.limit();
          case STOPS -> shorter(finish.limit(), draft.ladder.total());
          case OVERDUE -> shorter(finish.limit(), draft.ladder.killWait());
        });
    return true;
  }

  private static Duration shorter(Duration limit, Duration other) {
    return limit.compareTo(other) < 0 ? limit : other;
  }

  /** Its supervisor begins to stop: it has no more time than the stop of the child may take. */
  static void bound(ChildDraft draft) {
    var unused = within(draft, draft.ladder.total());
  }

  /** Somebody has asked for something that, if it is wanted at the end, is another run. */
  static Cell again(ChildDraft draft, Cell asked, String why) {
    return switch (asked) {
      case NOTHING -> Cell.NOTHING;
      case ACTED -> {
        draft.finishing = underWay(draft).wantedAgain(why);
        yield Cell.ACTED;
      }
    };
  }

  /** The old run, and what follows it, say nothing about the new spec. */
  static Cell define(ChildDraft draft, Input.Define input, Surroundings around) {
    if (!WishRules.define(draft, input, around)) {
      return Cell.NOTHING;
    }
    // Who was to run once has had its run.
    return draft.desire == Desire.UP ? again(draft, Cell.ACTED, input.reason()) : Cell.ACTED;
  }

  /** What could not be stopped in its turn, but has ended since, starts when this is over. */
  static Cell release(ChildDraft draft) {
    if (!draft.held) {
      return Cell.NOTHING;
    }
    draft.held = false;
    return again(draft, Cell.ACTED, "its turn has come");
  }

  /** It has no more time than a process has after KILL. */
  static Cell hurry(ChildDraft draft) {
    return within(draft, draft.ladder.killWait());
  }

  private static Cell within(ChildDraft draft, Duration most) {
    long latest = draft.moment.nowNanos() + most.toNanos();
    if (draft.deadlineNanos - latest <= 0) {
      return Cell.NOTHING;
    }
    draft.armAt(latest);
    return Cell.ACTED;
  }

  /** Its limit is over, or it is still there after KILL. */
  static Cell deadline(ChildDraft draft, Surroundings around) {
    Finishing finishing = underWay(draft);
    if (finishing.killed()) {
      fail(draft, "still there after KILL, not waited for any more");
      return follow(draft, Optional.empty(), around);
    }
    long tenths = (draft.moment.nowNanos() - draft.phaseNanos) / 100_000_000;
    fail(draft, "not over in its time, after " + tenths / 10 + "." + tenths % 10 + " s: KILL");
    draft.finishing = finishing.afterKill();
    draft.log.effect(new Effect.KillFinish(draft.incarnation()));
    draft.arm(draft.ladder.killWait());
    return Cell.ACTED;
  }

  /** It is over. */
  static Cell ended(ChildDraft draft, Input.FinishEnded input, Surroundings around) {
    Finishing finishing = underWay(draft);
    ExitStatus status = input.status();
    if (finishing.spec().never().contains(status)) {
      return follow(draft, Optional.of(status.describe()), around);
    }
    if (!status.isClean() && !finishing.killed()) {
      fail(draft, status.describe());
    }
    return follow(draft, Optional.empty(), around);
  }

  private static Finishing underWay(ChildDraft draft) {
    return Objects.requireNonNull(draft.finishing, "nothing is run after it");
  }

  private static void fail(ChildDraft draft, String why) {
    draft.log.event(new SupervisorEvent.FinishFailed(draft.incarnation(), why));
  }

  private static Cell follow(ChildDraft draft, Optional<String> never, Surroundings around) {
    Finishing finishing = underWay(draft);
    EndedRun run = finishing.run();
    if (finishing.again().isEmpty()) {
      return never.isPresent()
          ? ExitRules.followNever(draft, run, never.get(), around)
          : ExitRules.follow(draft, run, run.exit().cause(), around);
    }
    EndedRun wanted = new EndedRun(run.exit(), run.wasReady(), run.readyFor(), finishing.again());
    return ExitRules.follow(draft, wanted, ExitCause.ASKED_TO_STOP, around);
  }
}
