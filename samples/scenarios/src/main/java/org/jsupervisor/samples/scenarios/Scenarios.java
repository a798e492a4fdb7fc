package org.jsupervisor.samples.scenarios;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jsupervisor.simulation.Scenario;
import org.jsupervisor.simulation.ScenarioGenerator;
import org.jsupervisor.simulation.Simulation;
import org.jsupervisor.simulation.Trace;

/** The command line; docs/simulation.md describes it. */
public final class Scenarios {
  /** Nothing is broken. */
  static final int OK = 0;

  /** What must always hold did not. */
  static final int BROKEN = 1;

  /** The scenario or the command line is wrong. */
  static final int BAD_INPUT = 2;

  private static final String USAGE =
      """
      usage: scenarios run [--text] FILE.jsonl|-
             scenarios seed [--text|--json] N
             scenarios seeds FROM TO""";

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;

  Scenarios(InputStream in, PrintStream out, PrintStream err) {
    this.in = in;
    this.out = out;
    this.err = err;
  }

  /** Ends with 0, 1 if an invariant is broken, 2 if the input is wrong. */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    int code = new Scenarios(System.in, out, System.err).run(Arrays.asList(arguments));
    out.flush();
    System.exit(code);
  }

  int run(List<String> arguments) {
    List<String> words = new ArrayList<>(arguments);
    boolean text = words.remove("--text");
    boolean json = words.remove("--json");
    String command = words.isEmpty() ? "" : words.get(0);
    try {
      if (command.equals("run") && words.size() == 2 && !json) {
        return print(Simulation.run(ScenarioReader.read(lines(words.get(1)))), text);
      } else if (command.equals("seed") && words.size() == 2 && !(text && json)) {
        return seed(Long.parseLong(words.get(1)), text, json);
      } else if (command.equals("seeds") && words.size() == 3 && !text && !json) {
        return seeds(Long.parseLong(words.get(1)), Long.parseLong(words.get(2)));
      }
      return refuse(List.of(USAGE));
    } catch (ScenarioReader.Refused refused) {
      return refuse(refused.problems());
    } catch (NumberFormatException e) {
      return refuse(List.of("a seed must be a whole number: " + e.getMessage(), USAGE));
    } catch (IOException | UncheckedIOException e) {
      return refuse(List.of(words.get(1) + " cannot be read: " + e.getMessage()));
    }
  }

  private int refuse(List<String> why) {
    why.forEach(err::println);
    return BAD_INPUT;
  }

  private List<String> lines(String file) throws IOException {
    if (!file.equals("-")) {
      return Files.readAllLines(Path.of(file));
    }
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).lines().toList();
  }

  private int print(Trace trace, boolean text) {
    (text ? trace.text() : TraceWriter.write(trace)).forEach(out::println);
    return trace.broken().isEmpty() ? OK : BROKEN;
  }

  private int seed(long seed, boolean text, boolean json) {
    Scenario scenario = ScenarioGenerator.scenario(seed);
    if (json) {
      ScenarioWriter.write(scenario).forEach(out::println);
      return OK;
    }
    return print(Simulation.run(scenario), text);
  }

  private int seeds(long from, long to) {
    if (from > to) {
      return refuse(List.of("seeds: FROM must be at most TO, was " + from + " and " + to));
    }
    long began = System.nanoTime();
    long cycles = 0;
    // Not up to `to + 1`, which may be no number.
    for (long seed = from, left = 1; left > 0; left = to - seed, seed++) {
      Trace trace = Simulation.run(ScenarioGenerator.scenario(seed));
      cycles += trace.cycles();
      if (trace.broken().isPresent()) {
        out.println("seed " + seed + " is broken: " + trace.broken().get());
        out.println("replay: bin/scenarios seed --text " + seed);
        return BROKEN;
      }
    }
    double seconds = Math.max(1, System.nanoTime() - began) / 1e9;
    long count = to - from + 1;
    out.printf(
        "%d seeds, nothing broken; %.1f s, %.0f seeds/s, %.0f steps/s%n",
        count, seconds, count / seconds, cycles / seconds);
    return OK;
  }
}
