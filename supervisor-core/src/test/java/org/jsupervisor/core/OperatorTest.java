package org.jsupervisor.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jsupervisor.core.SimulatedTree.child;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jsupervisor.Refusal;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.simulation.SimulatedProgram;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.junit.jupiter.api.Test;

/** What an operator asks for beside up, down and restart, on the simulated platform. */
class OperatorTest {
  private static final ChildId C = ChildId.of("c");
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static SimulatedTree tree(SimulatedProgram program) {
    return new SimulatedTree().program("c", program).start(child("c").withInitially(Desire.DOWN));
  }

  @Test
  void once_isDoneWhenItIsReady_andDownAfterItsEnd() {
    SimulatedTree tree = tree(SimulatedProgram.runs().exits(1, Duration.ofSeconds(5)));
    CompletionStage<ChildSnapshot> once = tree.handle().once(C);
    tree.run(Duration.ofMillis(500));
    assertThat(tree.isPending(once)).isTrue();
    tree.run(SECOND);
    assertThat(tree.value(once).desire()).isEqualTo(Desire.ONCE);
    assertThat(tree.value(once).isAsWanted()).isTrue();
    tree.run(Duration.ofHours(1));
    assertThat(tree.child(C).phase()).isEqualTo(Phase.DOWN);
    assertThat(tree.child(C).desire()).isEqualTo(Desire.DOWN);
    assertThat(tree.launches()).hasSize(1);
  }

  @Test
  void once_thatEndsBeforeItIsReady_isDone_andItsEndIsInTheSnapshot() {
    SimulatedTree tree = tree(SimulatedProgram.runs().exits(3, Duration.ofMillis(100)));
    CompletionStage<ChildSnapshot> once = tree.settled(tree.handle().once(C));
    assertThat(tree.value(once).phase()).isEqualTo(Phase.DOWN);
    assertThat(tree.value(once).lastExit().orElseThrow().describe()).contains("3");
  }

  @Test
  void once_thatIsTakenDown_isSuperseded() {
    SimulatedTree tree = tree(SimulatedProgram.runs());
    CompletionStage<ChildSnapshot> once = tree.handle().once(C);
    tree.run(Duration.ofMillis(500));
    tree.value(tree.settled(tree.handle().down(C)));
    assertThat(tree.refusal(once)).isEqualTo(Refusal.SUPERSEDED);
  }

  @Test
  void down_thatIsFollowedByOnce_isSuperseded() {
    SimulatedTree tree =
        new SimulatedTree()
            .program("c", SimulatedProgram.runs().dyingTaking(Duration.ofSeconds(5)))
            .start(child("c"));
    tree.run(Duration.ofSeconds(2));
    CompletionStage<ChildSnapshot> down = tree.settled(tree.handle().down(C));
    CompletionStage<ChildSnapshot> once = tree.settled(tree.handle().once(C));
    assertThat(tree.refusal(down)).isEqualTo(Refusal.SUPERSEDED);
    tree.run(Duration.ofSeconds(10));
    assertThat(tree.value(once).counters().launches()).isEqualTo(2);
  }

  @Test
  void tree_isReadyWithoutWhatRunsOnce() {
    SimulatedTree tree = tree(SimulatedProgram.runs());
    tree.handle().once(C);
    tree.run(Duration.ofMillis(100));
    assertThat(tree.child(C).ready()).isFalse();
    assertThat(tree.handle().snapshot().isReady()).isTrue();
  }
}
