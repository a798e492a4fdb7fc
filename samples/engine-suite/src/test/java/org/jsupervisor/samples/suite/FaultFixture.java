package org.jsupervisor.samples.suite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jsupervisor.Supervisor;
import org.jsupervisor.core.InvokedSupervisor;
import org.jsupervisor.core.SupervisorBuilder;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.simulation.SimulatedPlatform;
import org.jsupervisor.simulation.SimulatedProgram;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TreeLimits;

/** A tree in virtual time, for tests that each show one fault. */
final class FaultFixture {
  static final SimulatedProgram RUNS = SimulatedProgram.runs();

  final SimulatedPlatform platform = new SimulatedPlatform(1_000);
  final SupervisorSpec.Builder spec = SupervisorSpec.builder("t");
  final List<String> giveUps = new ArrayList<>();
  private InvokedSupervisor tree;

  /** Runs for ever, is ready at its launch, is restarted after a second. */
  static ProcessSpec.Builder child(String id) {
    return ProcessSpec.builder(id, id)
        .withReadiness(ReadinessSpec.atLaunch())
        .withRestart(RestartPolicy.permanent().withBackoff(Backoff.fixed(Duration.ofSeconds(1))));
  }

  FaultFixture program(String name, SimulatedProgram program) {
    platform.register(name, program);
    return this;
  }

  Supervisor start(TreeLimits limits) {
    tree =
        SupervisorBuilder.of(spec.build(), platform)
            .withTreeLimits(limits)
            .onGiveUp(explanation -> giveUps.add(explanation.describe()))
            .startInvoked();
    run(Duration.ofMillis(10));
    return tree.supervisor();
  }

  Supervisor start() {
    return start(TreeLimits.defaults());
  }

  void run(Duration time) {
    long end = platform.ticker().readNanos() + time.toNanos();
    while (platform.ticker().readNanos() - end < 0 && !tree.isOver()) {
      var unused = tree.doWork(Duration.ofNanos(end - platform.ticker().readNanos()));
    }
    if (!tree.isOver()) {
      var unused = tree.doWork(Duration.ZERO);
    }
  }

  ChildSnapshot now(String id) {
    return tree.supervisor().child(ChildId.of(id)).orElseThrow();
  }
}
