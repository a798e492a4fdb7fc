package org.jsupervisor.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jsupervisor.core.SimulatedTree.child;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jsupervisor.Refusal;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.Signal;
import org.jsupervisor.simulation.SimulatedProgram;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Due;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TaskSpec;
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

  // Pause.

  private static SimulatedTree running(SimulatedProgram program, ReadinessSpec readiness) {
    SimulatedTree tree =
        new SimulatedTree().program("c", program).start(child("c").withReadiness(readiness));
    tree.run(Duration.ofMillis(100));
    return tree;
  }

  private static SimulatedTree running() {
    return running(SimulatedProgram.runs(), ReadinessSpec.atLaunch());
  }

  private static List<String> signals(SimulatedTree tree) {
    return tree.platform().trace().stream()
        .filter(line -> line.contains(" ms signal "))
        .map(line -> line.replaceAll(".* ms signal ", ""))
        .toList();
  }

  @Test
  void pauseAndResume_sendStopAndCont_andShow() {
    SimulatedTree tree = running();
    ChildSnapshot paused = tree.value(tree.settled(tree.handle().pause(C)));
    assertThat(paused.paused()).isTrue();
    assertThat(paused.phase()).isEqualTo(Phase.RUNNING);
    assertThat(paused.ready()).isTrue();
    assertThat(tree.value(tree.settled(tree.handle().resume(C))).paused()).isFalse();
    assertThat(signals(tree)).containsExactly("c#1 STOP", "c#1 CONT");
  }

  @Test
  void pause_ofAPausedChild_andResumeOfOneThatIsNot_areSentAllTheSame() {
    SimulatedTree tree = running();
    tree.value(tree.settled(tree.handle().pause(C)));
    assertThat(tree.value(tree.settled(tree.handle().pause(C))).paused()).isTrue();
    tree.value(tree.settled(tree.handle().resume(C)));
    assertThat(tree.value(tree.settled(tree.handle().resume(C))).paused()).isFalse();
    assertThat(signals(tree)).containsExactly("c#1 STOP", "c#1 STOP", "c#1 CONT", "c#1 CONT");
  }

  @Test
  void signalStopAndCont_arePauseAndResume() {
    SimulatedTree tree = running();
    assertThat(tree.value(tree.settled(tree.handle().signal(C, Signal.STOP))).paused()).isTrue();
    assertThat(tree.value(tree.settled(tree.handle().signal(C, Signal.HUP))).paused()).isTrue();
    assertThat(tree.value(tree.settled(tree.handle().signal(C, Signal.CONT))).paused()).isFalse();
  }

  @Test
  void readinessDeadline_standsStillWhilePaused_andGoesOnWithItsRest() {
    SimulatedTree tree =
        running(SimulatedProgram.runs(), new ReadinessSpec.Notified(3, Duration.ofSeconds(10)));
    tree.run(Duration.ofSeconds(6));
    tree.value(tree.settled(tree.handle().pause(C)));
    tree.run(Duration.ofHours(1));
    assertThat(tree.child(C).phase()).as("it cannot say anything").isEqualTo(Phase.RUNNING);
    assertThat(tree.child(C).due()).isEqualTo(new Due.Never());
    tree.value(tree.settled(tree.handle().resume(C)));
    tree.run(Duration.ofSeconds(3));
    assertThat(tree.child(C).phase()).as("some 9 s of its 10").isEqualTo(Phase.RUNNING);
    tree.run(Duration.ofSeconds(2));
    assertThat(tree.child(C).lastExit().orElseThrow().cause()).isEqualTo(ExitCause.START_TIMEOUT);
  }

  @Test
  void lifeThatMakesReady_standsStillWhilePaused() {
    SimulatedTree tree =
        running(SimulatedProgram.runs(), ReadinessSpec.aliveFor(Duration.ofSeconds(5)));
    tree.value(tree.settled(tree.handle().pause(C)));
    tree.run(Duration.ofMinutes(1));
    assertThat(tree.child(C).ready()).isFalse();
    tree.value(tree.settled(tree.handle().resume(C)));
    tree.run(Duration.ofSeconds(5));
    assertThat(tree.child(C).ready()).isTrue();
  }

  /** What was written before the STOP may be read after it. */
  @Test
  void readinessThatArrivesWhilePaused_counts_andNoDeadlineComesBack() {
    SimulatedTree tree =
        running(
            SimulatedProgram.runs().notifies(Duration.ofSeconds(1)),
            new ReadinessSpec.Notified(3, Duration.ofSeconds(10)));
    tree.run(Duration.ofMillis(890));
    CompletionStage<ChildSnapshot> pause = tree.handle().pause(C);
    tree.run(Duration.ofSeconds(5));
    assertThat(tree.value(pause).paused()).isTrue();
    tree.value(tree.settled(tree.handle().resume(C)));
    tree.run(Duration.ofMinutes(1));
    assertThat(tree.child(C).ready()).isTrue();
    assertThat(tree.launches()).hasSize(1);
  }

  @Test
  void down_ofAPausedChild_isHeard_sinceTheLadderSendsCont() {
    SimulatedTree tree = running();
    tree.value(tree.settled(tree.handle().pause(C)));
    assertThat(tree.value(tree.settled(tree.handle().down(C))).phase()).isEqualTo(Phase.DOWN);
    assertThat(signals(tree)).containsExactly("c#1 STOP", "c#1 TERM", "c#1 CONT");
  }

  @Test
  void restart_ofAPausedChild_isARunThatIsNotPaused() {
    SimulatedTree tree = running();
    tree.value(tree.settled(tree.handle().pause(C)));
    ChildSnapshot next = tree.value(tree.settled(tree.handle().restart(C, "test")));
    assertThat(next.paused()).isFalse();
    assertThat(next.counters().launches()).isEqualTo(2);
  }

  @Test
  void endOfAPausedChild_endsThePause() {
    SimulatedTree tree = running();
    tree.value(tree.settled(tree.handle().pause(C)));
    tree.platform().kill(C);
    tree.run(SECOND);
    assertThat(tree.child(C).paused()).isFalse();
    tree.run(Duration.ofMinutes(1));
    assertThat(tree.child(C).phase()).isEqualTo(Phase.RUNNING);
    assertThat(tree.child(C).paused()).isFalse();
  }

  @Test
  void pauseAndResume_ofWhatDoesNotRun_areRefused() {
    SimulatedTree tree =
        new SimulatedTree()
            .program(
                "c",
                SimulatedProgram.runs()
                    .launchTaking(Duration.ofSeconds(2))
                    .dyingTaking(Duration.ofSeconds(2)));
    tree.start(child("c"));
    assertNotRunning(tree, C);
    tree.run(Duration.ofSeconds(3));
    tree.settled(tree.handle().down(C));
    assertThat(tree.child(C).phase()).isEqualTo(Phase.STOPPING);
    assertNotRunning(tree, C);
    tree.run(Duration.ofSeconds(3));
    assertNotRunning(tree, C);
  }

  @Test
  void pauseAndResume_ofWhatIsNoProcess_areRefused() {
    SimulatedTree tree = new SimulatedTree().program("t", SimulatedProgram.runs());
    tree.supervisor.addChild(SupervisorSpec.builder("s").build());
    tree.supervisor.addChild(TaskSpec.builder("t", context -> {}).build());
    tree.start();
    tree.run(Duration.ofSeconds(2));
    assertRefused(tree, ChildId.of("s"), Refusal.NOT_A_PROCESS);
    assertRefused(tree, ChildId.of("t"), Refusal.NOT_A_PROCESS);
  }

  private static void assertNotRunning(SimulatedTree tree, ChildId id) {
    assertRefused(tree, id, Refusal.NOT_RUNNING);
  }

  private static void assertRefused(SimulatedTree tree, ChildId id, Refusal refusal) {
    assertThat(tree.refusal(tree.settled(tree.handle().pause(id)))).isEqualTo(refusal);
    assertThat(tree.refusal(tree.settled(tree.handle().resume(id)))).isEqualTo(refusal);
    assertThat(tree.child(id).paused()).isFalse();
  }
}
