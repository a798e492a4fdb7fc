package org.jsupervisor.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Signal;
import org.jsupervisor.simulation.SimulatedProgram;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.spec.ProcessSpec;

/** Trees with one child, {@code c}, in virtual time. */
final class OneChild {
  static final ChildId C = ChildId.of("c");

  private OneChild() {}

  /** It fails, each time, soon after it was ready. */
  static SimulatedTree crashing(SimulatedTree tree) {
    return tree.program("c", SimulatedProgram.runs().exits(1, Duration.ofMillis(1500)))
        .start(SimulatedTree.child("c"));
  }

  /** It runs and is ready. */
  static SimulatedTree running() {
    SimulatedTree tree =
        new SimulatedTree().program("c", SimulatedProgram.runs()).start(SimulatedTree.child("c"));
    tree.run(Duration.ofSeconds(2));
    assertThat(tree.child(C).ready()).isTrue();
    return tree;
  }

  /** It runs, and needs five seconds to end. */
  static SimulatedTree slowToDie() {
    SimulatedTree tree =
        new SimulatedTree()
            .program("c", SimulatedProgram.runs().dyingTaking(Duration.ofSeconds(5)))
            .start(SimulatedTree.child("c"));
    tree.run(Duration.ofSeconds(2));
    return tree;
  }

  /** It runs, and hears neither TERM nor KILL. */
  static SimulatedTree unkillable() {
    SimulatedTree tree =
        new SimulatedTree()
            .program("c", SimulatedProgram.runs().ignoring(Signal.TERM, Signal.KILL))
            .start(SimulatedTree.child("c"));
    tree.run(Duration.ofSeconds(2));
    return tree;
  }

  /** One that is not wanted at first. */
  static ProcessSpec.Builder down(String id) {
    return SimulatedTree.child(id).withInitially(Desire.DOWN);
  }
}
