package org.jsupervisor.core.internal.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jsupervisor.event.PublishedEvent;
import org.jsupervisor.event.SignalOutcome;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.event.WishOrigin;
import org.jsupervisor.policy.RestartDecision;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Notice;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Due;
import org.jsupervisor.snapshot.Explanation;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.Reason;
import org.jsupervisor.snapshot.Remedy;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.Leftovers;

/** One event of each kind. */
final class Samples {
  static final ChildId WEB = ChildId.of("web");
  static final Incarnation RUN = new Incarnation(WEB, 3);

  private Samples() {}

  static PublishedEvent published(SupervisorEvent event) {
    return new PublishedEvent(7, Instant.EPOCH, event);
  }

  static SupervisorEvent.Launched launched() {
    return new SupervisorEvent.Launched(RUN, new Pid(4711));
  }

  static SupervisorEvent.Ended exited(int code) {
    return ended(new ExitStatus.Exited(code));
  }

  static SupervisorEvent.Ended ended(ExitStatus status) {
    return new SupervisorEvent.Ended(
        new Exit(RUN, status, ExitCause.BY_ITSELF, Duration.ofMillis(5_250)));
  }

  static SupervisorEvent.PhaseChanged phase(Phase from, Phase to) {
    return new SupervisorEvent.PhaseChanged(WEB, from, to, "since it is so");
  }

  static SupervisorEvent.GaveUp gaveUp(RestartDecision decision) {
    return new SupervisorEvent.GaveUp(WEB, decision);
  }

  private static SupervisorEvent.GiveUpExplained explained() {
    Reason reason = new Reason(WEB, "gave up", Instant.EPOCH, new Due.Never(), Remedy.UP);
    return new SupervisorEvent.GiveUpExplained(new Explanation(WEB, List.of(reason)));
  }

  static List<SupervisorEvent> all() {
    return List.of(
        new SupervisorEvent.Defined(WEB),
        new SupervisorEvent.DesireChanged(
            WEB, Desire.UP, WishOrigin.ASKED, "asked by jmx:olga: deploy"),
        launched(),
        phase(Phase.LAUNCHING, Phase.RUNNING),
        new SupervisorEvent.Ready(RUN),
        new SupervisorEvent.SignalSent(RUN, Signal.TERM, "stop"),
        new SupervisorEvent.SignalDelegated(RUN, Signal.TERM, "stop"),
        new SupervisorEvent.SignalProgramEnded(RUN, Signal.TERM, SignalOutcome.SENT, "exited 1"),
        new SupervisorEvent.InputEnded(RUN, "stop"),
        new SupervisorEvent.Interrupted(RUN, "stop"),
        new SupervisorEvent.Said(RUN, Notice.of(Notice.Kind.RELOADING, "reloads")),
        new SupervisorEvent.OutputLost(RUN, 99, "disk full"),
        new SupervisorEvent.LogRotated(WEB, "asked"),
        new SupervisorEvent.LeftBehind(RUN, 2, Leftovers.KILLED),
        new SupervisorEvent.FinishFailed(RUN, "too slow"),
        new SupervisorEvent.DecisionFailed(WEB, "a bug"),
        exited(3),
        phase(Phase.RUNNING, Phase.BACKOFF),
        new SupervisorEvent.RestartScheduled(WEB, 2, Duration.ofMillis(1_500)),
        new SupervisorEvent.GroupRestart(ChildId.ROOT, WEB, List.of(WEB)),
        gaveUp(new RestartDecision.StayDown("too often")),
        explained(),
        new SupervisorEvent.TaskStarted(RUN),
        new SupervisorEvent.TreePhaseChanged(TreePhase.RUNNING, TreePhase.STOPPING, "asked"),
        new SupervisorEvent.Removed(WEB));
  }
}
