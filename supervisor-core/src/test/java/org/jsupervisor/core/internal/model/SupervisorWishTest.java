package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TeamStop;
import org.jsupervisor.strategy.RestartStrategy;
import org.junit.jupiter.api.Test;

/** What an operator wants of a supervisor that is coming, ending, or kept by what cannot die. */
class SupervisorWishTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static SupervisorSpec.Builder s(ChildSpec... children) {
    return Driver.supervisor("s", RestartStrategy.oneForOne(), children)
        .withLimit(RestartIntensity.of(0, SECOND));
  }

  private static SupervisorSpec ab() {
    return s(Driver.permanent("a"), Driver.permanent("b")).build();
  }

  /** Its next start waits for two seconds. */
  private static ProcessSpec late(String id) {
    return Driver.worker(id, RestartPolicy.permanent())
        .withRestart(RestartPolicy.permanent().withBackoff(Backoff.fixed(SECOND.multipliedBy(2))))
        .build();
  }

  /** It is stopping until its child {@code s/a} ends. */
  private static Driver stopping() {
    Driver d = Driver.started(Driver.oneForOne(ab())).deaf("s/a").restart("s");
    assertThat(d.orders()).isEqualTo("stop s/b, stop s/a");
    return d;
  }

  // While it is stopping.

  @Test
  void upWhileItStopsForDown_startsItAgain() {
    Driver d = stopping().down("s").up("s");
    assertThat(d.now("s").desire()).isEqualTo(Desire.UP);
    assertThat(d.exits("s/a", 0).orders()).isEqualTo("start s/a, start s/b");
  }

  @Test
  void onceWhileItStops_startsItAgain_once() {
    Driver d = stopping().down("s").once("s");
    assertThat(d.now("s").desire()).isEqualTo(Desire.ONCE);
    assertThat(d.exits("s/a", 0).orders()).isEqualTo("start s/a, start s/b");
  }

  @Test
  void downWhileItStopsForARestart_endsIt() {
    Driver d = stopping().down("s");
    assertThat(d.now("s").desire()).isEqualTo(Desire.DOWN);
    assertThat(d.exits("s/a", 0).orders()).isEmpty();
    assertThat(d.phase("s")).isEqualTo(Phase.DOWN);
  }

  @Test
  void removalWhileItStops_forgetsItAtItsEnd_andUpComesTooLate() {
    Driver d = stopping().remove("s").up("s");
    assertThat(d.now("s").desire()).isEqualTo(Desire.DOWN);
    assertThat(d.exits("s/a", 0).orders()).isEmpty();
    assertThat(d.knows("s")).isFalse();
  }

  @Test
  void removal_isAWishForDown() {
    Driver d = Driver.started(Driver.oneForOne(ab())).deaf("s/a").remove("s");
    assertThat(d.now("s").desire()).isEqualTo(Desire.DOWN);
  }

  @Test
  void definitionWhileItIsRemoved_keepsIt() {
    Driver d = stopping().remove("s").define(ab());
    assertThat(d.now("s").desire()).isEqualTo(Desire.UP);
    assertThat(d.exits("s/a", 0).orders()).isEqualTo("start s/a, start s/b");
    assertThat(d.knows("s")).isTrue();
  }

  /** It has given up, and its child does not end. */
  private static Driver givingUp() {
    Driver d = Driver.started(Driver.oneForOne(ab())).deaf("s/a").exits("s/b", 1);
    assertThat(d.phase("s")).isEqualTo(Phase.STOPPING);
    d.trace();
    return d;
  }

  @Test
  void anotherDefinitionWhileItGivesUp_startsIt_asNoRestart() {
    Driver d = givingUp().define(s(Driver.permanent("c")).build());
    assertThat(d.exits("s/a", 0).orders()).isEqualTo("start s/c");
    assertThat(d.now("s").counters().restarts()).isZero();
    assertThat(d.counted()).isZero();
  }

  @Test
  void sameDefinitionWhileItGivesUp_changesNothing() {
    Driver d = givingUp().define(ab());
    assertThat(d.exits("s/a", 0).orders()).isEqualTo("start s/a, start s/b");
    assertThat(d.now("s").counters().restarts()).isEqualTo(1);
  }

  @Test
  void upWhileItGivesUp_startsIt_asNoRestart() {
    Driver d = givingUp().up("s");
    assertThat(d.exits("s/a", 0).orders()).isEqualTo("start s/a, start s/b");
    assertThat(d.now("s").counters().restarts()).isZero();
  }

  // While its group is restarted.

  private static Driver inAGroup() {
    Driver d = Driver.started(Driver.oneForAll(ab(), late("x"))).deaf("s/a").exits("x", 1);
    assertThat(d.orders()).isEqualTo("stop s/b, stop s/a");
    return d;
  }

  @Test
  void upWhileItsGroupIsStopped_waitsForItsTurn() {
    Driver d = inAGroup().up("s");
    assertThat(d.exits("s/a", 0).orders()).isEmpty();
    assertThat(d.pass(SECOND.multipliedBy(2)).orders()).isEqualTo("start s/a, start s/b, start x");
  }

  @Test
  void removedAndDefinedWhileItsGroupIsStopped_waitsForItsTurn() {
    Driver d = inAGroup().remove("s").define(ab());
    assertThat(d.exits("s/a", 0).orders()).isEmpty();
    assertThat(d.pass(SECOND.multipliedBy(2)).orders()).isEqualTo("start s/a, start s/b, start x");
  }

  @Test
  void upOfTheOneThatFailed_isNow_andNothingIsDueAnyMore() {
    Driver d = Driver.started(Driver.oneForAll(late("x"), Driver.permanent("y"))).exits("x", 1);
    assertThat(d.model.child(ChildId.ROOT).orElseThrow().deadlineNanos()).isPresent();
    d.trace();
    assertThat(d.up("x").orders()).isEqualTo("start x, start y");
    assertThat(d.model.child(ChildId.ROOT).orElseThrow().deadlineNanos()).isEmpty();
  }

  // While something below it cannot be killed.

  /** It is down, and {@code s/a} does not die. */
  private static Driver kept(SupervisorSpec spec) {
    Driver d = Driver.started(Driver.oneForOne(spec)).immortal("s/a").remove("s");
    d.pass(Driver.GRACE).pass(SECOND.multipliedBy(2)).trace();
    assertThat(d.phase("s")).isEqualTo(Phase.DOWN);
    assertThat(d.phase("s/a")).isEqualTo(Phase.UNKILLABLE);
    return d;
  }

  @Test
  void upOfARemovedSupervisor_thatIsKeptByWhatCannotDie_isNothing() {
    Driver d = kept(ab()).up("s");
    assertThat(d.phase("s")).isEqualTo(Phase.DOWN);
    assertThat(d.now("s").desire()).isEqualTo(Desire.DOWN);
    d.exits("s/a", 9);
    assertThat(d.knows("s")).isFalse();
  }

  @Test
  void definitionOfARemovedSupervisor_thatIsKeptByWhatCannotDie_startsIt() {
    Driver d = kept(ab()).define(ab());
    assertThat(d.orders()).isEqualTo("start s/b");
    assertThat(d.phase("s")).isEqualTo(Phase.RUNNING);
    assertThat(d.exits("s/a", 9).orders()).isEqualTo("start s/a");
  }

  @Test
  void removalDuringTheBackoffOfASupervisor_thatIsKeptByWhatCannotDie_isForGood() {
    SupervisorSpec slow =
        s(Driver.permanent("a"), Driver.permanent("b"))
            .withRestart(RestartPolicy.permanent().withBackoff(Backoff.fixed(SECOND)))
            .build();
    Driver d = Driver.started(Driver.oneForOne(slow)).immortal("s/a").exits("s/b", 1);
    d.pass(Driver.GRACE).pass(SECOND.multipliedBy(2)).pass(Duration.ofMillis(0));
    assertThat(d.now("s").phase()).isEqualTo(Phase.BACKOFF);
    d.trace();
    d.remove("s");
    assertThat(d.phase("s")).isEqualTo(Phase.DOWN);
    assertThat(d.now("s").desire()).isEqualTo(Desire.DOWN);
    assertThat(d.pass(SECOND.multipliedBy(5)).orders()).isEmpty();
    d.exits("s/a", 9);
    assertThat(d.knows("s")).isFalse();
  }

  @Test
  void removedSupervisor_isKeptByWhatCannotDieTwoLevelsBelow_andNoLonger() {
    Driver d =
        Driver.started(
                Driver.oneForOne(Driver.supervisor("o", RestartStrategy.oneForOne(), ab()).build()))
            .immortal("o/s/a")
            .remove("o");
    d.pass(Driver.GRACE).pass(SECOND.multipliedBy(2));
    assertThat(d.knows("o")).isTrue();
    assertThat(d.phase("o/s/a")).isEqualTo(Phase.UNKILLABLE);
    d.exits("o/s/a", 9);
    assertThat(d.knows("o/s/a")).isFalse();
    assertThat(d.knows("o/s")).isFalse();
    assertThat(d.knows("o")).isFalse();
  }

  @Test
  void timeToStopThatIsOver_isNotDueAnyMore() {
    Driver d =
        Driver.started(
                Driver.oneForOne(
                    s(Driver.permanent("a"))
                        .withStop(TeamStop.defaults().withStopWithin(SECOND))
                        .build()))
            .immortal("s/a")
            .down("s");
    assertThat(d.now("s").deadlineNanos()).hasValue(d.nowNanos + SECOND.toNanos());
    d.pass(SECOND);
    assertThat(d.phase("s")).isEqualTo(Phase.STOPPING);
    assertThat(d.now("s").deadlineNanos()).isEmpty();
  }

  // What it begins with.

  @Test
  void restart_beginsWithoutThePastOfItsChildren() {
    SupervisorSpec lasting =
        Driver.supervisor("s", RestartStrategy.oneForOne(), Driver.permanent("a")).build();
    Driver d = Driver.started(Driver.oneForOne(lasting)).exits("s/a", 1);
    assertThat(d.now("s/a").history().streak()).isEqualTo(1);
    d.restart("s");
    assertThat(d.now("s/a").history().streak()).isZero();
  }

  @Test
  void childrenThatWereAdded_goWithTheEndOfTheirSupervisor_butStayWithThatOfTheTree() {
    Driver d = Driver.started(Driver.oneForOne(ab()));
    d.define(Driver.permanent("c").at(ChildId.of("s/c"))).define(Driver.permanent("x"));
    d.down("s");
    assertThat(d.knows("s/c")).isFalse();
    assertThat(d.knows("s/a")).isTrue();
    d.stopTree();
    assertThat(d.isOver()).isTrue();
    assertThat(d.knows("x")).isTrue();
    assertThat(d.knows("s/b")).isTrue();
  }

  @Test
  void otherOrder_isThatOfTheNewDefinition_withAllBelow_andWhatCannotDieComesLast() {
    ProcessSpec x = Driver.permanent("x");
    ProcessSpec y = Driver.permanent("y");
    Driver d =
        Driver.started(
                Driver.oneForOne(
                    Driver.supervisor("o", RestartStrategy.oneForOne(), x, y, ab()).build()))
            .immortal("o/x");
    d.define(Driver.supervisor("o", RestartStrategy.oneForOne(), ab(), y).build());
    d.pass(Driver.GRACE).pass(SECOND.multipliedBy(2));
    assertThat(d.phase("o")).isEqualTo(Phase.RUNNING);
    assertThat(d.model.childrenOf(d.now("o")))
        .extracting(child -> child.id().path())
        .containsExactly("o/s", "o/y", "o/x");
    assertThat(d.model.inStartOrder())
        .extracting(child -> child.id().path())
        .containsExactly("o", "o/s", "o/s/a", "o/s/b", "o/y", "o/x");
  }

  @Test
  void otherKindOfChild_inThePlaceOfOneThatCannotDie_isLeftOut() {
    Driver d =
        Driver.started(
                Driver.oneForOne(
                    Driver.supervisor("o", RestartStrategy.oneForOne(), Driver.permanent("x"))
                        .build()))
            .immortal("o/x");
    d.define(
        Driver.supervisor(
                "o",
                RestartStrategy.oneForOne(),
                Driver.task("x", RestartPolicy.permanent()).build(),
                Driver.permanent("y"))
            .build());
    d.pass(Driver.GRACE).pass(SECOND.multipliedBy(2));
    assertThat(d.orders()).isEqualTo("stop o/x, kill o/x, start o/y");
    d.exits("o/x", 9);
    assertThat(d.knows("o/x")).isFalse();
    assertThat(d.phase("o")).isEqualTo(Phase.RUNNING);
  }
}
