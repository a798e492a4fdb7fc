package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.AutoShutdown;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.Significance;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.strategy.RestartStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One run: what ends it, and what its end is not. */
class OnceTest {
  private static ProcessSpec.Builder worker(String id) {
    return Fixture.child(id).withReadiness(ReadinessSpec.atLaunch());
  }

  private static Driver tree(RestartStrategy strategy, ChildSpec... children) {
    SupervisorSpec.Builder spec = SupervisorSpec.builder("t").withStrategy(strategy);
    for (ChildSpec each : children) {
      spec.addChild(each);
    }
    return Driver.started(spec.build());
  }

  private static Driver one() {
    return tree(RestartStrategy.oneForOne(), worker("a").withInitially(Desire.DOWN).build());
  }

  private static void assertRanOnce(Driver d, String id) {
    assertThat(d.phase(id)).isEqualTo(Phase.DOWN);
    assertThat(d.now(id).desire()).isEqualTo(Desire.DOWN);
    assertThat(d.pass(Duration.ofHours(1)).phase(id)).as("later").isEqualTo(Phase.DOWN);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void once_ofAChildThatIsDown_isOneRun_whateverItsEnd(int code) {
    Driver d = one().once("a");
    assertThat(d.phase("a")).isEqualTo(Phase.RUNNING);
    assertThat(d.now("a").desire()).isEqualTo(Desire.ONCE);
    d.exits("a", code);
    assertRanOnce(d, "a");
    assertThat(d.now("a").counters().restarts()).isZero();
    assertThat(d.counted()).isZero();
    assertThat(d.now("a").lastExits()).hasSize(1);
  }

  @Test
  void once_ofAChildThatRuns_isTheRestOfThatRun() {
    Driver d = tree(RestartStrategy.oneForOne(), worker("a").build()).once("a");
    assertThat(d.now("a").number()).isEqualTo(1);
    d.exits("a", 1);
    assertRanOnce(d, "a");
    assertThat(d.now("a").number()).isEqualTo(1);
  }

  @Test
  void once_thatCannotBeLaunched_isNotTriedAgain_andNoFailedStart() {
    Driver d = one().denyLaunches("a", 1).once("a");
    assertRanOnce(d, "a");
    assertThat(d.events).noneMatch(event -> event instanceof SupervisorEvent.GaveUp);
  }

  @Test
  void once_ofAChildThatIsBeingStopped_isARunOfItsOwn() {
    Driver d = tree(RestartStrategy.oneForOne(), worker("a").build()).deaf("a").down("a").once("a");
    d.exits("a", 0);
    assertThat(d.phase("a")).isEqualTo(Phase.RUNNING);
    assertThat(d.now("a").number()).isEqualTo(2);
    d.exits("a", 1);
    assertRanOnce(d, "a");
  }

  @Test
  void once_duringBackoff_startsAtOnce() {
    Driver d = tree(RestartStrategy.oneForOne(), worker("a").build()).exits("a", 1);
    assertThat(d.phase("a")).isEqualTo(Phase.BACKOFF);
    assertThat(d.once("a").phase("a")).isEqualTo(Phase.RUNNING);
    d.exits("a", 1);
    assertRanOnce(d, "a");
  }

  @Test
  void upAfterOnce_isAnOrdinaryChildAgain() {
    Driver during = one().once("a").up("a");
    assertThat(during.now("a").number()).as("the same run").isEqualTo(1);
    assertThat(during.exits("a", 1).phase("a")).isEqualTo(Phase.BACKOFF);
    Driver after = one().once("a").exits("a", 1).up("a");
    assertThat(after.exits("a", 1).phase("a")).isEqualTo(Phase.BACKOFF);
  }

  @Test
  void restartDuringOnce_wantsItUp() {
    Driver d = one().once("a").restart("a");
    assertThat(d.now("a").desire()).isEqualTo(Desire.UP);
    assertThat(d.phase("a")).isEqualTo(Phase.RUNNING);
    assertThat(d.now("a").number()).isEqualTo(2);
  }

  @Test
  void downDuringOnce_stopsIt() {
    Driver d = one().once("a").down("a");
    assertRanOnce(d, "a");
  }

  @Test
  void anotherSpecDuringOnce_isRunOnceInstead() {
    Driver d = one().once("a").define(worker("a").addVariable("NEW", "1").build());
    assertThat(d.now("a").number()).isEqualTo(2);
    assertThat(d.now("a").desire()).isEqualTo(Desire.ONCE);
    d.exits("a", 1);
    assertRanOnce(d, "a");
  }

  @Test
  void restartOfItsGroup_endsTheOneRun_inItsTurn_andTheOthersComeBack() {
    Driver d =
        tree(
                RestartStrategy.oneForAll(),
                worker("a").build(),
                worker("b").build(),
                worker("c").build())
            .once("b");
    d.trace();
    d.exits("a", 1).pass(Duration.ofSeconds(2));
    assertThat(d.orders()).isEqualTo("stop c, stop b, start a, start c");
    assertRanOnce(d, "b");
    assertThat(d.now("b").counters().restarts()).isZero();
  }

  /** The operator's word is the last one: it was said when the run was lost already. */
  @Test
  void onceDuringTheRestartOfItsGroup_runsWhenItsTurnHasCome() {
    Driver d =
        tree(RestartStrategy.oneForAll(), worker("a").build(), worker("b").build())
            .once("b")
            .deaf("b");
    d.exits("a", 1);
    assertThat(d.phase("b")).isEqualTo(Phase.STOPPING);
    d.once("b").exits("b", 0);
    assertThat(d.phase("b")).isEqualTo(Phase.WAITING);
    d.pass(Duration.ofSeconds(2));
    assertThat(d.phase("b")).isEqualTo(Phase.RUNNING);
    assertThat(d.now("b").desire()).isEqualTo(Desire.ONCE);
  }

  @Test
  void endOfOnce_restartsNobodyElse() {
    Driver d =
        tree(RestartStrategy.oneForAll(), worker("a").build(), worker("b").build()).once("b");
    d.trace();
    d.exits("b", 1).pass(Duration.ofMinutes(1));
    assertThat(d.orders()).isEmpty();
  }

  @Test
  void endOfOnce_isNoAutoShutdown_andWhileItRunsItKeepsNobodyUp() {
    SupervisorSpec.Builder spec =
        SupervisorSpec.builder("t").withAutoShutdown(AutoShutdown.ALL_SIGNIFICANT);
    for (String id : new String[] {"a", "b"}) {
      spec.addChild(
          worker(id)
              .withRestart(RestartPolicy.transientPolicy())
              .withSignificance(Significance.SIGNIFICANT)
              .build());
    }
    Driver ended = Driver.started(spec.build()).once("a").exits("a", 0);
    assertThat(ended.isOver()).isFalse();
    assertThat(ended.exits("b", 0).isOver()).isTrue();
    Driver running = Driver.started(spec.build()).once("a").exits("b", 0);
    assertThat(running.isOver()).isTrue();
  }

  @Test
  void temporaryAfterOnce_isKept() {
    Driver d =
        tree(
            RestartStrategy.oneForOne(),
            worker("a").withRestart(RestartPolicy.temporary()).build());
    assertRanOnce(d.once("a").exits("a", 0), "a");
  }

  @Test
  void supervisorWantedOnce_thatGivesUp_isDown_andItsParentGoesOn() {
    SupervisorSpec inner =
        SupervisorSpec.builder("s")
            .withLimit(org.jsupervisor.policy.RestartIntensity.of(1, Duration.ofMinutes(1)))
            .addChild(worker("x").build())
            .build();
    Driver d = tree(RestartStrategy.oneForOne(), inner).once("s");
    d.exits("s/x", 1).pass(Duration.ofSeconds(2)).exits("s/x", 1);
    assertRanOnce(d, "s");
    assertThat(d.counted(ChildId.ROOT)).isZero();
  }

  /** Found by the walks: it stayed wanted once, with nothing to come. */
  @Test
  void launchThatFailsWhileItsSupervisorStops_isNotWantedAnyMore() {
    Driver d =
        tree(
            RestartStrategy.oneForOne(),
            worker("a").withInitially(Desire.DOWN).build(),
            worker("b").build());
    d.slowToLaunch("a").deaf("b").once("a").stopTree();
    assertThat(d.phase("b")).isEqualTo(Phase.STOPPING);
    d.launchFails("a");
    assertThat(d.phase("a")).isEqualTo(Phase.DOWN);
    assertThat(d.now("a").desire()).isEqualTo(Desire.DOWN);
  }

  @Test
  void stopOfTheTree_endsWhatRunsOnce_andWhatWaitsForIt() {
    Driver d = one().once("a").stopTree();
    assertThat(d.isOver()).isTrue();
    Driver initially =
        tree(RestartStrategy.oneForOne(), worker("a").withInitially(Desire.ONCE).build());
    assertRanOnce(initially.exits("a", 0), "a");
  }
}
