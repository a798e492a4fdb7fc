package org.jsupervisor.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jsupervisor.core.SimulatedTree.child;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jsupervisor.Refusal;
import org.jsupervisor.Request;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Signal;
import org.jsupervisor.simulation.SimulatedProgram;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.junit.jupiter.api.Test;

/** Who asks, why, and on which view of the child that was decided. */
class RequestsTest {
  private static final ChildId C = ChildId.of("c");
  private static final Request DEPLOY = Request.of("jmx:admin", "deploy");
  private final List<SupervisorEvent> events = new ArrayList<>();

  private SimulatedTree running() {
    SimulatedTree tree =
        new SimulatedTree()
            .program("c", SimulatedProgram.runs())
            .program("d", SimulatedProgram.runs())
            .start(child("c"));
    tree.handle().subscribe(published -> events.add(published.event()));
    tree.run(Duration.ofSeconds(2));
    events.clear();
    return tree;
  }

  private static long generation(SimulatedTree tree) {
    return tree.child(C).generation();
  }

  @Test
  void generation_growsWithEachAcceptedOperation_andWithEachLaunch() {
    SimulatedTree tree = running();
    long first = generation(tree);
    tree.value(tree.settled(tree.handle().up(C)));
    assertThat(generation(tree)).as("accepted, though nothing was to be done").isEqualTo(first + 1);
    tree.value(tree.settled(tree.handle().signal(C, Signal.HUP)));
    assertThat(generation(tree)).isEqualTo(first + 2);
    tree.handle().restart(C, "test");
    tree.run(Duration.ofSeconds(2));
    assertThat(generation(tree)).as("the operation, and the launch").isEqualTo(first + 4);
    tree.run(Duration.ofSeconds(2));
    assertThat(generation(tree)).as("time alone").isEqualTo(first + 4);
  }

  @Test
  void generation_doesNotGrow_whenAnOperationIsRefused() {
    SimulatedTree tree = running();
    tree.settled(tree.handle().down(C));
    long down = generation(tree);
    assertThat(tree.refusal(tree.settled(tree.handle().signal(C, Signal.HUP))))
        .isEqualTo(Refusal.NOT_RUNNING);
    assertThat(tree.refusal(tree.settled(tree.handle().up(C, DEPLOY.expecting(down + 1)))))
        .isEqualTo(Refusal.STALE);
    assertThat(generation(tree)).isEqualTo(down);
  }

  @Test
  void generation_growsFurther_whenARemovedChildIsDefinedAgain() {
    SimulatedTree tree = running();
    long seen = generation(tree);
    tree.settled(tree.handle().remove(C));
    tree.value(tree.settled(tree.handle().define(child("c").build())));
    assertThat(generation(tree)).isGreaterThan(seen);
  }

  @Test
  void request_onTheGenerationThatIs_isCarriedOut() {
    SimulatedTree tree = running();
    Request request = DEPLOY.expecting(generation(tree));
    assertThat(tree.value(tree.settled(tree.handle().down(C, request))).phase())
        .isEqualTo(Phase.DOWN);
  }

  @Test
  void request_onAnOldGeneration_isRefusedWithBothNumbers_andNothingIsDone() {
    SimulatedTree tree = running();
    long seen = generation(tree);
    tree.settled(tree.handle().up(C));
    events.clear();
    CompletionStage<ChildSnapshot> down =
        tree.settled(tree.handle().down(C, DEPLOY.expecting(seen)));
    assertThat(tree.refusal(down)).isEqualTo(Refusal.STALE);
    assertThatThrownBy(() -> down.toCompletableFuture().join())
        .hasMessageContaining(
            "has generation " + (seen + 1) + " by now, " + seen + " was expected");
    assertThat(events).isEmpty();
    assertThat(tree.child(C).desire()).isEqualTo(Desire.UP);
  }

  /** Both have seen the same; both are in the inbox before the engine looks. */
  @Test
  void twoRequestsOnTheSameGeneration_onlyTheFirstIsCarriedOut() {
    SimulatedTree tree = running();
    Request both = DEPLOY.expecting(generation(tree));
    CompletionStage<ChildSnapshot> first = tree.handle().down(C, both);
    CompletionStage<ChildSnapshot> second = tree.handle().restart(C, both);
    tree.run(Duration.ofSeconds(2));
    assertThat(tree.value(first).phase()).isEqualTo(Phase.DOWN);
    assertThat(tree.refusal(second)).isEqualTo(Refusal.STALE);
  }

  @Test
  void request_afterACrashAndANewLaunch_isStale() {
    SimulatedTree tree =
        new SimulatedTree()
            .program(
                "c",
                run ->
                    run == 1
                        ? SimulatedProgram.runs().exits(1, Duration.ofMillis(500))
                        : SimulatedProgram.runs())
            .start(child("c"));
    tree.run(Duration.ofMillis(100));
    long seen = generation(tree);
    tree.run(Duration.ofSeconds(5));
    assertThat(tree.child(C).counters().launches()).isEqualTo(2);
    assertThat(
            tree.refusal(tree.settled(tree.handle().signal(C, Signal.HUP, DEPLOY.expecting(seen)))))
        .isEqualTo(Refusal.STALE);
  }

  @Test
  void definitionOfAChildThatIsGone_isStale_ifItExpectsOne() {
    SimulatedTree tree = running();
    Request request = DEPLOY.expecting(generation(tree));
    tree.settled(tree.handle().remove(C));
    assertThat(tree.refusal(tree.settled(tree.handle().define(child("c").build(), request))))
        .isEqualTo(Refusal.STALE);
    assertThat(tree.handle().child(C)).isEmpty();
  }

  @Test
  void askerAndReason_areInTheEventsOfEachOperation() {
    SimulatedTree tree = running();
    String phrase = "asked by jmx:admin: deploy";
    tree.settled(tree.handle().signal(C, Signal.HUP, DEPLOY));
    assertThat(told()).anyMatch(line -> line.equals("sent HUP: " + phrase));
    tree.settled(tree.handle().down(C, DEPLOY));
    assertThat(told()).contains("wanted DOWN: " + phrase);
    tree.settled(tree.handle().up(C, DEPLOY));
    assertThat(told()).contains("wanted UP: " + phrase);
    tree.settled(tree.handle().restart(C, DEPLOY));
    assertThat(told()).contains("RUNNING -> STOPPING: " + phrase);
    tree.settled(tree.handle().define(child("d").build(), DEPLOY));
    assertThat(told()).contains("defined: " + phrase);
    tree.settled(tree.handle().down(C));
    tree.settled(tree.handle().remove(C, DEPLOY));
    assertThat(told()).contains("removed: " + phrase);
  }

  private List<String> told() {
    List<String> told = events.stream().map(SupervisorEvent::describe).toList();
    events.clear();
    return told;
  }
}
