package org.jsupervisor.simulation;

/**
 * Runs scenarios: the whole engine on a simulated platform in virtual time, with everything that
 * must always hold checked while it runs. Thread-safe; no run knows of another.
 */
public final class Simulation {
  private Simulation() {}

  /**
   * Runs a scenario to its end, or to the first broken invariant.
   *
   * @throws org.jsupervisor.spec.InvalidSpecException if the tree has signals in its stop ladders
   *     that the simulated platform does not have
   */
  public static Trace run(Scenario scenario) {
    return new SimulationRun(scenario).toEnd();
  }
}
