package org.jsupervisor.simulation;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.event.SignalOutcome;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.WorkerSpec;

/**
 * A signal that is left to its program is not sent before that has failed, and is sent then; and no
 * program goes on beyond its limit, or its run.
 */
final class SignalsReplaced {
  /** A signal to a run. */
  private record Asked(Incarnation run, Signal signal) {}

  /** A program that is ordered, not over, and was not sent KILL. */
  private static final class Program {
    private final Asked asked;
    private final Duration limit;
    private @Nullable Duration since;
    private boolean isThere;

    Program(Asked asked, Duration limit) {
      this.asked = asked;
      this.limit = limit;
    }
  }

  private final Map<Incarnation, Program> underWay = new LinkedHashMap<>();

  /** What has been ordered, and not been told. */
  private final Set<Asked> ordered = new HashSet<>();

  /** What was told to be left to its program, and nothing was told of its end. */
  private final Set<Asked> left = new HashSet<>();

  /** What must be told next of a child: that this was sent. */
  private final Map<ChildId, Signal> owed = new HashMap<>();

  private Duration stalled = Duration.ZERO;

  void stalls(Duration length) {
    stalled = stalled.plus(length);
  }

  /** A program is ordered: it is that of a run that lives, and says itself for which signal. */
  void ordered(Incarnation program, ProcessSpec spec, Map<Incarnation, WorkerSpec> open) {
    for (var each : open.entrySet()) {
      if (each.getKey().child().equals(program.child())
          && each.getValue() instanceof ProcessSpec child) {
        Optional<Asked> asked =
            child.signalPrograms().programs().entrySet().stream()
                .filter(entry -> entry.getValue().equals(spec.command()))
                .map(entry -> new Asked(each.getKey(), entry.getKey()))
                .findFirst();
        if (asked.isPresent()) {
          ordered.add(asked.get());
          underWay.put(program, new Program(asked.get(), child.signalPrograms().limit()));
          return;
        }
      }
    }
    throw new BrokenInvariant(program + " is launched, but no run has such a program");
  }

  /** KILL is sent. */
  void stops(Incarnation program) {
    underWay.remove(program);
  }

  /** The engine is handed a report. */
  void reported(PlatformReport report) {
    Program program = underWay.get(report.incarnation());
    if (program == null) {
      return;
    }
    if (report instanceof PlatformReport.Launched) {
      program.isThere = true;
    } else if (report instanceof PlatformReport.Exited
        || report instanceof PlatformReport.LaunchFailed) {
      underWay.remove(report.incarnation());
    }
  }

  void hear(SupervisorEvent event) {
    Signal due = owed.remove(event.child());
    if (due != null) {
      BrokenInvariant.unless(
          event instanceof SupervisorEvent.SignalSent sent && sent.signal().equals(due),
          "the program of " + event.child() + " for " + due + " has failed, but then: " + event);
    }
    if (event instanceof SupervisorEvent.SignalDelegated delegated) {
      Asked asked = new Asked(delegated.incarnation(), delegated.signal());
      BrokenInvariant.unless(
          ordered.remove(asked) || left.contains(asked), "there is no program for " + asked);
      left.add(asked);
    } else if (event instanceof SupervisorEvent.SignalProgramEnded ended) {
      Asked asked = new Asked(ended.incarnation(), ended.signal());
      BrokenInvariant.unless(left.remove(asked), "the program for " + asked + " was not told of");
      if (ended.outcome() == SignalOutcome.SENT) {
        owed.put(event.child(), ended.signal());
      }
    } else if (event instanceof SupervisorEvent.SignalSent sent) {
      Asked asked = new Asked(sent.incarnation(), sent.signal());
      BrokenInvariant.unless(!left.contains(asked), asked + " is sent and left to its program");
    } else if (event instanceof SupervisorEvent.PhaseChanged changed
        && changed.to() != Phase.RUNNING
        && changed.to() != Phase.STOPPING) {
      requireNoneLeft(changed);
    }
  }

  private void requireNoneLeft(SupervisorEvent.PhaseChanged changed) {
    for (Asked asked : left) {
      BrokenInvariant.unless(
          !asked.run().child().equals(changed.child()),
          changed.child() + " is " + changed.to() + ", but " + asked + " is left to its program");
    }
  }

  /** The tree has ended, and this program still has a process. */
  void leftBehind(Incarnation program) {
    BrokenInvariant.unless(
        !underWay.containsKey(program), program + " is left behind, and was not sent KILL");
  }

  /** After a cycle. */
  void check(Duration now, Map<Incarnation, WorkerSpec> open) {
    BrokenInvariant.unless(ordered.isEmpty(), "nothing was told of the programs for " + ordered);
    underWay.forEach(
        (itself, program) -> {
          program.since = program.since == null ? now : program.since;
          Duration most = program.limit.plus(stalled);
          BrokenInvariant.unless(
              !program.isThere || now.minus(program.since).compareTo(most) <= 0,
              itself + " is there since " + Trace.text(program.since) + ", beyond its limit");
          BrokenInvariant.unless(
              !program.isThere || open.containsKey(program.asked.run()),
              itself + " goes on, but " + program.asked.run() + " is over");
        });
  }
}
