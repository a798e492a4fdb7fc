package org.jsupervisor.core.internal.model;

import java.time.Duration;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.Notice;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.StopSpec;

/** When a worker that runs is ready, and how long it may be silent then. */
final class ReadyRules {
  private ReadyRules() {}

  /** It runs: from now on its readiness is waited for. */
  static void await(ChildDraft draft) {
    ReadinessSpec readiness = draft.worker().readiness();
    switch (readiness.kind()) {
      case AT_LAUNCH -> becomeReady(draft);
      case ALIVE_FOR -> draft.arm(((ReadinessSpec.AliveFor) readiness).time());
      case NOTIFIED -> draft.arm(((ReadinessSpec.Notified) readiness).within());
      case NOTIFIED_BY_SOCKET -> draft.arm(((ReadinessSpec.NotifiedBySocket) readiness).within());
      case PROBED -> {
        draft.arm(((ReadinessSpec.Probed) readiness).within());
        probe(draft);
      }
      case COMPLETED -> draft.arm(((ReadinessSpec.Completed) readiness).within());
    }
  }

  private static void probe(ChildDraft draft) {
    draft.probing = true;
    draft.log.effect(new Effect.Probe(draft.incarnation(), (ProcessSpec) draft.spec));
  }

  static void becomeReady(ChildDraft draft) {
    draft.ready = true;
    draft.reason = "ready";
    draft.readyNanos = draft.moment.nowNanos();
    draft.restNanos = 0;
    draft.disarm();
    draft.endProbe();
    draft.tell(new SupervisorEvent.Ready(draft.incarnation()));
    boolean unused = watch(draft);
  }

  /** From now on it may be silent for so long as its watchdog allows. Whether it has one. */
  static boolean watch(ChildDraft draft) {
    if (!(draft.spec instanceof ProcessSpec process) || process.watchdog().within().isEmpty()) {
      return false;
    }
    // One that stands still says nothing: its time begins when it goes on.
    if (!draft.paused) {
      draft.arm(process.watchdog().within().get());
    }
    return true;
  }

  /** The child itself, or its probe, says that it is ready. */
  static Cell notified(ChildDraft draft) {
    if (draft.ready || !draft.worker().readiness().kind().isTold()) {
      return Cell.NOTHING;
    }
    becomeReady(draft);
    return Cell.ACTED;
  }

  /** The one deadline of a run: its readiness, then its watchdog. */
  static Cell deadline(ChildDraft draft) {
    if (draft.ready) {
      StopRules.abort(draft, ExitCause.WATCHDOG, "no sign of life in its time");
    } else if (draft.worker().readiness().kind() == ReadinessSpec.Kind.ALIVE_FOR) {
      becomeReady(draft);
    } else {
      StopRules.begin(draft, ExitCause.START_TIMEOUT, "not ready in its time");
    }
    return Cell.ACTED;
  }

  /** Before it is ready nothing is expected of it, and a sign of life says nothing. */
  static Cell pinged(ChildDraft draft) {
    return draft.ready && watch(draft) ? Cell.ACTED : Cell.NOTHING;
  }

  /** It says itself that it is ill: no watchdog is needed to believe that. */
  static Cell ailing(ChildDraft draft) {
    StopRules.abort(draft, ExitCause.WATCHDOG, "says that it is ill");
    return Cell.ACTED;
  }

  /**
   * More time to become ready, until the next sign of life, or to end; never less. To live for a
   * time is not to do something: that cannot take longer.
   */
  static Cell moreTime(ChildDraft draft, Duration by) {
    if (draft.phase == Phase.RUNNING && onlyLives(draft)) {
      return Cell.NOTHING;
    }
    if (draft.phase == Phase.RUNNING && draft.paused) {
      return moreRest(draft, by);
    }
    if (!draft.armed) {
      return Cell.NOTHING;
    }
    long now = draft.moment.nowNanos();
    long wanted = now + by.toNanos();
    long deadline = draft.phase == Phase.STOPPING ? sooner(wanted, latestStop(draft)) : wanted;
    if (deadline - draft.deadlineNanos <= 0) {
      return Cell.NOTHING;
    }
    draft.armAt(deadline);
    return Cell.ACTED;
  }

  private static boolean onlyLives(ChildDraft draft) {
    return !draft.ready && draft.worker().readiness().kind() == ReadinessSpec.Kind.ALIVE_FOR;
  }

  private static Cell moreRest(ChildDraft draft, Duration by) {
    if (draft.ready || draft.restNanos == 0 || by.toNanos() <= draft.restNanos) {
      return Cell.NOTHING;
    }
    draft.restNanos = by.toNanos();
    return Cell.ACTED;
  }

  /** A stop is bounded, whatever is said in it. */
  private static long latestStop(ChildDraft draft) {
    return draft.phaseNanos + draft.ladder.total().toNanos() + StopSpec.EXTENSION_MAX.toNanos();
  }

  /** By subtraction, since readings may wrap. */
  private static long sooner(long one, long other) {
    return one - other < 0 ? one : other;
  }

  /** It decides nothing. Only how it is belongs to what it is; the rest is news. */
  static Cell said(ChildDraft draft, Notice notice) {
    draft.status =
        switch (notice.kind()) {
          case STATUS -> notice.text();
          case RELOADING, STOPPING -> notice.describe();
          case MAIN_PID, REFUSED -> draft.status;
        };
    draft.tell(new SupervisorEvent.Said(draft.incarnation(), notice));
    return Cell.ACTED;
  }
}
