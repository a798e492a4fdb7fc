package org.jsupervisor.simulation;

import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.jsupervisor.process.ChildInput;
import org.jsupervisor.process.Incarnation;

/** A pipe that is never full: a simulated program reads all there is, at once. */
record SimulatedInput(Incarnation incarnation, SimulatedHost host) implements ChildInput {
  @Override
  public OptionalInt write(ByteBuffer bytes) {
    if (!host.isInputOpen(incarnation)) {
      return OptionalInt.empty();
    }
    int count = bytes.remaining();
    bytes.position(bytes.limit());
    return OptionalInt.of(count);
  }

  @Override
  public void close() {
    host.endInput(incarnation);
  }
}
