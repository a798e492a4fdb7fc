package org.jsupervisor.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsupervisor.StopReport;
import org.jsupervisor.snapshot.TreeSnapshot;

/**
 * What a scenario led to. The same scenario gives an equal trace, always. Immutable.
 *
 * @param lines what happened, in order
 * @param end the tree at the end
 * @param report how the tree ended; empty if it still runs
 * @param broken what must always hold and did not: the simulation ends with the first; empty in a
 *     library without faults
 * @param cycles how many cycles the engine made
 */
public record Trace(
    List<TraceLine> lines,
    TreeSnapshot end,
    Optional<StopReport> report,
    Optional<String> broken,
    long cycles) {
  public Trace {
    lines = List.copyOf(lines);
  }

  /** All lines for people, each with its time; the last one tells the broken invariant, if any. */
  public List<String> text() {
    List<String> text = new ArrayList<>();
    lines.forEach(line -> text.add(text(line.at()) + " " + line.describe()));
    broken.ifPresent(what -> text.add("BROKEN " + what));
    return text;
  }

  /** For example {@code 1500 ms}, with as many decimals as it needs. */
  static String text(Duration time) {
    long nanos = time.toNanos();
    String rest = String.format("%06d", nanos % 1_000_000).replaceAll("0+$", "");
    return nanos / 1_000_000 + (rest.isEmpty() ? "" : "." + rest) + " ms";
  }
}
