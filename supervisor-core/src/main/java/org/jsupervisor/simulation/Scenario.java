package org.jsupervisor.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TreeLimits;

/**
 * A tree, how its processes behave, and what happens to it when: all that {@link Simulation#run}
 * needs. Immutable; each method returns a changed copy.
 *
 * <pre>{@code
 * Scenario.of(tree)
 *     .script("web", Script.of(SimulatedProgram.runs().exits(1, Duration.ofSeconds(3))))
 *     .at(Duration.ofSeconds(10), new Happening.Down(ChildId.of("web")))
 *     .until(Duration.ofMinutes(1));
 * }</pre>
 *
 * @param tree what is to run
 * @param limits what is allowed of all its children together
 * @param scripts how the runs of each child behave; a child without one runs {@link Script#WELL}
 * @param steps what happens from outside, in order of time
 * @param length how long it lasts at least; it ends when the tree does and nothing is to happen
 * @param seed of the random numbers that policies are given for jitter
 */
public record Scenario(
    SupervisorSpec tree,
    TreeLimits limits,
    SortedMap<ChildId, Script> scripts,
    List<Step> steps,
    Duration length,
    long seed) {
  /** Bounds what a scenario can take: a hundred years. */
  static final Duration LENGTH_MAX = Duration.ofDays(36_500);

  /**
   * What happens at one instant, before the tree can answer any of it. Steps at the same time are
   * taken one after the other, and what follows from one at once comes before the next.
   *
   * @param at since the start
   * @param together at least one
   */
  public record Step(Duration at, List<Happening> together) {
    public Step {
      together = List.copyOf(together);
      if (at.isNegative() || at.compareTo(LENGTH_MAX) > 0) {
        throw new IllegalArgumentException(
            "scenario: time of a step must be 0 to 36500 days, was " + at);
      }
      if (together.isEmpty()) {
        throw new IllegalArgumentException("scenario: the step at " + at + " has no happening");
      }
    }
  }

  /** Checks that the steps are in order of time and not after the end. */
  public Scenario {
    SortedMap<ChildId, Script> kept = new TreeMap<>(scripts);
    kept.values().removeIf(script -> script.equals(Script.well()));
    scripts = Collections.unmodifiableSortedMap(kept);
    steps = List.copyOf(steps);
    Duration before = Duration.ZERO;
    for (Step step : steps) {
      if (step.at().compareTo(before) < 0) {
        throw new IllegalArgumentException(
            "scenario: the step at " + step.at() + " must not be before the one at " + before);
      }
      before = step.at();
    }
    if (length.compareTo(before) < 0 || length.compareTo(LENGTH_MAX) > 0) {
      throw new IllegalArgumentException(
          "scenario: length must be " + before + " (its last step) to 36500 days, was " + length);
    }
  }

  /** A tree to which nothing happens, for no time at all. */
  public static Scenario of(SupervisorSpec tree) {
    return new Scenario(
        tree, TreeLimits.defaults(), new TreeMap<>(Map.of()), List.of(), Duration.ZERO, 0);
  }

  /** Replaces what is allowed of all children together (default: {@link TreeLimits#defaults}). */
  public Scenario withLimits(TreeLimits replacement) {
    return new Scenario(tree, replacement, scripts, steps, length, seed);
  }

  /** Replaces how the runs of a child behave; the address is the whole path. */
  public Scenario script(String child, Script script) {
    SortedMap<ChildId, Script> more = new TreeMap<>(scripts);
    more.put(ChildId.of(child), script);
    return new Scenario(tree, limits, more, steps, length, seed);
  }

  /** Appends what happens at one instant; makes the scenario at least that long. */
  public Scenario at(Duration time, Happening... together) {
    List<Step> more = new ArrayList<>(steps);
    more.add(new Step(time, List.of(together)));
    return new Scenario(
        tree, limits, scripts, more, time.compareTo(length) > 0 ? time : length, seed);
  }

  /** Replaces how long it lasts. */
  public Scenario until(Duration end) {
    return new Scenario(tree, limits, scripts, steps, end, seed);
  }

  /** Replaces the seed of jitter. */
  public Scenario withSeed(long replacement) {
    return new Scenario(tree, limits, scripts, steps, length, replacement);
  }

  Script scriptOf(ChildId child) {
    return scripts.getOrDefault(child, Script.well());
  }
}
