package org.jsupervisor.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.jsupervisor.core.OneChild.C;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jsupervisor.Request;
import org.jsupervisor.event.PublishedEvent;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.output.LogSizes;
import org.jsupervisor.output.LoggedLine;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.simulation.SimulatedProgram;
import org.jsupervisor.snapshot.DestinationSnapshot;
import org.jsupervisor.snapshot.EngineSnapshot;
import org.jsupervisor.snapshot.RestartCounts;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the handle shows of the engine, the past and the logs. */
class SightTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static List<LoggedLine> lines(SimulatedTree tree, int most) throws Exception {
    return tree.handle().loggedLines(C, most).toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  @Test
  void spec_isThatOfTheChild_emptyForAStranger() {
    SimulatedTree tree = OneChild.running();

    assertThat(tree.handle().spec(C)).map(ChildSpec::id).contains(C);
    assertThat(tree.handle().spec(ChildId.ROOT))
        .map(ChildSpec::kind)
        .contains(ChildSpec.Kind.SUPERVISOR);
    assertThat(tree.handle().spec(ChildId.of("stranger"))).isEmpty();
  }

  @Test
  void engine_countsWhatItHasDone_andWhatWaits() {
    SimulatedTree tree = OneChild.running();
    EngineSnapshot before = tree.handle().engine().orElseThrow();

    var unused = tree.handle().up(ChildId.of("stranger"));
    var unusedToo = tree.handle().restart(C, "test");
    EngineSnapshot asked = tree.handle().engine().orElseThrow();
    tree.run(Duration.ofSeconds(20));
    EngineSnapshot done = tree.handle().engine().orElseThrow();

    assertThat(before.operations().taken()).isZero();
    assertThat(asked.operations().waiting()).isEqualTo(2);
    assertThat(asked.operations().waitingMax()).isEqualTo(EngineOptions.defaults().inboxCapacity());
    assertThat(done.operations().waiting()).isZero();
    assertThat(done.operations().taken()).isEqualTo(2);
    assertThat(done.operations().refused()).isEqualTo(1);
    assertThat(done.operations().overloaded()).isZero();
    assertThat(done.operations().underWay()).isZero();
    assertThat(done.steps()).isGreaterThan(before.steps());
    assertThat(done.events().published()).isGreaterThan(before.events().published());
    assertThat(done.events().lost()).isZero();
    assertThat(done.events().listeners()).isPositive();
  }

  @Test
  void engine_thatIsFull_countsWhoFoundNoRoom() {
    SimulatedTree tree =
        new SimulatedTree()
            .options(EngineOptions.defaults().withOperationsMax(1))
            .program("c", SimulatedProgram.runs().dyingTaking(SECOND))
            .start(SimulatedTree.child("c"));
    tree.run(Duration.ofSeconds(2));

    var first = tree.handle().down(C);
    var second = tree.handle().down(C);
    tree.run(Duration.ofMillis(1));
    EngineSnapshot.Operations operations = tree.handle().engine().orElseThrow().operations();

    assertThat(first.toCompletableFuture()).isNotDone();
    assertThat(second.toCompletableFuture()).isCompletedExceptionally();
    assertThat(operations.underWay()).isEqualTo(1);
    assertThat(operations.underWayMax()).isEqualTo(1);
    assertThat(operations.overloaded()).isEqualTo(1);
    assertThat(tree.handle().engine().orElseThrow().deadlines()).isEqualTo(1);
  }

  @Test
  void recentEvents_areTheNewest_inOrder() {
    SimulatedTree tree = OneChild.running();
    var unused = tree.handle().restart(C, "test");
    tree.run(Duration.ofSeconds(20));

    List<PublishedEvent> all = tree.handle().recentEvents(10_000);
    long newest = tree.handle().engine().orElseThrow().events().published();

    assertThat(all).extracting(PublishedEvent::sequence).isSorted().endsWith(newest);
    assertThat(all.get(0).sequence()).isEqualTo(1);
    assertThat(all)
        .extracting(PublishedEvent::event)
        .hasAtLeastOneElementOfType(SupervisorEvent.Ended.class);
    assertThat(tree.handle().recentEvents(3)).isEqualTo(all.subList(all.size() - 3, all.size()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tree.handle().recentEvents(0))
        .withMessage("recent events must be 1 to 10000, were 0");
    assertThatIllegalArgumentException().isThrownBy(() -> tree.handle().recentEvents(10_001));
  }

  @Test
  void restarts_areCountedByWhatLedToThem() {
    SimulatedTree tree =
        new SimulatedTree()
            .program("c", SimulatedProgram.runs().exits(1, Duration.ofMillis(1500)))
            .program("late", SimulatedProgram.runs())
            .start(
                SimulatedTree.child("c"),
                SimulatedTree.child("late").withReadiness(new ReadinessSpec.Notified(3, SECOND)));
    tree.run(Duration.ofSeconds(4));
    RestartCounts crashed = tree.child(C).counters().restartsByCause();
    RestartCounts late = tree.child(ChildId.of("late")).counters().restartsByCause();

    assertThat(crashed.byItself()).isEqualTo(tree.child(C).counters().restarts()).isPositive();
    assertThat(late.startTimeouts()).isPositive();
    assertThat(late.byItself()).isZero();

    var unused = tree.handle().restart(C, Request.of("test", "asked for"));
    tree.run(Duration.ofMillis(1));

    assertThat(tree.child(C).counters().restartsByCause().asked()).isEqualTo(1);
    assertThat(tree.child(C).counters().restartsByCause().decided())
        .as("those that were asked for are no decisions")
        .isEqualTo(tree.child(C).counters().restarts());
  }

  @Test
  void loggedLines_areTheLastOfItsDirectories_alsoBeforeItsFirstRun(@TempDir Path log)
      throws Exception {
    Files.writeString(
        log.resolve("current"),
        "2026-01-02 03:04:05.000000001 one\nplain\u001b[2J\n" + "x".repeat(5000) + "\nunfinished");
    SimulatedTree tree =
        new SimulatedTree()
            .program("c", SimulatedProgram.runs())
            .start(OneChild.down("c").withOutput(OutputSpec.logged(LogSpec.of(log))));

    List<LoggedLine> all = lines(tree, 10);

    assertThat(all).hasSize(4).allMatch(line -> line.place().equals(log.toString()));
    assertThat(all.get(0))
        .isEqualTo(
            new LoggedLine(
                log.toString(),
                Optional.of(Instant.parse("2026-01-02T03:04:05.000000001Z")),
                "one"));
    assertThat(all.get(1).text()).startsWith("plain").doesNotContain("\u001b");
    assertThat(all.get(2).text()).startsWith("xxx").endsWith("[904 bytes cut]");
    assertThat(all.get(3).text()).isEqualTo("unfinished");
    assertThat(lines(tree, 2)).isEqualTo(all.subList(2, 4));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tree.handle().loggedLines(C, 1001))
        .withMessage("logged lines must be 1 to 1000, were 1001");
  }

  @Test
  void loggedLines_areThereBehindADamagedFile_andItIsTold(@TempDir Path log) throws Exception {
    byte[] head = {0x1f, (byte) 0x8b, 8, 0, 0, 0};
    Files.write(log.resolve("@400000006787c0de00000000.s.gz"), head);
    Files.writeString(log.resolve("current"), "one\n");
    SimulatedTree tree =
        new SimulatedTree()
            .program("c", SimulatedProgram.runs())
            .start(OneChild.down("c").withOutput(OutputSpec.logged(LogSpec.of(log))));

    List<LoggedLine> all = lines(tree, 10);

    assertThat(all).hasSize(2);
    assertThat(all.get(0).text()).startsWith("supervisor: ").contains("@400000006787c0de00000000");
    assertThat(all.get(1).text()).isEqualTo("one");
  }

  @Test
  void loggedLines_ofWhoHasNoLog_orIsAStranger_areNone() throws Exception {
    SimulatedTree tree = OneChild.running();

    assertThat(lines(tree, 10)).isEmpty();
    assertThat(tree.handle().loggedLines(ChildId.of("stranger"), 1).toCompletableFuture())
        .isCompletedWithValue(List.of());
  }

  @Test
  void sizesOfALog_areKnownFromItsFirstByteOn(@TempDir Path root) {
    Path log = root.resolve("log");
    SimulatedTree tree =
        new SimulatedTree()
            .program("c", SimulatedProgram.runs().writes("12345\n", SECOND))
            .start(SimulatedTree.child("c").withOutput(OutputSpec.logged(LogSpec.of(log))));
    tree.run(Duration.ofMillis(500));
    assertThat(tree.handle().destinations(C))
        .extracting(DestinationSnapshot::sizes)
        .containsExactly(Optional.empty());

    tree.run(SECOND);

    assertThat(tree.handle().destinations(C))
        .extracting(DestinationSnapshot::sizes)
        .singleElement()
        .satisfies(
            sizes -> {
              LogSizes known = sizes.orElseThrow();
              assertThat(known.currentBytes()).isEqualTo(log.resolve("current").toFile().length());
              assertThat(known.oldFiles()).isZero();
              assertThat(known.bytes()).isEqualTo(known.currentBytes());
            });
  }
}
