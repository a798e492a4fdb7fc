package org.jsupervisor.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jsupervisor.core.OneChild.C;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jsupervisor.Refusal;
import org.jsupervisor.StopReport;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.simulation.SimulatedErrors;
import org.jsupervisor.simulation.SimulatedProgram;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What bounds the engine, and what it does not depend on: queues, clocks, and code of others. */
class EngineLimitsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

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
    CompletionStage<?> second = tree.handle().up(C);
    CompletionStage<?> third = tree.handle().up(C);
    tree.run(Duration.ofMillis(1));
    assertThat(tree.refusal(third)).isEqualTo(Refusal.OVERLOADED);
    tree.run(Duration.ofSeconds(2));
    assertThat(tree.value(first)).isNotNull();
    assertThat(tree.value(second)).isNotNull();
    assertThat(tree.value(tree.settled(tree.handle().up(C)))).isNotNull();
  }

  @Test
  void tooManyWhoWaitForReady_areRefused_andHoldUpNoOperation() {
    SimulatedTree tree =
        new SimulatedTree()
            .options(EngineOptions.defaults().withOperationsMax(2))
            .program("c", SimulatedProgram.failsToLaunch(SimulatedErrors.noSuchProgram("c")))
            .start(SimulatedTree.child("c"));
    CompletionStage<?> first = tree.handle().ready();
    CompletionStage<?> second = tree.handle().ready();
    CompletionStage<?> third = tree.handle().ready();
    CompletionStage<?> down = tree.handle().down(C);
    tree.run(Duration.ofMillis(1));
    assertThat(tree.refusal(third)).isEqualTo(Refusal.OVERLOADED);
    assertThat(tree.value(down)).isNotNull();
    assertThat(tree.value(first)).isNotNull();
    assertThat(tree.value(second)).isNotNull();
  }

  @Test
  void manyOperations_areTakenUpInPortions_withoutTimePassing() {
    SimulatedTree tree =
        new SimulatedTree()
            .options(EngineOptions.defaults().withInputsPerCycle(2))
            .start(OneChild.down("c"));
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
    SimulatedTree tree = OneChild.running();
    List<String> heard = new ArrayList<>();
    tree.handle().subscribe(event -> heard.add(event.event().getClass().getSimpleName()));
    tree.handle().down(C).thenRun(() -> heard.add("done"));
    tree.run(SECOND);
    assertThat(heard).endsWith("Ended", "PhaseChanged", "done");
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
    SimulatedTree plain = OneChild.crashing(new SimulatedTree());
    SimulatedTree jumping = new SimulatedTree();
    OneChild.crashing(jumping);
    jumping.wallClock.plusDays(days);
    plain.run(Duration.ofMinutes(10));
    jumping.run(Duration.ofMinutes(10));
    assertThat(jumping.platform().trace()).isEqualTo(plain.platform().trace());
    assertThat(jumping.handle().snapshot()).isEqualTo(plain.handle().snapshot());
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE - 1_000_000_000L, Long.MIN_VALUE, -1, Long.MAX_VALUE})
  void originOfTheTicker_changesNothing(long origin) {
    SimulatedTree plain = OneChild.crashing(new SimulatedTree());
    SimulatedTree wrapping = OneChild.crashing(new SimulatedTree(origin));
    plain.run(Duration.ofMinutes(10));
    wrapping.run(Duration.ofMinutes(10));
    assertThat(wrapping.platform().trace()).isEqualTo(plain.platform().trace());
    assertThat(wrapping.handle().snapshot()).isEqualTo(plain.handle().snapshot());
  }

  @Test
  void longestWaitThereIs_isNoOverflow() {
    SimulatedTree tree = OneChild.running();
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
    OneChild.crashing(tree);
    tree.handle().subscribe(event -> events.add(event.event()));
    tree.run(Duration.ofSeconds(10));
    assertThat(events).anyMatch(event -> event instanceof SupervisorEvent.DecisionFailed);
    assertThat(tree.child(C).counters().launches()).isGreaterThan(1);
  }
}
