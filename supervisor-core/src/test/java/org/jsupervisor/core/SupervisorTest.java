package org.jsupervisor.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jsupervisor.Refusal;
import org.jsupervisor.StopReport;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Signal;
import org.jsupervisor.simulation.SimulatedProgram;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.StopSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operations of a supervisor and what each of them answers, in virtual time. */
class SupervisorTest {
  private static final ChildId C = ChildId.of("c");
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void up_ofAChildThatIsDown_isDoneWhenItIsReady() {
    SimulatedTree tree = new SimulatedTree().program("c", SimulatedProgram.runs()).start(down("c"));
    CompletionStage<ChildSnapshot> up = tree.handle().up(C);
    tree.run(Duration.ofMillis(500));
    assertThat(tree.isPending(up)).isTrue();
    tree.run(SECOND);
    assertThat(tree.value(up).ready()).isTrue();
    assertThat(tree.value(up).phase()).isEqualTo(Phase.RUNNING);
  }

  @Test
  void up_ofAChildThatIsReady_isDoneAtOnce() {
    SimulatedTree tree = running();
    assertThat(tree.value(tree.settled(tree.handle().up(C))).counters().launches()).isEqualTo(1);
  }

  @Test
  void up_ofAChildThatFinishesFirst_isDone() {
    SimulatedTree tree =
        new SimulatedTree()
            .program("c", SimulatedProgram.runs().exits(0, Duration.ofMillis(100)))
            .start(down("c").withRestart(RestartPolicy.transientPolicy()));
    assertThat(tree.value(tree.settled(tree.handle().up(C))).phase()).isEqualTo(Phase.FINISHED);
  }

  @Test
  void up_ofAChildThatCrashes_isRefusedWhenItGivesUp() {
    SimulatedTree tree =
        new SimulatedTree()
            .program("c", SimulatedProgram.runs().exits(1, Duration.ofMillis(100)))
            .start(down("c"));
    CompletionStage<ChildSnapshot> up = tree.handle().up(C);
    tree.run(Duration.ofMinutes(1));
    assertThat(tree.refusal(up)).isEqualTo(Refusal.GAVE_UP);
    assertThat(tree.child(C).counters().launches()).as("budget + 1").isEqualTo(6);
  }

  @Test
  void up_isSupersededByDown_andDownByUp() {
    SimulatedTree tree = slowToDie();
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
    SimulatedTree tree = slowToDie();
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
    SimulatedTree tree = slowToDie();
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
    SimulatedTree tree = new SimulatedTree().start(down("c"));
    assertThat(tree.value(tree.settled(tree.handle().down(C))).desire()).isEqualTo(Desire.DOWN);
  }

  @Test
  void down_ofAProcessThatCannotBeKilled_isRefused_andRemoveToo() {
    SimulatedTree tree = unkillable();
    CompletionStage<ChildSnapshot> down = tree.handle().down(C);
    tree.run(Duration.ofMinutes(1));
    assertThat(tree.refusal(down)).isEqualTo(Refusal.UNKILLABLE);
    assertThat(tree.refusal(tree.settled(tree.handle().remove(C)))).isEqualTo(Refusal.UNKILLABLE);
    assertThat(tree.refusal(tree.settled(tree.handle().restart(C, "test"))))
        .isEqualTo(Refusal.REMOVED);
  }

  @Test
  void restart_isDoneWhenTheNewRunIsReady_andNotCounted() {
    SimulatedTree tree = running();
    CompletionStage<ChildSnapshot> restart = tree.handle().restart(C, "new certificate");
    tree.run(Duration.ofMillis(500));
    assertThat(tree.isPending(restart)).as("the old run was ready, the new one is not").isTrue();
    tree.run(SECOND);
    assertThat(tree.value(restart).counters().launches()).isEqualTo(2);
    assertThat(tree.value(restart).counters().restarts()).isZero();
  }

  @Test
  void restart_ofAChildThatIsDown_startsIt() {
    SimulatedTree tree = new SimulatedTree().program("c", SimulatedProgram.runs()).start(down("c"));
    CompletionStage<ChildSnapshot> restart = tree.handle().restart(C, "test");
    tree.run(Duration.ofSeconds(2));
    assertThat(tree.value(restart).desire()).isEqualTo(Desire.UP);
  }

  @Test
  void signal_isSent_andThePolicyDecidesWhatFollows() {
    SimulatedTree tree = running();
    assertThat(tree.value(tree.settled(tree.handle().signal(C, Signal.HUP))).id()).isEqualTo(C);
    assertThat(tree.platform().trace()).anyMatch(line -> line.endsWith("signal c#1 HUP"));
    assertThat(tree.child(C).counters().restarts()).isEqualTo(1);
  }

  @Test
  void signal_withoutProcess_orUnknown_isRefused() {
    SimulatedTree tree = new SimulatedTree().start(down("c"));
    assertThat(tree.refusal(tree.settled(tree.handle().signal(C, Signal.HUP))))
        .isEqualTo(Refusal.NOT_RUNNING);
    assertThat(tree.refusal(tree.settled(tree.handle().signal(C, new Signal("EMT")))))
        .isEqualTo(Refusal.UNKNOWN_SIGNAL);
  }

  @Test
  void unknownChild_isRefused_whateverIsAsked() {
    SimulatedTree tree = new SimulatedTree().start(down("c"));
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

  @Test
  void define_newChild_isAddedBehindTheOthers_andStarted() {
    SimulatedTree tree = running().program("d", SimulatedProgram.runs());
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
    SimulatedTree tree = running().program("d", SimulatedProgram.runs());
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
    SimulatedTree tree = running();
    StopSpec stop = StopSpec.of(new Signal("EMT"), SECOND);
    CompletionStage<ChildSnapshot> define =
        tree.handle().define(SimulatedTree.child("c").withStop(stop).build());
    tree.run(SECOND);
    assertThat(tree.refusal(define)).isEqualTo(Refusal.UNKNOWN_SIGNAL);
    assertThat(tree.value(tree.settled(tree.handle().down(C))).phase()).isEqualTo(Phase.DOWN);
  }

  @Test
  void remove_isDoneWhenItIsDead_withItsLastSnapshot() {
    SimulatedTree tree = slowToDie();
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
    SimulatedTree tree = slowToDie();
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
    SimulatedTree tree = running();
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
  void ready_isDoneWhenEveryWantedChildIsReadyOrFinished() {
    SimulatedTree tree =
        new SimulatedTree()
            .program("c", SimulatedProgram.runs())
            .program("once", SimulatedProgram.runs().exits(0, Duration.ofSeconds(3)))
            .start(
                SimulatedTree.child("c"),
                down("off"),
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
    SimulatedTree tree = unkillable();
    CompletionStage<StopReport> stop = tree.handle().stop("test");
    tree.runUntilOver(1_000);
    assertThat(tree.value(stop).unkillable()).containsExactly(C);
    assertThat(tree.value(stop).took()).isEqualTo(Duration.ofSeconds(12));
  }

  @Test
  void afterTheEnd_everythingIsRefusedAtOnce_andReadingStillWorks() {
    SimulatedTree tree = running();
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
  void fullInbox_refusesOperations_butNeverAStop() {
    SimulatedTree tree =
        new SimulatedTree()
            .options(EngineOptions.defaults().withInboxCapacity(2))
            .program("c", SimulatedProgram.runs())
            .start(SimulatedTree.child("c"));
    List<CompletionStage<ChildSnapshot>> asked = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      asked.add(tree.handle().up(C));
    }
    CompletionStage<StopReport> stop = tree.handle().stop("test");
    assertThat(tree.refusal(asked.get(2))).isEqualTo(Refusal.OVERLOADED);
    assertThat(tree.refusal(asked.get(3))).isEqualTo(Refusal.OVERLOADED);
    assertThat(tree.isPending(asked.get(0))).isTrue();
    tree.run(SECOND);
    assertThat(tree.value(stop).cause()).isEqualTo(StopReport.Cause.ASKED);
  }

  @Test
  void tooManyOperationsUnderWay_areRefused_untilOneIsDone() {
    SimulatedTree tree =
        new SimulatedTree()
            .options(EngineOptions.defaults().withOperationsMax(2))
            .program("c", SimulatedProgram.runs())
            .start(SimulatedTree.child("c"));
    CompletionStage<?> first = tree.handle().up(C);
    CompletionStage<?> second = tree.handle().ready();
    CompletionStage<?> third = tree.handle().up(C);
    tree.run(Duration.ofMillis(1));
    assertThat(tree.refusal(third)).isEqualTo(Refusal.OVERLOADED);
    tree.run(Duration.ofSeconds(2));
    assertThat(tree.value(first)).isNotNull();
    assertThat(tree.value(second)).isNotNull();
    assertThat(tree.value(tree.settled(tree.handle().up(C)))).isNotNull();
  }

  @Test
  void manyOperations_areTakenUpInPortions_withoutTimePassing() {
    SimulatedTree tree =
        new SimulatedTree()
            .options(EngineOptions.defaults().withInputsPerCycle(2))
            .start(down("c"));
    List<CompletionStage<ChildSnapshot>> asked = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      asked.add(tree.handle().down(C));
    }
    tree.invoked.doWork(Duration.ofHours(1));
    assertThat(asked.stream().filter(tree::isPending)).hasSize(3);
    tree.invoked.doWork(Duration.ofHours(1));
    tree.invoked.doWork(Duration.ofHours(1));
    assertThat(asked).noneMatch(tree::isPending);
    assertThat(tree.elapsed()).isZero();
  }

  @Test
  void outcome_comesAfterItsEvents() {
    SimulatedTree tree = running();
    List<String> heard = new ArrayList<>();
    tree.handle().subscribe(event -> heard.add(event.event().getClass().getSimpleName()));
    tree.handle().down(C).thenRun(() -> heard.add("done"));
    tree.run(SECOND);
    assertThat(heard).endsWith("Ended", "PhaseChanged", "done");
  }

  @Test
  void close_fromAListener_ofTheHandleOrTheDriver_doesNotDeadlock() {
    SimulatedTree tree = running();
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

  @Test
  void stall_causesNoDoubleRestart_andSkipsNoStep() {
    SimulatedTree tree =
        new SimulatedTree()
            .program(
                "c",
                run ->
                    run == 1
                        ? SimulatedProgram.runs().exits(1, Duration.ofSeconds(5))
                        : SimulatedProgram.runs())
            .start(SimulatedTree.child("c"));
    tree.run(SECOND);
    tree.platform().stall(Duration.ofHours(1));
    tree.run(Duration.ofSeconds(5));
    assertThat(tree.child(C).counters().launches()).isEqualTo(2);
    assertThat(tree.child(C).counters().restarts()).isEqualTo(1);
    assertThat(tree.child(C).ready()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {-365, 365})
  void wallClock_setByAYear_changesNothingButStamps(long days) {
    SimulatedTree plain = crashing(new SimulatedTree());
    SimulatedTree jumping = new SimulatedTree();
    crashing(jumping);
    jumping.wallClock.plusDays(days);
    plain.run(Duration.ofMinutes(10));
    jumping.run(Duration.ofMinutes(10));
    assertThat(jumping.platform().trace()).isEqualTo(plain.platform().trace());
    assertThat(jumping.handle().snapshot()).isEqualTo(plain.handle().snapshot());
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE - 1_000_000_000L, Long.MIN_VALUE, -1, Long.MAX_VALUE})
  void originOfTheTicker_changesNothing(long origin) {
    SimulatedTree plain = crashing(new SimulatedTree());
    SimulatedTree wrapping = crashing(new SimulatedTree(origin));
    plain.run(Duration.ofMinutes(10));
    wrapping.run(Duration.ofMinutes(10));
    assertThat(wrapping.platform().trace()).isEqualTo(plain.platform().trace());
    assertThat(wrapping.handle().snapshot()).isEqualTo(plain.handle().snapshot());
  }

  @Test
  void longestWaitThereIs_isNoOverflow() {
    SimulatedTree tree = running();
    assertThat(tree.invoked.doWork(Duration.ofSeconds(Long.MAX_VALUE))).isZero();
  }

  @Test
  void supervisorLimitThatThrows_isAnAnswer_notTheEndOfTheEngine() {
    SimulatedTree tree = new SimulatedTree();
    tree.supervisor.withLimit(
        (history, now) -> {
          throw new IllegalStateException("bug");
        });
    List<SupervisorEvent> events = new ArrayList<>();
    crashing(tree);
    tree.handle().subscribe(event -> events.add(event.event()));
    tree.run(Duration.ofSeconds(10));
    assertThat(events).anyMatch(event -> event instanceof SupervisorEvent.DecisionFailed);
    assertThat(tree.child(C).counters().launches()).isGreaterThan(1);
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

  private static SimulatedTree crashing(SimulatedTree tree) {
    return tree.program("c", SimulatedProgram.runs().exits(1, Duration.ofMillis(1500)))
        .start(SimulatedTree.child("c"));
  }

  private static SimulatedTree running() {
    SimulatedTree tree =
        new SimulatedTree().program("c", SimulatedProgram.runs()).start(SimulatedTree.child("c"));
    tree.run(Duration.ofSeconds(2));
    assertThat(tree.child(C).ready()).isTrue();
    return tree;
  }

  private static SimulatedTree slowToDie() {
    SimulatedTree tree =
        new SimulatedTree()
            .program("c", SimulatedProgram.runs().dyingTaking(Duration.ofSeconds(5)))
            .start(SimulatedTree.child("c"));
    tree.run(Duration.ofSeconds(2));
    return tree;
  }

  private static SimulatedTree unkillable() {
    SimulatedTree tree =
        new SimulatedTree()
            .program("c", SimulatedProgram.runs().ignoring(Signal.TERM, Signal.KILL))
            .start(SimulatedTree.child("c"));
    tree.run(Duration.ofSeconds(2));
    return tree;
  }

  private static org.jsupervisor.spec.ProcessSpec.Builder down(String id) {
    return SimulatedTree.child(id).withInitially(Desire.DOWN);
  }
}
