package org.jsupervisor.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How the runs of one child behave, in the order of its start attempts. A child that is removed and
 * added again goes on where it was. Immutable.
 *
 * @param runs the first start attempts
 * @param thereafter every later one
 * @param finishes what is run after its runs, if its spec wants that, in the order in which it is
 *     run; every later one is like {@link #FINISHES}
 * @param signals what is run instead of signals to its runs, likewise
 */
public record Script(
    List<SimulatedProgram> runs,
    SimulatedProgram thereafter,
    List<SimulatedProgram> finishes,
    List<SimulatedProgram> signals) {
  /** Runs well: it is ready at once, and lives until a signal ends it. */
  public static final SimulatedProgram WELL = SimulatedProgram.runs().notifies(Duration.ZERO);

  /** Follows a run, or is run instead of a signal, as it should: it returns 0 at once. */
  public static final SimulatedProgram FINISHES = SimulatedProgram.runs().exits(0, Duration.ZERO);

  private static final Script ALWAYS_WELL = new Script(List.of(), WELL);

  public Script {
    runs = List.copyOf(runs);
    finishes = List.copyOf(finishes);
    signals = List.copyOf(signals);
  }

  /** Runs, after which everything goes well. */
  public Script(List<SimulatedProgram> runs, SimulatedProgram thereafter) {
    this(runs, thereafter, List.of(), List.of());
  }

  /** Every run is as it should be: {@link #WELL}. */
  public static Script well() {
    return ALWAYS_WELL;
  }

  /** These runs first, then {@link #WELL}. */
  public static Script of(SimulatedProgram... runs) {
    return new Script(List.of(runs), WELL);
  }

  /** Every run is like this. */
  public static Script always(SimulatedProgram run) {
    return new Script(List.of(), run);
  }

  /** Appends the next run. */
  public Script then(SimulatedProgram run) {
    List<SimulatedProgram> more = new ArrayList<>(runs);
    more.add(run);
    return new Script(more, thereafter, finishes, signals);
  }

  /** Replaces what is run after its runs. */
  public Script withFinishes(List<SimulatedProgram> replacement) {
    return new Script(runs, thereafter, replacement, signals);
  }

  /** Replaces what is run instead of signals. */
  public Script withSignals(List<SimulatedProgram> replacement) {
    return new Script(runs, thereafter, finishes, replacement);
  }

  /** The run of a start attempt, which counts from 1. */
  SimulatedProgram attempt(int number) {
    return number <= runs.size() ? runs.get(number - 1) : thereafter;
  }

  /** What is run after a run, counted from 1. */
  SimulatedProgram finish(int number) {
    return number <= finishes.size() ? finishes.get(number - 1) : FINISHES;
  }

  /** What is run instead of a signal, counted from 1. */
  SimulatedProgram signal(int number) {
    return number <= signals.size() ? signals.get(number - 1) : FINISHES;
  }
}
