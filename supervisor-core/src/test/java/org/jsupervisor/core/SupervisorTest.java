package org.jsupervisor.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jsupervisor.core.OneChild.C;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jsupervisor.Refusal;
import org.jsupervisor.StopReport;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Signal;
import org.jsupervisor.simulation.SimulatedProgram;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.junit.jupiter.api.Test;

/** The operations of a supervisor and what each of them answers, in virtual time. */
class SupervisorTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void up_ofAChildThatIsDown_isDoneWhenItIsReady() {
    SimulatedTree tree =
        new SimulatedTree().program("c", SimulatedProgram.runs()).start(OneChild.down("c"));
    CompletionStage<ChildSnapshot> up = tree.handle().up(C);
    tree.run(Duration.ofMillis(500));
    assertThat(tree.isPending(up)).isTrue();
    tree.run(SECOND);
    assertThat(tree.value(up).ready()).isTrue();
    assertThat(tree.value(up).phase()).isEqualTo(Phase.RUNNING);
  }

  @Test
  void up_ofAChildThatIsReady_isDoneAtOnce() {
    SimulatedTree tree = OneChild.running();
    assertThat(tree.value(tree.settled(tree.handle().up(C))).counters().launches()).isEqualTo(1);
  }

  @Test
  void up_ofAChildThatFinishesFirst_isDone() {
    SimulatedTree tree =
        new SimulatedTree()
            .program("c", SimulatedProgram.runs().exits(0, Duration.ofMillis(100)))
            .start(OneChild.down("c").withRestart(RestartPolicy.transientPolicy()));
    assertThat(tree.value(tree.settled(tree.handle().up(C))).phase()).isEqualTo(Phase.FINISHED);
  }

  @Test
  void up_ofAChildThatCrashes_isRefusedWhenItGivesUp() {
    SimulatedTree tree =
        new SimulatedTree()
            .program("c", SimulatedProgram.runs().exits(1, Duration.ofMillis(100)))
            .start(OneChild.down("c"));
    CompletionStage<ChildSnapshot> up = tree.handle().up(C);
    tree.run(Duration.ofMinutes(1));
    assertThat(tree.refusal(up)).isEqualTo(Refusal.GAVE_UP);
    assertThat(tree.child(C).counters().launches()).as("budget + 1").isEqualTo(6);
  }

  @Test
  void up_isSupersededByDown_andDownByUp() {
    SimulatedTree tree = OneChild.slowToDie();
    CompletionStage<ChildSnapshot> down = tree.handle().down(C);
    tree.run(SECOND);
    CompletionStage<ChildSnapshot> up = tree.handle().up(C);
    tree.run(Duration.ofMillis(1));
    assertThat(tree.refusal(down)).isEqualTo(Refusal.SUPERSEDED);
    CompletionStage<ChildSnapshot> again = tree.handle().down(C);
    tree.run(Duration.ofMillis(1));
    assertThat(tree.refusal(up)).isEqualTo(Refusal.SUPERSEDED);
    tree.run(Duration.ofSeconds(10));
    assertThat(tree.value(again).phase()).isEqualTo(Phase.DOWN);
  }

  @Test
  void up_duringTheStopOfTheTree_isRefused_andSoIsThatBeforeIt() {
    SimulatedTree tree = OneChild.slowToDie();
    CompletionStage<ChildSnapshot> restart = tree.handle().restart(C, "test");
    tree.run(Duration.ofMillis(1));
    CompletionStage<StopReport> stop = tree.handle().stop("test");
    tree.run(Duration.ofMillis(1));
    CompletionStage<ChildSnapshot> up = tree.handle().up(C);
    tree.run(Duration.ofMillis(1));
    assertThat(tree.refusal(restart)).isEqualTo(Refusal.TREE_STOPPED);
    assertThat(tree.refusal(up)).isEqualTo(Refusal.TREE_STOPPED);
    tree.run(Duration.ofSeconds(10));
    assertThat(tree.value(stop).cause()).isEqualTo(StopReport.Cause.ASKED);
  }

  @Test
  void down_isDoneWhenTheProcessIsReallyDead() {
    SimulatedTree tree = OneChild.slowToDie();
    CompletionStage<ChildSnapshot> down = tree.handle().down(C);
    tree.run(SECOND);
    assertThat(tree.isPending(down)).isTrue();
    assertThat(tree.child(C).phase()).isEqualTo(Phase.STOPPING);
    tree.run(Duration.ofSeconds(5));
    assertThat(tree.value(down).phase()).isEqualTo(Phase.DOWN);
    assertThat(tree.platform().alive()).isEmpty();
  }

  @Test
  void down_ofAChildThatIsDown_isDoneAtOnce() {
    SimulatedTree tree = new SimulatedTree().start(OneChild.down("c"));
    assertThat(tree.value(tree.settled(tree.handle().down(C))).desire()).isEqualTo(Desire.DOWN);
  }

  @Test
  void down_ofAProcessThatCannotBeKilled_isRefused_andRemoveToo() {
    SimulatedTree tree = OneChild.unkillable();
    CompletionStage<ChildSnapshot> down = tree.handle().down(C);
    tree.run(Duration.ofMinutes(1));
    assertThat(tree.refusal(down)).isEqualTo(Refusal.UNKILLABLE);
    assertThat(tree.refusal(tree.settled(tree.handle().remove(C)))).isEqualTo(Refusal.UNKILLABLE);
    assertThat(tree.refusal(tree.settled(tree.handle().restart(C, "test"))))
        .isEqualTo(Refusal.REMOVED);
  }

  @Test
  void restart_isDoneWhenTheNewRunIsReady_andNotCounted() {
    SimulatedTree tree = OneChild.running();
    CompletionStage<ChildSnapshot> restart = tree.handle().restart(C, "new certificate");
    tree.run(Duration.ofMillis(500));
    assertThat(tree.isPending(restart)).as("the old run was ready, the new one is not").isTrue();
    tree.run(SECOND);
    assertThat(tree.value(restart).counters().launches()).isEqualTo(2);
    assertThat(tree.value(restart).counters().restarts()).isZero();
  }

  @Test
  void restart_ofAChildThatIsDown_startsIt() {
    SimulatedTree tree =
        new SimulatedTree().program("c", SimulatedProgram.runs()).start(OneChild.down("c"));
    CompletionStage<ChildSnapshot> restart = tree.handle().restart(C, "test");
    tree.run(Duration.ofSeconds(2));
    assertThat(tree.value(restart).desire()).isEqualTo(Desire.UP);
  }

  @Test
  void signal_isSent_andThePolicyDecidesWhatFollows() {
    SimulatedTree tree = OneChild.running();
    assertThat(tree.value(tree.settled(tree.handle().signal(C, Signal.HUP))).id()).isEqualTo(C);
    assertThat(tree.platform().trace()).anyMatch(line -> line.endsWith("signal c#1 HUP"));
    assertThat(tree.child(C).counters().restarts()).isEqualTo(1);
  }

  @Test
  void signal_withoutProcess_orUnknown_isRefused() {
    SimulatedTree tree = new SimulatedTree().start(OneChild.down("c"));
    assertThat(tree.refusal(tree.settled(tree.handle().signal(C, Signal.HUP))))
        .isEqualTo(Refusal.NOT_RUNNING);
    assertThat(tree.refusal(tree.settled(tree.handle().signal(C, new Signal("EMT")))))
        .isEqualTo(Refusal.UNKNOWN_SIGNAL);
  }

  @Test
  void unknownChild_isRefused_whateverIsAsked() {
    SimulatedTree tree = new SimulatedTree().start(OneChild.down("c"));
    ChildId stranger = ChildId.of("stranger");
    List<CompletionStage<?>> asked =
        List.of(
            tree.handle().up(stranger),
            tree.handle().down(stranger),
            tree.handle().restart(stranger, "test"),
            tree.handle().signal(stranger, Signal.HUP),
            tree.handle().remove(stranger),
            tree.handle().up(ChildId.ROOT));
    tree.run(Duration.ofMillis(1));
    assertThat(asked).allMatch(stage -> tree.refusal(stage) == Refusal.UNKNOWN_CHILD);
    assertThat(tree.handle().child(stranger)).isEmpty();
  }
}
