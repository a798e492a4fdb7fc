package org.jsupervisor.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jsupervisor.core.OneChild.C;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jsupervisor.Refusal;
import org.jsupervisor.StopReport;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.Signal;
import org.jsupervisor.simulation.SimulatedProgram;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.ReadinessSpec;
import org.junit.jupiter.api.Test;

/**
 * The end of a tree, and what waits for the whole tree: {@code stop}, {@code ready}, {@code close}.
 */
class SupervisorStopTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void ready_isDoneWhenEveryWantedChildIsReadyOrFinished() {
    SimulatedTree tree =
        new SimulatedTree()
            .program("c", SimulatedProgram.runs())
            .program("once", SimulatedProgram.runs().exits(0, Duration.ofSeconds(3)))
            .start(
                SimulatedTree.child("c"),
                OneChild.down("off"),
                SimulatedTree.child("once")
                    .withRestart(RestartPolicy.transientPolicy())
                    .withReadiness(ReadinessSpec.notified(3)));
    CompletionStage<?> ready = tree.handle().ready();
    tree.run(Duration.ofSeconds(2));
    assertThat(tree.isPending(ready)).isTrue();
    tree.run(Duration.ofSeconds(2));
    assertThat(tree.value(ready)).isNotNull();
    assertThat(tree.handle().snapshot().isReady()).isTrue();
  }

  @Test
  void ready_isRefusedWhenTheTreeStopsFirst() {
    SimulatedTree tree = new SimulatedTree().start(SimulatedTree.child("c"));
    CompletionStage<?> ready = tree.handle().ready();
    tree.handle().stop("test");
    tree.run(SECOND);
    assertThat(tree.refusal(ready)).isEqualTo(Refusal.TREE_STOPPED);
  }

  @Test
  void stop_isDoneInReverseOrder_andAskedTwiceIsOneOutcome() {
    SimulatedTree tree =
        new SimulatedTree()
            .program("a", SimulatedProgram.runs())
            .program("b", SimulatedProgram.runs())
            .start(SimulatedTree.child("a"), SimulatedTree.child("b"));
    tree.run(SECOND);
    CompletionStage<StopReport> first = tree.handle().stop("one");
    CompletionStage<StopReport> second = tree.handle().stop("two");
    tree.run(SECOND);
    assertThat(tree.value(first))
        .isSameAs(tree.value(second))
        .isSameAs(tree.value(tree.handle().stopped()));
    assertThat(tree.value(first).reason()).isEqualTo("one");
    assertThat(tree.platform().trace().stream().filter(line -> line.contains("end ")))
        .extracting(line -> line.replaceAll(".*end (.)#.*", "$1"))
        .containsExactly("b", "a");
    assertThat(tree.handle().snapshot().phase()).isEqualTo(TreePhase.STOPPED);
    assertThat(tree.invoked.isOver()).isTrue();
  }

  @Test
  void stop_whileAStubbornChildHasItsGrace_waitsAsleep() {
    SimulatedTree tree =
        new SimulatedTree()
            .program("c", SimulatedProgram.runs().ignoring(Signal.TERM))
            .start(SimulatedTree.child("c"));
    tree.run(Duration.ofSeconds(2));
    CompletionStage<StopReport> stop = tree.handle().stop("test");
    int cycles = tree.runUntilOver(1_000);
    assertThat(tree.value(stop).took()).isEqualTo(Duration.ofSeconds(10));
    assertThat(cycles).as("a stop must not spin").isLessThan(10);
  }

  /** F12, simulated. */
  @Test
  void stop_namesTheUnkillable() {
    SimulatedTree tree = OneChild.unkillable();
    CompletionStage<StopReport> stop = tree.handle().stop("test");
    tree.runUntilOver(1_000);
    assertThat(tree.value(stop).unkillable()).containsExactly(C);
    assertThat(tree.value(stop).took()).isEqualTo(Duration.ofSeconds(12));
  }

  @Test
  void afterTheEnd_everythingIsRefusedAtOnce_andReadingStillWorks() {
    SimulatedTree tree = OneChild.running();
    tree.invoked.close();
    List<CompletionStage<?>> asked =
        List.of(
            tree.handle().up(C),
            tree.handle().define(SimulatedTree.child("x").build()),
            tree.handle().ready());
    assertThat(asked).allMatch(stage -> tree.refusal(stage) == Refusal.TREE_STOPPED);
    assertThat(tree.value(tree.handle().stop("again")).reason()).isEqualTo("closed");
    assertThat(tree.child(C).phase()).isEqualTo(Phase.DOWN);
    assertThat(tree.invoked.doWork(SECOND)).isZero();
    tree.invoked.close();
    tree.handle().close();
  }

  @Test
  void close_fromAListener_ofTheHandleOrTheDriver_doesNotDeadlock() {
    SimulatedTree tree = OneChild.running();
    tree.handle()
        .subscribe(
            event -> {
              if (event.event() instanceof SupervisorEvent.SignalSent) {
                tree.handle().close();
                tree.invoked.close();
              }
            });
    tree.handle().signal(C, Signal.HUP);
    tree.run(SECOND);
    assertThat(tree.invoked.isOver()).isTrue();
    assertThat(tree.value(tree.handle().stopped()).cause()).isEqualTo(StopReport.Cause.ASKED);
  }
}
