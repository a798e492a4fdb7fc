package org.jsupervisor.samples.suite;

/** In virtual time. */
class SimulatedChildTest extends ChildSuite {
  @Override
  World newWorld() {
    return new SimulatedWorld();
  }
}
