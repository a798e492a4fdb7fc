package org.jsupervisor.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jsupervisor.core.OneChild.C;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jsupervisor.Refusal;
import org.jsupervisor.StopReport;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Signal;
import org.jsupervisor.simulation.SimulatedProgram;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.StopSpec;
import org.junit.jupiter.api.Test;

/** What {@code define} and {@code remove} do to a tree that runs, in virtual time. */
class DefinitionChangeTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void define_newChild_isAddedBehindTheOthers_andStarted() {
    SimulatedTree tree = OneChild.running().program("d", SimulatedProgram.runs());
    CompletionStage<ChildSnapshot> define = tree.handle().define(SimulatedTree.child("d").build());
    tree.run(Duration.ofMillis(1));
    assertThat(tree.value(define).phase()).isEqualTo(Phase.LAUNCHING);
    assertThat(tree.handle().snapshot().children())
        .extracting(ChildSnapshot::id)
        .containsExactly(C, ChildId.of("d"));
    tree.run(Duration.ofSeconds(2));
    assertThat(tree.child(ChildId.of("d")).ready()).isTrue();
  }

  @Test
  void define_equalSpec_changesNothing_anotherOneStartsOnlyThisChildAnew() {
    SimulatedTree tree = OneChild.running().program("d", SimulatedProgram.runs());
    tree.settled(tree.handle().define(SimulatedTree.child("d").build()));
    tree.run(Duration.ofSeconds(2));
    tree.settled(tree.handle().define(SimulatedTree.child("c").build()));
    assertThat(tree.child(C).counters().launches()).isEqualTo(1);
    tree.settled(tree.handle().define(SimulatedTree.child("c").addVariable("A", "1").build()));
    tree.run(Duration.ofSeconds(2));
    assertThat(tree.child(C).counters().launches()).isEqualTo(2);
    assertThat(tree.child(ChildId.of("d")).counters().launches()).isEqualTo(1);
  }

  @Test
  void define_anotherSpec_whileARunIsStoppedForBeingLate_startsItAnew() {
    SimulatedTree tree =
        new SimulatedTree()
            .program("c", SimulatedProgram.runs().dyingTaking(Duration.ofSeconds(5)))
            .program("better", SimulatedProgram.runs())
            .start(
                SimulatedTree.child("c")
                    .withRestart(RestartPolicy.temporary())
                    .withReadiness(ReadinessSpec.notified(3)));
    tree.run(Duration.ofSeconds(61));
    assertThat(tree.child(C).phase()).isEqualTo(Phase.STOPPING);
    tree.settled(
        tree.handle()
            .define(
                org.jsupervisor.spec.ProcessSpec.builder("c", "better")
                    .withRestart(RestartPolicy.temporary())
                    .build()));
    tree.run(Duration.ofSeconds(10));
    assertThat(tree.handle().child(C)).map(ChildSnapshot::ready).contains(true);
  }

  @Test
  void define_withAStopSignalThatThePlatformLacks_isRefused() {
    SimulatedTree tree = OneChild.running();
    StopSpec stop = StopSpec.of(new Signal("EMT"), SECOND);
    CompletionStage<ChildSnapshot> define =
        tree.handle().define(SimulatedTree.child("c").withStop(stop).build());
    tree.run(SECOND);
    assertThat(tree.refusal(define)).isEqualTo(Refusal.UNKNOWN_SIGNAL);
    assertThat(tree.value(tree.settled(tree.handle().down(C))).phase()).isEqualTo(Phase.DOWN);
  }

  @Test
  void remove_isDoneWhenItIsDead_withItsLastSnapshot() {
    SimulatedTree tree = OneChild.slowToDie();
    CompletionStage<ChildSnapshot> remove = tree.handle().remove(C);
    tree.run(SECOND);
    assertThat(tree.isPending(remove)).isTrue();
    tree.run(Duration.ofSeconds(5));
    assertThat(tree.value(remove).lastExit().orElseThrow().status().kind())
        .isEqualTo(ExitStatus.Kind.SIGNALLED);
    assertThat(tree.handle().child(C)).isEmpty();
  }

  @Test
  void remove_supersededByDefine_isRefused_andUpBeforeItAsRemoved() {
    SimulatedTree tree = OneChild.slowToDie();
    CompletionStage<ChildSnapshot> restart = tree.handle().restart(C, "test");
    tree.run(Duration.ofMillis(1));
    CompletionStage<ChildSnapshot> remove = tree.handle().remove(C);
    tree.run(Duration.ofMillis(1));
    assertThat(tree.refusal(restart)).isEqualTo(Refusal.REMOVED);
    tree.settled(tree.handle().define(SimulatedTree.child("c").build()));
    assertThat(tree.refusal(remove)).isEqualTo(Refusal.SUPERSEDED);
    tree.run(Duration.ofSeconds(10));
    assertThat(tree.child(C).ready()).isTrue();
  }

  @Test
  void removedAndDefinedAgain_neverUsesAnIncarnationTwice() {
    SimulatedTree tree = OneChild.running();
    for (int i = 0; i < 3; i++) {
      assertThat(tree.value(tree.settled(tree.handle().remove(C))).id()).isEqualTo(C);
      tree.settled(tree.handle().define(SimulatedTree.child("c").build()));
      tree.run(Duration.ofSeconds(2));
      assertThat(tree.child(C).ready()).isTrue();
    }
    assertThat(tree.launches()).hasSize(4).doesNotHaveDuplicates();
  }

  @Test
  void temporary_definedAgainAfterItsEnd_neverUsesAnIncarnationTwice() {
    SimulatedTree tree =
        new SimulatedTree()
            .program("c", SimulatedProgram.runs().exits(0, SECOND.dividedBy(2)))
            .start(SimulatedTree.child("c").withRestart(RestartPolicy.temporary()));
    tree.run(SECOND);
    assertThat(tree.handle().child(C)).isEmpty();
    tree.settled(tree.handle().define(SimulatedTree.child("c").build()));
    assertThat(tree.launches()).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void ownSink_isRetiredOnce_whenItsChildGetsAnother() {
    SimulatedTree tree =
        new SimulatedTree()
            .program("c", SimulatedProgram.runs().writes("hello", Duration.ofMillis(1)));
    List<String> first = new ArrayList<>();
    List<String> second = new ArrayList<>();
    tree.start(SimulatedTree.child("c").withOutput(OutputSpec.to(SimulatedTree.sink(first))));
    tree.run(SECOND);
    tree.settled(
        tree.handle()
            .define(
                SimulatedTree.child("c")
                    .withOutput(OutputSpec.to(SimulatedTree.sink(second)))
                    .build()));
    tree.run(SECOND);
    tree.invoked.close();
    assertThat(first).containsExactly("c#1 hello");
    assertThat(second).containsExactly("c#2 hello");
    assertThat(tree.value(tree.handle().stopped()).cause()).isEqualTo(StopReport.Cause.ASKED);
  }
}
