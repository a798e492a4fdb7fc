package org.jsupervisor.samples.scenarios;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.simulation.Trace;
import org.jsupervisor.simulation.TraceLine;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Phase;

/** Writes a trace as JSON lines: what a program of another language can be compared with. */
final class TraceWriter {
  private TraceWriter() {}

  static List<String> write(Trace trace) {
    List<String> lines = new ArrayList<>();
    for (TraceLine line : trace.lines()) {
      object(line).ifPresent(object -> lines.add(Json.write(object)));
    }
    lines.add(Json.write(end(trace)));
    trace
        .broken()
        .ifPresent(
            what -> {
              Map<String, Object> broken = new LinkedHashMap<>();
              broken.put("what", "broken");
              broken.put("invariant", what);
              lines.add(Json.write(broken));
            });
    return lines;
  }

  private static Map<String, Object> begin(Duration at, String what) {
    Map<String, Object> object = new LinkedHashMap<>();
    BigDecimal millis = BigDecimal.valueOf(at.toNanos(), 6).stripTrailingZeros();
    object.put("at_ms", millis.scale() <= 0 ? millis.longValueExact() : millis);
    object.put("what", what);
    return object;
  }

  private static Optional<Map<String, Object>> object(TraceLine line) {
    if (line instanceof TraceLine.Happened happened) {
      Map<String, Object> object = begin(line.at(), "happens");
      object.put("happening", ScenarioWriter.happening(happened.happening()));
      return Optional.of(object);
    } else if (line instanceof TraceLine.Answered answered) {
      Map<String, Object> object = begin(line.at(), "answer");
      object.put("to", answered.operation().describe());
      object.put("result", answered.refusal().map(TraceWriter::word).orElse("done"));
      return Optional.of(object);
    }
    TraceLine.Told told = (TraceLine.Told) line;
    return Optional.of(told(told.at(), told.event())).filter(object -> !object.isEmpty());
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, Object> told(Duration at, SupervisorEvent event) {
    if (event instanceof SupervisorEvent.PhaseChanged changed) {
      return phase(at, changed);
    } else if (event instanceof SupervisorEvent.Launched launched) {
      Map<String, Object> object = about(at, "started", event);
      object.put("run", launched.incarnation().number());
      return object;
    } else if (event instanceof SupervisorEvent.TaskStarted started) {
      Map<String, Object> object = about(at, "started", event);
      object.put("run", started.incarnation().number());
      return object;
    } else if (event instanceof SupervisorEvent.Interrupted) {
      return about(at, "interrupt", event);
    } else if (event instanceof SupervisorEvent.Ready) {
      return about(at, "ready", event);
    } else if (event instanceof SupervisorEvent.Ended ended) {
      return end(at, ended);
    } else if (event instanceof SupervisorEvent.InputEnded) {
      return about(at, "end_of_input", event);
    } else if (event instanceof SupervisorEvent.FinishFailed) {
      return about(at, "finish_failed", event);
    } else if (event instanceof SupervisorEvent.TreePhaseChanged changed) {
      Map<String, Object> object = begin(at, "tree");
      object.put("phase", word(changed.to()));
      object.put("reason", changed.reason());
      return object;
    } else if (event instanceof SupervisorEvent.Removed) {
      return about(at, "removed", event);
    }
    return decided(at, event).or(() -> signal(at, event)).orElse(Map.of());
  }

  /** What follows from an end. */
  private static Optional<Map<String, Object>> decided(Duration at, SupervisorEvent event) {
    Map<String, Object> object;
    if (event instanceof SupervisorEvent.RestartScheduled restart) {
      object = about(at, "restart", event);
      object.put("attempt", restart.attempt());
      object.put("delay_ms", restart.delay().toMillis());
    } else if (event instanceof SupervisorEvent.GroupRestart group) {
      object = about(at, "group_restart", event);
      object.put("failed", group.failed().path());
      object.put("members", group.members().stream().map(member -> member.path()).toList());
    } else if (event instanceof SupervisorEvent.GaveUp gaveUp) {
      object = about(at, "give_up", event);
      object.put("decision", word(gaveUp.decision().kind()));
    } else {
      return Optional.empty();
    }
    return Optional.of(object);
  }

  private static Optional<Map<String, Object>> signal(Duration at, SupervisorEvent event) {
    Map<String, Object> object;
    if (event instanceof SupervisorEvent.SignalSent sent) {
      object = about(at, "signal", event);
      object.put("name", sent.signal().name());
    } else if (event instanceof SupervisorEvent.SignalDelegated delegated) {
      object = about(at, "signal_program", event);
      object.put("name", delegated.signal().name());
    } else if (event instanceof SupervisorEvent.SignalProgramEnded ended) {
      object = about(at, "signal_program_ended", event);
      object.put("name", ended.signal().name());
      object.put("outcome", word(ended.outcome()));
    } else {
      return Optional.empty();
    }
    return Optional.of(object);
  }

  private static Map<String, Object> about(Duration at, String what, SupervisorEvent event) {
    Map<String, Object> object = begin(at, what);
    object.put("child", event.child().toString());
    return object;
  }

  /** Those that others would call by a name of their own; the rest is in the text. */
  private static Map<String, Object> phase(Duration at, SupervisorEvent.PhaseChanged changed) {
    return switch (changed.to()) {
      case LAUNCHING -> about(at, "start", changed);
      case STOPPING -> about(at, "stop", changed);
      case KILLING -> about(at, "kill", changed);
      case FINISHING -> about(at, "finish", changed);
      case UNKILLABLE, QUARANTINED, FINISHED, FAILED -> about(at, word(changed.to()), changed);
      case DOWN, RUNNING, WAITING, BACKOFF -> Map.of();
    };
  }

  private static Map<String, Object> end(Duration at, SupervisorEvent.Ended ended) {
    Exit exit = ended.exit();
    boolean failed = exit.status().kind() == ExitStatus.Kind.NEVER_STARTED;
    Map<String, Object> object = about(at, failed ? "start_failed" : "exit", ended);
    object.put("run", exit.incarnation().number());
    if (exit.status() instanceof ExitStatus.Exited exited) {
      object.put("code", exited.code());
    } else if (exit.status() instanceof ExitStatus.Signalled signalled) {
      object.put("killed_by", signalled.signal().name());
    } else if (exit.status() instanceof ExitStatus.NeverStarted never) {
      object.put("error", never.failure().error());
    } else {
      object.put("status", word(exit.status().kind()));
    }
    object.put("cause", word(exit.cause()));
    return object;
  }

  private static Map<String, Object> end(Trace trace) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("what", "end");
    object.put("tree", word(trace.end().phase()));
    trace.report().ifPresent(report -> object.put("cause", word(report.cause())));
    List<Object> children = new ArrayList<>();
    for (ChildSnapshot child : trace.end().children()) {
      Map<String, Object> state = new LinkedHashMap<>();
      state.put("child", child.id().path());
      state.put("wanted", word(child.desire()));
      state.put("phase", word(child.phase()));
      if (child.phase() == Phase.RUNNING) {
        state.put("ready", child.ready());
      }
      state.put("launches", child.counters().launches());
      state.put("exits", child.counters().exits());
      state.put("restarts", child.counters().restarts());
      children.add(state);
    }
    object.put("children", children);
    return object;
  }
}
