package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.WhenLost;
import org.jsupervisor.strategy.RestartStrategy;
import org.junit.jupiter.api.Test;

/** What a child needs of its siblings before it starts, and what becomes of it without them. */
class DependencyTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void dependent_isStartedWhenItsDependencyIsReady_notWhenItRuns() {
    Driver d = Driver.of(Driver.oneForOne(web(WhenLost.GOES_ON), slow("db").build()));
    d.step(new Input.StartTree());
    assertThat(d.orders()).isEqualTo("start db");
    assertThat(d.phase("web")).isEqualTo(Phase.WAITING);
    assertThat(d.now("web").reason()).isEqualTo("waits for db");
    assertThat(d.model.isReady()).isFalse();
    assertThat(d.pass(SECOND).orders()).isEqualTo("start web");
    assertThat(d.model.isReady()).isTrue();
  }

  @Test
  void siblingsWithoutDependencies_doNotWaitForThoseThatWait() {
    Driver d =
        Driver.of(
            Driver.oneForOne(slow("db").build(), web(WhenLost.GOES_ON), Driver.permanent("other")));
    assertThat(d.step(new Input.StartTree()).orders()).isEqualTo("start db, start other");
    assertThat(d.now("db").phase()).isEqualTo(Phase.RUNNING);
    assertThat(d.model.child(ChildId.ROOT).orElseThrow().phase()).isEqualTo(Phase.RUNNING);
  }

  @Test
  void dependencies_areAllWaitedFor_andNamed() {
    Driver d =
        Driver.of(
            Driver.oneForOne(
                slow("db").build(),
                slow("cache").withReadiness(ReadinessSpec.aliveFor(SECOND.multipliedBy(3))).build(),
                Driver.worker("web", RestartPolicy.permanent())
                    .addDependency("db")
                    .addDependency("cache")
                    .build()));
    d.step(new Input.StartTree());
    assertThat(d.now("web").reason()).isEqualTo("waits for db, cache");
    d.pass(SECOND);
    assertThat(d.now("web").reason()).isEqualTo("waits for cache");
    assertThat(d.pass(SECOND.multipliedBy(2)).trace()).last().isEqualTo("start web");
  }

  @Test
  void lost_goesOn_leavesTheDependentAlone() {
    Driver d = dbAnd(WhenLost.GOES_ON).exits("db", 1);
    assertThat(d.trace()).containsExactly("end db");
    assertThat(d.phase("web")).isEqualTo(Phase.RUNNING);
  }

  @Test
  void lost_isRestarted_stopsTheDependent_andStartsItWhenTheDependencyIsReadyAgain() {
    Driver d = dbAnd(WhenLost.IS_RESTARTED).exits("db", 1);
    assertThat(d.orders()).isEqualTo("stop web");
    assertThat(d.phase("web")).isEqualTo(Phase.WAITING);
    assertThat(d.now("web").desire()).isEqualTo(Desire.UP);
    assertThat(d.pass(SECOND.multipliedBy(2)).orders()).isEqualTo("start db");
    assertThat(d.pass(SECOND).orders()).isEqualTo("start web");
  }

  @Test
  void lost_isStopped_stopsTheDependent_andItStaysDown() {
    Driver d = dbAnd(WhenLost.IS_STOPPED).exits("db", 1);
    assertThat(d.orders()).isEqualTo("stop web");
    assertThat(d.pass(Duration.ofMinutes(1)).orders()).isEqualTo("start db");
    assertThat(d.phase("web")).isEqualTo(Phase.DOWN);
    assertThat(d.now("web").desire()).isEqualTo(Desire.DOWN);
    assertThat(d.up("web").orders()).isEqualTo("start web");
  }

  /** Seed 3368: it was wanted DOWN by the group's restart already, and waited for its turn. */
  @Test
  void lost_isStopped_stopsAtOnceWhoRunsOnce_alsoInTheRestartOfItsGroup() {
    Driver d =
        Driver.started(
                Driver.oneForAll(
                    Driver.permanent("db"), web(WhenLost.IS_STOPPED), Driver.permanent("x")))
            .deaf("x");
    d.down("web").step(new Input.Once(ChildId.of("web"), "test")).trace();
    assertThat(d.exits("db", 1).orders()).isEqualTo("stop x, stop web");
  }

  @Test
  void operatorsDown_isALossAsWell_andUpBringsBothBack() {
    Driver d = dbAnd(WhenLost.IS_RESTARTED).down("db");
    assertThat(d.orders()).isEqualTo("stop db, stop web");
    assertThat(d.pass(Duration.ofMinutes(1)).orders()).isEmpty();
    assertThat(d.up("db").orders()).isEqualTo("start db");
    assertThat(d.pass(SECOND).orders()).isEqualTo("start web");
  }

  @Test
  void operatorsRestartOfADependency_restartsTheDependent_once() {
    Driver d = dbAnd(WhenLost.IS_RESTARTED).restart("db");
    assertThat(d.orders()).isEqualTo("stop db, stop web, start db");
    assertThat(d.pass(SECOND).orders()).isEqualTo("start web");
    assertThat(d.now("web").counters().restarts()).isZero();
  }

  @Test
  void lossIsPassedOn_alongAChain() {
    Driver d =
        Driver.started(
            Driver.oneForOne(
                Driver.permanent("a"),
                Driver.worker("b", RestartPolicy.permanent())
                    .addDependency("a", WhenLost.IS_RESTARTED)
                    .build(),
                Driver.worker("c", RestartPolicy.permanent())
                    .addDependency("b", WhenLost.IS_RESTARTED)
                    .build()));
    assertThat(d.exits("a", 1).orders()).isEqualTo("stop b, stop c, start a, start b, start c");
  }

  @Test
  void launchUnderWay_whenTheDependencyIsLost_isStoppedWhenItComes() {
    Driver d = dbAnd(WhenLost.IS_RESTARTED).slowToLaunch("web").restart("web");
    d.trace();
    d.exits("db", 1);
    assertThat(d.phase("web")).isEqualTo(Phase.LAUNCHING);
    assertThat(d.launchComes("web").orders()).isEqualTo("stop web");
    assertThat(d.phase("web")).isEqualTo(Phase.WAITING);
  }

  @Test
  void upOfADependent_whoseDependencyIsDown_waits() {
    Driver d = dbAnd(WhenLost.IS_RESTARTED).down("db");
    d.trace();
    assertThat(d.up("web").orders()).isEmpty();
    assertThat(d.phase("web")).isEqualTo(Phase.WAITING);
    assertThat(d.now("web").reason()).isEqualTo("waits for db");
  }

  @Test
  void downOfAWaitingDependent_endsItsWaiting() {
    Driver d = dbAnd(WhenLost.IS_RESTARTED).down("db").down("web");
    d.trace();
    assertThat(d.up("db").pass(SECOND).orders()).isEqualTo("start db");
    assertThat(d.phase("web")).isEqualTo(Phase.DOWN);
  }

  @Test
  void removedDependency_isALoss_andIsWaitedForByName() {
    Driver d = dbAnd(WhenLost.IS_RESTARTED).remove("db");
    assertThat(d.orders()).isEqualTo("stop db, stop web");
    assertThat(d.knows("db")).isFalse();
    assertThat(d.now("web").reason()).isEqualTo("waits for db");
    assertThat(d.define(slow("db").build()).pass(SECOND).orders()).isEqualTo("start db, start web");
  }

  @Test
  void newSpecWithoutTheDependency_startsWhoWaited() {
    Driver d = dbAnd(WhenLost.IS_RESTARTED).down("db");
    d.trace();
    assertThat(d.define(Driver.permanent("web")).orders()).isEqualTo("start web");
  }

  @Test
  void newSpecWithADependency_waitsForIt() {
    Driver d = Driver.started(Driver.oneForOne(slow("db").build(), Driver.permanent("web")));
    d.trace();
    assertThat(d.define(web(WhenLost.GOES_ON)).orders()).isEqualTo("stop web");
    assertThat(d.pass(SECOND).orders()).isEqualTo("start web");
  }

  @Test
  void supervisor_isThereWhenAllBelowItIsReady() {
    Driver d =
        Driver.of(
            Driver.oneForOne(
                Driver.supervisor("db", RestartStrategy.oneForOne(), slow("a").build()).build(),
                web(WhenLost.IS_RESTARTED)));
    assertThat(d.step(new Input.StartTree()).orders()).isEqualTo("start db/a");
    assertThat(d.phase("db")).isEqualTo(Phase.RUNNING);
    assertThat(d.pass(SECOND).orders()).isEqualTo("start web");
  }

  @Test
  void supervisor_canDependOnASibling() {
    Driver d =
        Driver.of(
            Driver.oneForOne(
                slow("db").build(),
                Driver.supervisor("s", RestartStrategy.oneForOne(), Driver.permanent("a"))
                    .addDependency("db", WhenLost.IS_RESTARTED)
                    .build()));
    assertThat(d.step(new Input.StartTree()).orders()).isEqualTo("start db");
    assertThat(d.pass(SECOND).orders()).isEqualTo("start s/a");
    assertThat(d.exits("db", 1).orders()).isEqualTo("stop s/a");
    assertThat(d.pass(SECOND.multipliedBy(3)).orders()).isEqualTo("start db, start s/a");
  }

  @Test
  void groupRestart_keepsTheOrderOfDependencies_whateverTheListSays() {
    Driver d =
        Driver.started(
            Driver.oneForAll(
                Driver.worker("web", RestartPolicy.permanent()).addDependency("db").build(),
                Driver.permanent("db"),
                Driver.permanent("x")));
    assertThat(d.exits("x", 1).orders())
        .isEqualTo("stop web, stop db, start db, start web, start x");
  }

  @Test
  void endOfTheTree_stopsDependentsFirst_whateverTheListSays() {
    Driver d =
        Driver.started(
            Driver.oneForOne(
                Driver.worker("web", RestartPolicy.permanent()).addDependency("db").build(),
                Driver.permanent("db")));
    assertThat(d.stopTree().orders()).isEqualTo("stop web, stop db");
    assertThat(d.isOver()).isTrue();
  }

  @Test
  void endOfTheTree_whileSomebodyWaits_startsNobody() {
    Driver d = Driver.started(Driver.oneForOne(slow("db").build(), web(WhenLost.GOES_ON)));
    assertThat(d.stopTree().orders()).isEqualTo("stop db");
    assertThat(d.isOver()).isTrue();
  }

  /** Ready when it has lived for a second; its next start waits for two. */
  private static ProcessSpec.Builder slow(String id) {
    return Driver.worker(id, RestartPolicy.permanent())
        .withRestart(RestartPolicy.permanent().withBackoff(Backoff.fixed(SECOND.multipliedBy(2))))
        .withReadiness(ReadinessSpec.aliveFor(SECOND));
  }

  private static ProcessSpec web(WhenLost whenLost) {
    return Driver.worker("web", RestartPolicy.permanent()).addDependency("db", whenLost).build();
  }

  /** A database that is ready, and who depends on it. */
  private static Driver dbAnd(WhenLost whenLost) {
    Driver d = Driver.started(Driver.oneForOne(slow("db").build(), web(whenLost)));
    d.pass(SECOND).trace();
    return d;
  }
}
