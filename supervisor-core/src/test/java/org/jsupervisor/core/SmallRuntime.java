package org.jsupervisor.core;

import java.time.Duration;
import org.jsupervisor.simulation.SimulatedProgram;

/** A tree in a JVM of its own, which may lack modules; says what it has. */
final class SmallRuntime {
  private SmallRuntime() {}

  public static void main(String... none) {
    SimulatedTree tree = new SimulatedTree();
    tree.program("c", SimulatedProgram.runs());
    tree.start(SimulatedTree.child("c"));
    tree.run(Duration.ofSeconds(1));
    boolean hasRecorder = ModuleLayer.boot().findModule("jdk.jfr").isPresent();
    // Only if nobody has asked for a recording, and a tree must not.
    boolean isIdle = !hasRecorder || !jdk.jfr.FlightRecorder.isInitialized();
    System.out.println(
        "recorder "
            + hasRecorder
            + ", idle "
            + isIdle
            + ", child "
            + tree.child(OneChild.C).phase());
  }
}
