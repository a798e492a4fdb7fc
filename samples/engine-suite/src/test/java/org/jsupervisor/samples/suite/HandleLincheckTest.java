package org.jsupervisor.samples.suite;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jsupervisor.Supervisor;
import org.jsupervisor.core.EngineOptions;
import org.jsupervisor.core.InvokedSupervisor;
import org.jsupervisor.core.SupervisorBuilder;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.simulation.SimulatedPlatform;
import org.jsupervisor.simulation.SimulatedProgram;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.junit.jupiter.api.Test;

/**
 * The handle and the registry, used by several threads while another drives the engine, do what
 * they would do if all took turns. The engine takes up one operation in each cycle, and what is
 * wanted of a child is changed by operations only, so a cycle changes it at most once. The inbox
 * never fills here: that there is room again is seen before what made it.
 */
public class HandleLincheckTest {
  private static final ChildId A = ChildId.of("a");
  private static final ChildId B = ChildId.of("b");

  private final InvokedSupervisor tree;
  private final Supervisor handle;

  public HandleLincheckTest() {
    SimulatedPlatform platform = new SimulatedPlatform(0);
    platform.register("program", SimulatedProgram.runs());
    SupervisorSpec spec =
        SupervisorSpec.builder("t").addChild(child("a")).addChild(child("b")).build();
    tree =
        SupervisorBuilder.of(spec, platform)
            .withOptions(EngineOptions.defaults().withInputsPerCycle(1))
            .startInvoked();
    handle = tree.supervisor();
  }

  private static ProcessSpec child(String id) {
    return ProcessSpec.builder(id, "program").withInitially(Desire.DOWN).build();
  }

  @Operation
  public boolean up() {
    return isAccepted(handle.up(A));
  }

  @Operation
  public boolean down() {
    return isAccepted(handle.down(A));
  }

  @Operation
  public boolean upOther() {
    return isAccepted(handle.up(B));
  }

  /** An inbox that is full refuses at once. */
  private static boolean isAccepted(CompletionStage<ChildSnapshot> stage) {
    return !stage.toCompletableFuture().isCompletedExceptionally();
  }

  @Operation(nonParallelGroup = "engine")
  public void cycle() {
    int unused = tree.doWork(Duration.ZERO);
  }

  @Operation
  public Desire wanted() {
    return handle.child(A).orElseThrow().desire();
  }

  /** Both in one snapshot: of one moment. */
  @Operation
  public String wantedOfBoth() {
    var children = handle.snapshot().children();
    return children.get(0).desire() + " " + children.get(1).desire();
  }

  @Test
  void stress_isLinearizable() {
    new StressOptions()
        .iterations(20)
        .invocationsPerIteration(500)
        .threads(3)
        .actorsPerThread(3)
        .check(HandleLincheckTest.class);
  }
}
