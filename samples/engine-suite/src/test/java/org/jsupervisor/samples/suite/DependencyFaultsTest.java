package org.jsupervisor.samples.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jsupervisor.samples.suite.FaultFixture.RUNS;
import static org.jsupervisor.samples.suite.FaultFixture.child;

import java.time.Duration;
import org.jsupervisor.Supervisor;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartLimit;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TreeLimits;
import org.jsupervisor.spec.WhenLost;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Faults that were found by testers, each as the smallest test that shows it. */
final class DependencyFaultsTest {
  private static final ChildId DB = ChildId.of("db");
  private static final ChildId W = ChildId.of("w");

  private final FaultFixture tree = new FaultFixture();

  @BeforeEach
  void programs() {
    tree.program("db", RUNS).program("w", RUNS);
  }

  /** The worker dies of the loss a moment before the loss is seen: the usual case. */
  @Test
  void isStopped_dependencyIsLostWhileTheDependentIsInBackoff_staysDown() {
    tree.spec.withLimit(RestartLimit.none());
    tree.spec.addChild(child("db").build());
    tree.spec.addChild(
        child("w")
            .withRestart(
                RestartPolicy.permanent().withBackoff(Backoff.fixed(Duration.ofSeconds(3))))
            .addDependency("db", WhenLost.IS_STOPPED)
            .build());
    Supervisor unused = tree.start();
    tree.platform.kill(W);
    tree.run(Duration.ofMillis(10));
    tree.platform.kill(DB);
    tree.run(Duration.ofSeconds(30));
    assertThat(tree.now("w").desire()).isEqualTo(Desire.DOWN);
    assertThat(tree.now("w").phase()).isEqualTo(Phase.DOWN);
  }

  /** Its stop is under way already, and what is wanted is up. */
  @Test
  void isStopped_dependencyIsLostWhileTheDependentStopsForARestart_staysDown() {
    tree.program("w", RUNS.dyingTaking(Duration.ofSeconds(2)));
    tree.spec.addChild(child("db").build());
    tree.spec.addChild(child("w").addDependency("db", WhenLost.IS_STOPPED).build());
    Supervisor handle = tree.start();
    var unused = handle.restart(W, "new release");
    tree.run(Duration.ofMillis(10));
    tree.platform.kill(DB);
    tree.run(Duration.ofSeconds(30));
    assertThat(tree.now("w").desire()).isEqualTo(Desire.DOWN);
  }

  @Test
  void once_dependencyIsLost_thatIsRestartedWith_itsOneRunIsOver() {
    tree.spec.addChild(child("db").build());
    tree.spec.addChild(
        child("w").withInitially(Desire.DOWN).addDependency("db", WhenLost.IS_RESTARTED).build());
    Supervisor handle = tree.start();
    var unused = handle.once(W);
    tree.run(Duration.ofMillis(10));
    tree.platform.kill(DB);
    tree.run(Duration.ofSeconds(30));
    assertThat(tree.now("w").counters().launches()).isEqualTo(1);
    assertThat(tree.now("w").desire()).isEqualTo(Desire.DOWN);
  }

  /** Neither operation is refused, and the dependent waits for ever. */
  @Test
  void define_namesASiblingThatIsBeingRemoved_isRefusedOrTheRemovalIs() {
    tree.program("old", RUNS.ignoring(Signal.TERM));
    tree.spec.addChild(child("old").build());
    Supervisor handle = tree.start();
    var removal = handle.remove(ChildId.of("old")).toCompletableFuture();
    tree.run(Duration.ofMillis(10));
    var definition = handle.define(child("w").addDependency("old").build()).toCompletableFuture();
    tree.run(Duration.ofMinutes(5));
    assertThat(removal).isDone();
    assertThat(definition).isDone();
    assertThat(removal.isCompletedExceptionally() || definition.isCompletedExceptionally())
        .as("one of both is refused")
        .isTrue();
  }

  /** The same `restart` stops the dependent or does not, by whether a place to start is free. */
  @Test
  void oneshotRunsAgain_itsDependentsAreTreatedAlike_whetherAPlaceToStartIsFreeOrNot() {
    tree.program("m", RUNS.exits(0, Duration.ofSeconds(1))).program("slow", RUNS);
    tree.spec.addChild(
        child("m")
            .withRestart(RestartPolicy.transientPolicy())
            .withReadiness(ReadinessSpec.completed(Duration.ofMinutes(1)))
            .build());
    tree.spec.addChild(child("w").addDependency("m", WhenLost.IS_STOPPED).build());
    tree.spec.addChild(
        child("slow")
            .withInitially(Desire.DOWN)
            .withReadiness(new ReadinessSpec.Notified(3, Duration.ofHours(1)))
            .build());
    Supervisor handle = tree.start(TreeLimits.defaults().withStartingMax(1));
    tree.run(Duration.ofSeconds(3));
    var unused = handle.restart(ChildId.of("m"), "a place is free");
    tree.run(Duration.ofSeconds(3));
    Desire withPlace = tree.now("w").desire();
    var slow = handle.up(ChildId.of("slow"));
    var again = handle.restart(ChildId.of("m"), "no place is free");
    tree.run(Duration.ofSeconds(3));
    assertThat(slow).isNotNull();
    assertThat(again).isNotNull();
    assertThat(tree.now("w").desire()).isEqualTo(withPlace);
  }

  @Test
  void explain_dependencyIsASupervisor_whoseGrandchildIsNotReady_namesTheGrandchild() {
    SupervisorSpec inner =
        SupervisorSpec.builder("inner")
            .addChild(child("x").withReadiness(ReadinessSpec.notified(3)).build())
            .build();
    tree.program("x", RUNS);
    tree.spec.addChild(SupervisorSpec.builder("s").addChild(inner).build());
    tree.spec.addChild(child("w").addDependency("s").build());
    Supervisor handle = tree.start();
    tree.run(Duration.ofSeconds(1));
    assertThat(tree.now("w").phase()).isEqualTo(Phase.WAITING);
    assertThat(handle.explain(W).orElseThrow().cause().child()).isEqualTo(ChildId.of("s/inner/x"));
  }

  @Test
  void reason_dependencyIsThereButNoPlaceIsFree_isThePlace() {
    startWithOnePlace();
    assertThat(tree.now("db").ready()).isTrue();
    assertThat(tree.now("w").phase()).isEqualTo(Phase.WAITING);
    assertThat(tree.now("w").reason()).contains("place");
  }

  /** A supervisor needs no place among those that are starting. */
  @Test
  void supervisorAtTheGate_dependencyIsThere_isStartedThoughNoPlaceIsFree() {
    startWithOnePlace();
    assertThat(tree.now("db").ready()).isTrue();
    assertThat(tree.now("s").phase()).isEqualTo(Phase.RUNNING);
  }

  private void startWithOnePlace() {
    tree.program("db", RUNS.notifies(Duration.ofSeconds(2))).program("slow", RUNS);
    tree.spec.addChild(child("db").withReadiness(ReadinessSpec.notified(3)).build());
    tree.spec.addChild(
        child("slow").withReadiness(new ReadinessSpec.Notified(3, Duration.ofHours(1))).build());
    tree.spec.addChild(child("w").addDependency("db").build());
    tree.spec.addChild(SupervisorSpec.builder("s").addDependency("db").build());
    Supervisor unused = tree.start(TreeLimits.defaults().withStartingMax(1));
    tree.run(Duration.ofSeconds(5));
  }

  @Test
  void treeLimit_isExceeded_theGiveUpIsTold() {
    startAndExceedTheTreeLimit();
    assertThat(tree.giveUps).isNotEmpty();
  }

  @Test
  void treeLimit_isExceeded_theReportEndsWithTheRootCause() {
    Supervisor handle = startAndExceedTheTreeLimit();
    var why = handle.stopped().toCompletableFuture().join().why();
    assertThat(why.get(why.size() - 1).child()).isEqualTo(W);
  }

  private Supervisor startAndExceedTheTreeLimit() {
    tree.spec.withLimit(RestartLimit.none()).addChild(child("w").build());
    Supervisor handle =
        tree.start(TreeLimits.defaults().withRestarts(RestartIntensity.of(0, Duration.ofHours(1))));
    tree.platform.kill(W);
    tree.run(Duration.ofSeconds(5));
    assertThat(handle.stopped().toCompletableFuture()).isDone();
    return handle;
  }
}
