package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.junit.jupiter.api.Test;

/** How a supervisor stops its children: OTP rules 17 to 24. */
class RulesOfStopTest {
  private static final SupervisorSpec THREE =
      Driver.oneForOne(Driver.permanent("a"), Driver.permanent("b"), Driver.permanent("c"));

  @Test
  void r17_childrenStopInReverse_theNextWhenTheOneBeforeIsDead() {
    Driver d = Driver.started(THREE).stopTree();
    assertThat(d.trace()).containsExactly("stop c", "end c", "stop b", "end b", "stop a", "end a");
    assertThat(d.isOver()).isTrue();
  }

  @Test
  void r18_killAtOnce_isNotAskedFirst() {
    ProcessSpec abrupt =
        Driver.worker("a", RestartPolicy.permanent()).withStop(StopSpec.killAtOnce()).build();
    Driver d = Driver.started(Driver.oneForOne(abrupt)).stopTree();
    assertThat(d.trace()).containsExactly("kill a", "end a");
  }

  @Test
  void r19_deafChild_isAskedThenKilledAfterItsGrace() {
    Driver d = Driver.started(THREE).deaf("b").stopTree();
    assertThat(d.trace()).containsExactly("stop c", "end c", "stop b");
    assertThat(d.pass(Driver.GRACE.minusNanos(1)).trace()).isEmpty();
    assertThat(d.pass(Duration.ofNanos(1)).trace())
        .containsExactly("kill b", "end b", "stop a", "end a");
  }

  @Test
  void r19_d8_childThatOutlivesKill_isWaitedForOnlySoLong_andTheOthersGoOn() {
    Driver d = Driver.started(THREE).immortal("b").stopTree();
    d.pass(Driver.GRACE).trace();
    d.pass(Duration.ofSeconds(2));
    assertThat(d.trace()).containsExactly("stop a", "end a");
    assertThat(d.isOver()).isTrue();
    assertThat(TreeMachine.unkillable(d.model)).containsExactly(ChildId.of("b"));
  }

  @Test
  void r21_childThatDiesOtherwiseDuringItsStop_doesNotDisturbTheStop() {
    Driver d = Driver.started(THREE).deaf("c").stopTree();
    d.exits("c", 7);
    assertThat(d.trace()).containsExactly("stop c", "end c", "stop b", "end b", "stop a", "end a");
    assertThat(d.isOver()).isTrue();
  }

  @Test
  void r24_childThatEndsByItselfWhileTheSupervisorStops_isNeitherRestartedNorCounted() {
    Driver d = Driver.started(THREE).deaf("c").stopTree();
    d.exits("a", 1);
    assertThat(d.trace()).containsExactly("stop c", "end a");
    d.exits("c", 0);
    assertThat(d.orders()).isEqualTo("stop b");
    assertThat(d.counted()).isZero();
    assertThat(d.isOver()).isTrue();
  }
}
