package org.jsupervisor.core.internal.observe;

import jdk.jfr.FlightRecorder;
import org.jsupervisor.event.PublishedEvent;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.event.SupervisorListener;
import org.jsupervisor.policy.RestartDecision;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.snapshot.Phase;

/**
 * The life-cycle in flight recordings; does nothing before the first recording of this JVM.
 *
 * <p>To be touched only in a runtime that has the module {@code jdk.jfr}.
 */
final class FlightRecord implements SupervisorListener {
  private final String tree;

  FlightRecord(String tree) {
    this.tree = tree;
  }

  @Override
  public void onEvent(PublishedEvent published) {
    if (FlightRecorder.isInitialized()) {
      record(published.event());
    }
  }

  private void record(SupervisorEvent event) {
    if (event instanceof SupervisorEvent.Launched launched) {
      launched(launched.incarnation(), launched.pid().value());
    } else if (event instanceof SupervisorEvent.TaskStarted started) {
      launched(started.incarnation(), 0);
    } else if (event instanceof SupervisorEvent.Ended ended) {
      ended(ended.exit());
    } else if (event instanceof SupervisorEvent.RestartScheduled restart) {
      scheduled(restart);
    } else if (event instanceof SupervisorEvent.PhaseChanged changed) {
      changed(changed);
    } else if (event instanceof SupervisorEvent.GaveUp gaveUp) {
      gaveUp(gaveUp);
    } else if (event instanceof SupervisorEvent.OutputLost lost) {
      lost(lost);
    }
  }

  private void launched(Incarnation run, long pid) {
    var launch = new FlightEvents.Launch();
    launch.run = run.number();
    launch.pid = pid;
    commit(launch, run.child().toString());
  }

  private void ended(Exit end) {
    var exit = new FlightEvents.Exit();
    exit.run = end.incarnation().number();
    exit.status = end.status().describe();
    exit.cause = end.cause().name();
    if (end.status() instanceof ExitStatus.Exited exited) {
      exit.code = exited.code();
    } else if (end.status() instanceof ExitStatus.Signalled signalled) {
      exit.signal = signalled.signal().name();
    }
    exit.lived = end.ran().toNanos();
    commit(exit, end.incarnation().child().toString());
  }

  private void scheduled(SupervisorEvent.RestartScheduled scheduled) {
    var restart = new FlightEvents.Restart();
    restart.attempt = scheduled.attempt();
    restart.delay = scheduled.delay().toNanos();
    commit(restart, scheduled.child().toString());
  }

  private void changed(SupervisorEvent.PhaseChanged changed) {
    if (changed.to() == Phase.STOPPING) {
      var stop = new FlightEvents.Stop();
      stop.reason = changed.reason();
      commit(stop, changed.child().toString());
    } else if (changed.to() == Phase.UNKILLABLE) {
      var unkillable = new FlightEvents.Unkillable();
      unkillable.reason = changed.reason();
      commit(unkillable, changed.child().toString());
    }
  }

  private void gaveUp(SupervisorEvent.GaveUp gaveUp) {
    if (gaveUp.decision() instanceof RestartDecision.Quarantine decision) {
      var quarantine = new FlightEvents.Quarantine();
      quarantine.pause = decision.pause().toNanos();
      quarantine.count = decision.count();
      quarantine.reason = decision.reason();
      commit(quarantine, gaveUp.child().toString());
    } else {
      var giveUp = new FlightEvents.GiveUp();
      giveUp.decision = gaveUp.decision().kind().name();
      giveUp.reason = reason(gaveUp.decision());
      commit(giveUp, gaveUp.child().toString());
    }
  }

  private static String reason(RestartDecision decision) {
    return switch (decision.kind()) {
      case STAY_DOWN -> ((RestartDecision.StayDown) decision).reason();
      case ESCALATE -> ((RestartDecision.Escalate) decision).reason();
      case QUARANTINE -> ((RestartDecision.Quarantine) decision).reason();
      case RESTART, FINISH, FORGET -> "";
    };
  }

  private void lost(SupervisorEvent.OutputLost lost) {
    var loss = new FlightEvents.LogLoss();
    loss.bytes = lost.bytes();
    loss.reason = lost.why();
    commit(loss, lost.child().toString());
  }

  @Override
  public void onLoss(long events) {
    if (FlightRecorder.isInitialized()) {
      var loss = new FlightEvents.EventLoss();
      loss.events = events;
      commit(loss, "");
    }
  }

  private void commit(FlightEvents.OfChild event, String child) {
    event.tree = tree;
    event.child = child;
    event.commit();
  }
}
