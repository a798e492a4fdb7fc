package org.jsupervisor.core.internal.observe;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jsupervisor.event.PublishedEvent;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Pid;

/**
 * What is known of an event in single facts, for programs that read logs. A change of phase says
 * nothing of runs: so the last run of each child is remembered, and the end that the next change
 * follows from. Never an argument, a variable, or output of a child.
 *
 * <p>Confined to the notifier.
 */
final class EventFields {
  private final String tree;
  private final Map<ChildId, LastRun> runs = new HashMap<>();

  /** The last run of a child; an end is forgotten with the change of phase that it has led to. */
  private record LastRun(Incarnation run, Optional<Pid> pid, Optional<Exit> end) {}

  EventFields(String tree) {
    this.tree = tree;
  }

  /** Has to hear each event, also of those that are not logged. */
  void remember(SupervisorEvent event) {
    if (event instanceof SupervisorEvent.Launched launched) {
      runs.put(
          launched.child(),
          new LastRun(launched.incarnation(), Optional.of(launched.pid()), Optional.empty()));
    } else if (event instanceof SupervisorEvent.TaskStarted started) {
      runs.put(
          started.child(), new LastRun(started.incarnation(), Optional.empty(), Optional.empty()));
    } else if (event instanceof SupervisorEvent.Ended ended) {
      Incarnation run = ended.exit().incarnation();
      Optional<Pid> pid =
          Optional.ofNullable(runs.get(ended.child()))
              .filter(last -> last.run().equals(run))
              .flatMap(LastRun::pid);
      runs.put(ended.child(), new LastRun(run, pid, Optional.of(ended.exit())));
    }
  }

  /** Likewise, when it is logged. */
  void forget(SupervisorEvent event) {
    if (event instanceof SupervisorEvent.Removed) {
      runs.remove(event.child());
    } else if (event instanceof SupervisorEvent.PhaseChanged) {
      runs.computeIfPresent(
          event.child(),
          (id, last) ->
              last.end().isEmpty() ? last : new LastRun(last.run(), last.pid(), Optional.empty()));
    }
  }

  /** Events are missing: what is remembered may be wrong. */
  void forgetAll() {
    runs.clear();
  }

  /** The facts, by key. */
  Map<String, String> of(PublishedEvent published) {
    SupervisorEvent event = published.event();
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("supervisor", tree);
    if (!event.child().isRoot()) {
      fields.put("service", event.child().path());
    }
    fields.put("event", event.getClass().getSimpleName());
    fields.put("sequence", Long.toString(published.sequence()));
    LastRun last = runs.get(event.child());
    if (last != null) {
      fields.put("incarnation", last.run().label());
      last.pid().ifPresent(pid -> fields.put("pid", pid.toString()));
      last.end().ifPresent(end -> end(end, fields::put));
    }
    own(event, fields::put);
    return fields;
  }

  private static void end(Exit end, BiConsumer<String, String> fields) {
    fields.accept("cause", end.cause().name());
    fields.accept("status", end.status().kind().name());
    fields.accept("ranMillis", Long.toString(end.ran().toMillis()));
    if (end.status() instanceof ExitStatus.Exited exited) {
      fields.accept("code", Integer.toString(exited.code()));
    } else if (end.status() instanceof ExitStatus.Signalled signalled) {
      fields.accept("signal", signalled.signal().name());
    }
  }

  private static void own(SupervisorEvent event, BiConsumer<String, String> fields) {
    if (event instanceof SupervisorEvent.PhaseChanged changed) {
      change(changed.from(), changed.to(), fields);
    } else if (event instanceof SupervisorEvent.TreePhaseChanged changed) {
      change(changed.from(), changed.to(), fields);
    } else if (event instanceof SupervisorEvent.DesireChanged changed) {
      fields.accept("desire", changed.desire().name());
    } else if (event instanceof SupervisorEvent.RestartScheduled restart) {
      fields.accept("attempt", Integer.toString(restart.attempt()));
      fields.accept("delayMillis", Long.toString(restart.delay().toMillis()));
    } else if (event instanceof SupervisorEvent.GaveUp gaveUp) {
      fields.accept("decision", gaveUp.decision().kind().name());
    } else if (event instanceof SupervisorEvent.SignalSent sent) {
      fields.accept("signal", sent.signal().name());
    } else if (event instanceof SupervisorEvent.SignalDelegated delegated) {
      fields.accept("signal", delegated.signal().name());
    } else if (event instanceof SupervisorEvent.SignalProgramEnded ended) {
      fields.accept("signal", ended.signal().name());
      fields.accept("outcome", ended.outcome().name());
    } else if (event instanceof SupervisorEvent.OutputLost lost) {
      fields.accept("bytes", Long.toString(lost.bytes()));
    }
  }

  private static void change(Enum<?> from, Enum<?> to, BiConsumer<String, String> fields) {
    fields.accept("from", from.name());
    fields.accept("to", to.name());
  }
}
