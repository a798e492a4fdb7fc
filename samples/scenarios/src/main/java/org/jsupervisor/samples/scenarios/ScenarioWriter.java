package org.jsupervisor.samples.scenarios;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.LaunchFault;
import org.jsupervisor.process.Signal;
import org.jsupervisor.simulation.Happening;
import org.jsupervisor.simulation.Scenario;
import org.jsupervisor.simulation.Script;
import org.jsupervisor.simulation.SimulatedProgram;

/** Writes a scenario as {@link ScenarioReader} reads it. */
final class ScenarioWriter {
  private ScenarioWriter() {}

  static List<String> write(Scenario scenario) {
    List<String> lines = new ArrayList<>();
    lines.add(line("tree", SpecWriter.spec(scenario.tree(), scenario.tree().name())));
    Map<String, Object> limits = SpecWriter.limits(scenario.limits());
    if (!limits.isEmpty()) {
      lines.add(line("limits", limits));
    }
    lines.add(line("seed", scenario.seed()));
    scenario.scripts().forEach((child, script) -> script(child.path(), script, lines));
    Duration now = Duration.ZERO;
    for (Scenario.Step step : scenario.steps()) {
      now = passTo(step.at(), now, lines);
      List<Map<String, Object>> together =
          step.together().stream().map(ScenarioWriter::happening).toList();
      lines.add(together.size() == 1 ? Json.write(together.get(0)) : line("together", together));
    }
    Duration unused = passTo(scenario.length(), now, lines);
    return lines;
  }

  private static String line(String key, Object value) {
    return Json.write(Map.of(key, value));
  }

  private static Duration passTo(Duration time, Duration now, List<String> lines) {
    if (time.compareTo(now) > 0) {
      lines.add(line("wait_ms", time.minus(now).toMillis()));
    }
    return time;
  }

  private static void script(String child, Script script, List<String> lines) {
    script.runs().forEach(run -> lines.add(Json.write(run("run", child, run))));
    if (!script.thereafter().equals(Script.WELL)) {
      Map<String, Object> later = run("run", child, script.thereafter());
      later.put("later", true);
      lines.add(Json.write(later));
    }
    script.finishes().forEach(run -> lines.add(Json.write(run("finish", child, run))));
    script.signals().forEach(run -> lines.add(Json.write(run("signal_program", child, run))));
  }

  private static Map<String, Object> run(String key, String child, SimulatedProgram run) {
    Map<String, Object> object = object(key, child);
    boolean hangs = run.launchTakes().compareTo(SimulatedProgram.FOREVER) >= 0;
    if (hangs) {
      object.put("start", "hangs");
    } else {
      put(object, "start_ms", run.launchTakes());
    }
    run.failure()
        .forEach(
            failure ->
                object.put("start", failure.fault() == LaunchFault.HOST ? "no_room" : "fails"));
    boolean saysReady = false;
    for (SimulatedProgram.Act act : run.acts()) {
      if (act instanceof SimulatedProgram.Notifies notifies) {
        saysReady = true;
        put(object, "ready_ms", notifies.after());
      } else if (act instanceof SimulatedProgram.Tells) {
        throw new IllegalArgumentException("there are no words for " + act);
      } else if (act instanceof SimulatedProgram.Ends ends) {
        object.put("exit_ms", ends.after().toMillis());
        status(ends.status(), object);
      }
    }
    if (!saysReady) {
      object.put("says_ready", false);
    }
    if (!run.ignored().isEmpty()) {
      object.put("ignores", run.ignored().stream().map(Signal::name).sorted().toList());
    }
    if (run.atEndOfInput() == SimulatedProgram.AtEndOfInput.GOES_ON) {
      object.put("ignores_end_of_input", true);
    }
    put(object, "dying_ms", run.dyingTakes());
    put(object, "report_ms", run.reportTakes());
    return object;
  }

  private static void put(Map<String, Object> object, String key, Duration time) {
    if (!time.isZero()) {
      object.put(key, time.toMillis());
    }
  }

  private static void status(ExitStatus status, Map<String, Object> object) {
    if (status instanceof ExitStatus.Exited exited) {
      object.put("code", exited.code());
    } else if (status instanceof ExitStatus.Signalled signalled) {
      object.put("killed_by", signalled.signal().name());
    } else {
      object.put("lost", true);
    }
  }

  private static Map<String, Object> object(String key, Object value) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put(key, value);
    return object;
  }

  static Map<String, Object> happening(Happening happening) {
    if (happening instanceof Happening.Exit exit) {
      Map<String, Object> object = object("exit", exit.child().path());
      status(exit.status(), object);
      return object;
    } else if (happening instanceof Happening.Up up) {
      return object("up", up.child().path());
    } else if (happening instanceof Happening.Down down) {
      return object("down", down.child().path());
    } else if (happening instanceof Happening.Restart restart) {
      return object("restart", restart.child().path());
    } else if (happening instanceof Happening.SendSignal send) {
      Map<String, Object> object = object("signal", send.child().path());
      object.put("name", send.signal().name());
      return object;
    } else if (happening instanceof Happening.Define define) {
      return object("define", SpecWriter.spec(define.spec(), define.spec().id().path()));
    } else if (happening instanceof Happening.Remove remove) {
      return object("remove", remove.child().path());
    } else if (happening instanceof Happening.Stall stall) {
      return object("stall_ms", stall.length().toMillis());
    } else if (happening instanceof Happening.LateReport late) {
      return object("late_report", late.child().path());
    }
    return more(happening);
  }

  private static Map<String, Object> more(Happening happening) {
    if (happening instanceof Happening.Once once) {
      return object("once", once.child().path());
    } else if (happening instanceof Happening.Pause pause) {
      return object("pause", pause.child().path());
    } else if (happening instanceof Happening.Resume resume) {
      return object("resume", resume.child().path());
    } else if (happening instanceof Happening.Ping ping) {
      return object("ping", ping.child().path());
    } else if (happening instanceof Happening.StaleRestart stale) {
      return object("stale_restart", stale.child().path());
    }
    return object(happening.describe().replace(' ', '_'), true);
  }
}
