package org.jsupervisor.samples.suite;

/** In virtual time. */
class SimulatedTreeTest extends TreeSuite {
  @Override
  World newWorld() {
    return new SimulatedWorld();
  }
}
