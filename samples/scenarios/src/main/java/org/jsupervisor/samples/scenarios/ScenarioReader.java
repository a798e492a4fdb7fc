package org.jsupervisor.samples.scenarios;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Signal;
import org.jsupervisor.simulation.Happening;
import org.jsupervisor.simulation.Scenario;
import org.jsupervisor.simulation.Script;
import org.jsupervisor.simulation.SimulatedProgram;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TreeLimits;

/** Reads a scenario from JSON lines, as docs/simulation.md has them. */
final class ScenarioReader {
  private static final ChildId WRONG = ChildId.of("wrong");

  private final List<String> problems = new ArrayList<>();
  private final Map<ChildId, Script> scripts = new TreeMap<>();
  private final List<Scenario.Step> steps = new ArrayList<>();
  private Optional<SupervisorSpec> tree = Optional.empty();
  private Duration now = Duration.ZERO;
  private TreeLimits limits = TreeLimits.defaults();
  private long seed;

  /** A file with problems, all of them. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    /** Each with its line and the rule. */
    private final transient List<String> problems;

    Refused(List<String> problems) {
      super(String.join("\n", problems));
      this.problems = List.copyOf(problems);
    }

    List<String> problems() {
      return problems;
    }
  }

  static Scenario read(List<String> lines) throws Refused {
    ScenarioReader reader = new ScenarioReader();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        reader.line(lines.get(i), i + 1);
      }
    }
    return reader.scenario();
  }

  private Scenario scenario() throws Refused {
    if (tree.isEmpty()) {
      problems.add("line 1: there must be a line with 'tree'");
    }
    if (!problems.isEmpty()) {
      throw new Refused(problems);
    }
    return new Scenario(tree.orElseThrow(), limits, new TreeMap<>(scripts), steps, now, seed);
  }

  private void line(String text, int number) {
    Fields fields;
    try {
      fields = new Fields(Json.parse(text), number, problems);
    } catch (Json.Malformed malformed) {
      problems.add("line " + number + ": " + malformed.getMessage());
      return;
    }
    if (fields.has("tree")) {
      if (tree.isPresent()) {
        fields.problem("there must be one 'tree'");
      }
      tree = Optional.of(SpecReader.tree(fields.object("tree")));
    } else if (fields.has("limits")) {
      limits = SpecReader.limits(fields.object("limits"));
    } else if (fields.has("run")) {
      run(fields);
    } else if (fields.has("finish")) {
      finish(fields);
    } else if (fields.has("signal_program")) {
      signalProgram(fields);
    } else if (fields.has("seed")) {
      seed = fields.number("seed", 0, Long.MIN_VALUE, Long.MAX_VALUE);
    } else if (fields.has("wait_ms")) {
      wait(fields);
    } else if (fields.has("together")) {
      List<Happening> together =
          fields.list("together").stream().map(each -> happening(fields.below(each))).toList();
      step(fields, together);
    } else {
      step(fields, List.of(happening(fields)));
      return;
    }
    fields.done();
  }

  private void wait(Fields fields) {
    Duration later = now.plus(fields.millis("wait_ms", Duration.ZERO));
    if (later.compareTo(Duration.ofDays(36_500)) > 0) {
      fields.problem("'wait_ms': a scenario lasts at most 36500 days");
      return;
    }
    now = later;
  }

  private void step(Fields fields, List<Happening> together) {
    if (together.isEmpty()) {
      fields.problem("'together' must have at least one happening");
    } else {
      steps.add(new Scenario.Step(now, together));
    }
  }

  private void run(Fields fields) {
    ChildId child = child(fields, "run");
    Script before = scripts.getOrDefault(child, Script.well());
    int next = before.runs().size() + 1;
    boolean later = fields.truth("later", false);
    long attempt = fields.number("attempt", next, 1, 100_000);
    SimulatedProgram run = RunReader.run(fields);
    if (later) {
      scripts.put(child, new Script(before.runs(), run, before.finishes(), before.signals()));
      return;
    }
    if (attempt < next) {
      fields.problem("'attempt' must be at least " + next + " here, was " + attempt);
      return;
    }
    List<SimulatedProgram> runs = new ArrayList<>(before.runs());
    while (runs.size() < attempt - 1) {
      runs.add(Script.WELL);
    }
    runs.add(run);
    scripts.put(child, new Script(runs, before.thereafter(), before.finishes(), before.signals()));
  }

  private void finish(Fields fields) {
    ChildId child = child(fields, "finish");
    Script before = scripts.getOrDefault(child, Script.well());
    List<SimulatedProgram> finishes = new ArrayList<>(before.finishes());
    finishes.add(RunReader.run(fields));
    scripts.put(child, before.withFinishes(finishes));
  }

  private void signalProgram(Fields fields) {
    ChildId child = child(fields, "signal_program");
    Script before = scripts.getOrDefault(child, Script.well());
    List<SimulatedProgram> signals = new ArrayList<>(before.signals());
    signals.add(RunReader.run(fields));
    scripts.put(child, before.withSignals(signals));
  }

  private static ChildId child(Fields fields, String key) {
    return fields.parsed(key, ChildId::of, WRONG);
  }

  private Happening happening(Fields fields) {
    Happening found =
        outside(fields)
            .or(() -> operation(fields))
            .or(() -> moreOperations(fields))
            .or(() -> otpOperation(fields))
            .orElse(null);
    fields.done();
    if (found == null) {
      fields.problem("there is nothing that is to happen");
      return new Happening.ExpectSettled();
    }
    return found;
  }

  private static Optional<Happening> outside(Fields fields) {
    if (fields.has("exit")) {
      ChildId child = child(fields, "exit");
      ExitStatus status =
          fields.truth("lost", false)
              ? new ExitStatus.Lost("nobody knows")
              : RunReader.status(fields);
      return Optional.of(new Happening.Exit(child, status));
    } else if (fields.has("stall_ms")) {
      return Optional.of(new Happening.Stall(fields.millis("stall_ms", Duration.ZERO)));
    } else if (fields.has("late_report")) {
      return Optional.of(new Happening.LateReport(child(fields, "late_report")));
    } else if (fields.has("recovery")) {
      requireTrue(fields, "recovery");
      return Optional.of(new Happening.Recovery());
    } else if (fields.has("expect_settled")) {
      requireTrue(fields, "expect_settled");
      return Optional.of(new Happening.ExpectSettled());
    }
    return Optional.empty();
  }

  /** The operations by the names that they have in Erlang/OTP. */
  private static Optional<Happening> otpOperation(Fields fields) {
    if (fields.has("start_child")) {
      return Optional.of(new Happening.Define(SpecReader.definition(fields.object("start_child"))));
    } else if (fields.has("terminate_child")) {
      return Optional.of(new Happening.Down(child(fields, "terminate_child")));
    } else if (fields.has("restart_child")) {
      return Optional.of(new Happening.Up(child(fields, "restart_child")));
    } else if (fields.has("delete_child")) {
      return Optional.of(new Happening.Remove(child(fields, "delete_child")));
    }
    return Optional.empty();
  }

  private static Optional<Happening> operation(Fields fields) {
    if (fields.has("up")) {
      return Optional.of(new Happening.Up(child(fields, "up")));
    } else if (fields.has("down")) {
      return Optional.of(new Happening.Down(child(fields, "down")));
    } else if (fields.has("restart")) {
      return Optional.of(new Happening.Restart(child(fields, "restart")));
    } else if (fields.has("signal")) {
      ChildId child = child(fields, "signal");
      return Optional.of(
          new Happening.SendSignal(child, fields.parsed("name", Signal::parse, Signal.TERM)));
    } else if (fields.has("define")) {
      return Optional.of(new Happening.Define(SpecReader.definition(fields.object("define"))));
    } else if (fields.has("remove")) {
      return Optional.of(new Happening.Remove(child(fields, "remove")));
    } else if (fields.has("stop")) {
      requireTrue(fields, "stop");
      return Optional.of(new Happening.Stop());
    }
    return Optional.empty();
  }

  private static Optional<Happening> moreOperations(Fields fields) {
    if (fields.has("once")) {
      return Optional.of(new Happening.Once(child(fields, "once")));
    } else if (fields.has("pause")) {
      return Optional.of(new Happening.Pause(child(fields, "pause")));
    } else if (fields.has("resume")) {
      return Optional.of(new Happening.Resume(child(fields, "resume")));
    } else if (fields.has("ping")) {
      return Optional.of(new Happening.Ping(child(fields, "ping")));
    } else if (fields.has("stale_restart")) {
      return Optional.of(new Happening.StaleRestart(child(fields, "stale_restart")));
    }
    return Optional.empty();
  }

  private static void requireTrue(Fields fields, String key) {
    if (!fields.truth(key, true)) {
      fields.problem("'" + key + "' must be true, or left out");
    }
  }
}
