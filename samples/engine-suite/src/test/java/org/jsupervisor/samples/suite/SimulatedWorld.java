package org.jsupervisor.samples.suite;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.jsupervisor.Supervisor;
import org.jsupervisor.core.InvokedSupervisor;
import org.jsupervisor.core.SupervisorBuilder;
import org.jsupervisor.event.SupervisorListener;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Signal;
import org.jsupervisor.simulation.SimulatedPlatform;
import org.jsupervisor.simulation.SimulatedProgram;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SupervisorSpec;

/** Virtual time: driven by the test, never waits. */
final class SimulatedWorld implements World {
  private static final Duration MOMENT = Duration.ofMillis(100);
  private static final int CYCLES_MAX = 100_000;

  private final SimulatedPlatform platform = new SimulatedPlatform(Long.MAX_VALUE - 1_000_000_000L);
  private InvokedSupervisor tree;

  SimulatedWorld() {
    SimulatedProgram runs = SimulatedProgram.runs();
    platform
        .register("RUNS", runs.ignoringEndOfInput())
        .register("READS", runs)
        .register("EXITS_WITH_3", runs.exits(3, MOMENT))
        .register("EXITS_WITH_0", runs.exits(0, MOMENT))
        .register("NOTIFIES", runs.notifies(MOMENT))
        .register("NOTIFIES_AND_IGNORES_TERM", runs.ignoring(Signal.TERM).notifies(MOMENT))
        .register("WRITES", runs.writes(Behaviour.TEXT, MOMENT).notifies(MOMENT));
  }

  @Override
  public ProcessSpec.Builder child(String id, Behaviour behaviour) {
    return ProcessSpec.builder(id, behaviour.name());
  }

  @Override
  public Supervisor start(SupervisorSpec spec, SupervisorListener... listeners) {
    SupervisorBuilder builder = SupervisorBuilder.of(spec, platform);
    for (SupervisorListener listener : listeners) {
      builder.addListener(listener);
    }
    tree = builder.startInvoked();
    return tree.supervisor();
  }

  @Override
  public <T> T await(CompletionStage<T> stage) {
    var future = stage.toCompletableFuture();
    awaitUntil("the operation is done", future::isDone);
    try {
      return future.join();
    } catch (CompletionException refused) {
      throw refused.getCause() instanceof RuntimeException cause ? cause : refused;
    }
  }

  @Override
  public void awaitUntil(String what, BooleanSupplier condition) {
    for (int i = 0; i < CYCLES_MAX && !condition.getAsBoolean(); i++) {
      int unused = tree.doWork(Duration.ofSeconds(1));
    }
    if (!condition.getAsBoolean()) {
      throw new AssertionError(
          "never: " + what + "\n" + tree.supervisor().snapshot() + "\n" + platform.trace());
    }
  }

  @Override
  public void kill(ChildId child) {
    platform.kill(child);
  }

  @Override
  public boolean standsStill(ChildSnapshot child) {
    List<String> signals =
        platform.trace().stream()
            .filter(line -> line.contains(" ms signal " + child.id() + "#"))
            .toList();
    return !signals.isEmpty() && signals.get(signals.size() - 1).endsWith(" STOP");
  }

  @Override
  public boolean hasLiveProcesses() {
    return !platform.alive().isEmpty();
  }

  @Override
  public void close() {
    if (tree != null) {
      tree.close();
    }
  }
}
