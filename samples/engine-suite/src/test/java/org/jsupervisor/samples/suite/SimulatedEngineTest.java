package org.jsupervisor.samples.suite;

/** The suite in virtual time. */
class SimulatedEngineTest extends EngineSuite {
  @Override
  World newWorld() {
    return new SimulatedWorld();
  }
}
