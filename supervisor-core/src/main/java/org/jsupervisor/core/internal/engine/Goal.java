package org.jsupervisor.core.internal.engine;

import java.util.Optional;
import org.jsupervisor.Refusal;
import org.jsupervisor.core.internal.model.ChildModel;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;

/**
 * When an operation is done. A pure function of the child as it is after a step, so "done" means
 * the same whoever asks and whatever happens meanwhile.
 *
 * @param kind what is waited for
 * @param runFrom for {@code READY} and {@code READY_OR_ENDED}: the first run that counts
 */
record Goal(Kind kind, long runFrom) {
  static final Goal DONE_AT_ONCE = new Goal(Kind.DONE_AT_ONCE, 0);
  static final Goal DEAD = new Goal(Kind.DEAD, 0);
  static final Goal GONE = new Goal(Kind.GONE, 0);

  enum Kind {
    DONE_AT_ONCE,
    READY,
    READY_OR_ENDED,
    DEAD,
    GONE
  }

  /** An operation that wants a run, the current one if that is good enough. */
  static Goal readyNow(Optional<ChildModel> child) {
    return child
        .map(c -> new Goal(Kind.READY, isUsable(c) ? c.number() : c.number() + 1))
        .orElse(new Goal(Kind.READY, 1));
  }

  /** An operation that wants one run; its end is as good as its being ready. */
  static Goal onceNow(Optional<ChildModel> child) {
    return new Goal(Kind.READY_OR_ENDED, readyNow(child).runFrom());
  }

  /** An operation that wants a new run; a launch that is under way is new. */
  static Goal readyAnew(Optional<ChildModel> child) {
    return child
        .map(
            c ->
                new Goal(
                    Kind.READY,
                    c.phase() == Phase.LAUNCHING && !c.stopOnLaunch()
                        ? c.number()
                        : c.number() + 1))
        .orElse(new Goal(Kind.READY, 1));
  }

  private static boolean isUsable(ChildModel child) {
    return child.phase() == Phase.RUNNING
        || (child.phase() == Phase.LAUNCHING && !child.stopOnLaunch());
  }

  /** How the operation stands; empty child: it is no longer part of the tree. */
  Standing judge(Optional<ChildModel> child) {
    return switch (kind) {
      case DONE_AT_ONCE -> Standing.DONE;
      case READY -> child.map(this::judgeReady).orElse(refused(Refusal.REMOVED, "was removed"));
      case READY_OR_ENDED ->
          child.map(this::judgeOnce).orElse(refused(Refusal.REMOVED, "was removed"));
      case DEAD -> child.map(Goal::judgeDead).orElse(Standing.DONE);
      case GONE -> child.map(Goal::judgeGone).orElse(Standing.DONE);
    };
  }

  private Standing judgeReady(ChildModel child) {
    if (child.removing()) {
      return refused(Refusal.REMOVED, "is being removed");
    }
    if (child.desire() == Desire.DOWN) {
      return refused(Refusal.SUPERSEDED, "is wanted down by now: " + child.reason());
    }
    return switch (child.phase()) {
      case RUNNING -> child.ready() && child.number() >= runFrom ? Standing.DONE : Standing.WAITING;
      case FINISHED -> child.number() >= runFrom ? Standing.DONE : Standing.WAITING;
      case QUARANTINED, FAILED -> refused(Refusal.GAVE_UP, "gave up: " + child.reason());
      case UNKILLABLE -> refused(Refusal.UNKILLABLE, child.reason());
      case DOWN, WAITING, LAUNCHING, STOPPING, KILLING, FINISHING, BACKOFF -> Standing.WAITING;
    };
  }

  private Standing judgeOnce(ChildModel child) {
    boolean hasEnded =
        child.desire() == Desire.DOWN && !child.phase().isAlive() && child.number() >= runFrom;
    return hasEnded && !child.removing() ? Standing.DONE : judgeReady(child);
  }

  private static Standing judgeDead(ChildModel child) {
    if (child.desire() != Desire.DOWN) {
      return refused(Refusal.SUPERSEDED, "is wanted " + child.desire() + " by now");
    }
    return judgeEnd(child);
  }

  private static Standing judgeGone(ChildModel child) {
    return child.removing()
        ? judgeEnd(child)
        : refused(Refusal.SUPERSEDED, "was defined again before it was gone");
  }

  private static Standing judgeEnd(ChildModel child) {
    return switch (child.phase()) {
      case UNKILLABLE -> refused(Refusal.UNKILLABLE, child.reason());
      case LAUNCHING, RUNNING, STOPPING, KILLING, FINISHING -> Standing.WAITING;
      case DOWN, WAITING, BACKOFF, QUARANTINED, FINISHED, FAILED -> Standing.DONE;
    };
  }

  private static Standing refused(Refusal refusal, String message) {
    return new Standing.Refused(refusal, message);
  }
}
