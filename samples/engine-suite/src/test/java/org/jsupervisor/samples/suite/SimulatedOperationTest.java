package org.jsupervisor.samples.suite;

/** In virtual time. */
class SimulatedOperationTest extends OperationSuite {
  @Override
  World newWorld() {
    return new SimulatedWorld();
  }
}
