package org.jsupervisor.samples.suite;

/** In virtual time. */
class SimulatedInputTest extends InputSuite {
  @Override
  World newWorld() {
    return new SimulatedWorld();
  }
}
