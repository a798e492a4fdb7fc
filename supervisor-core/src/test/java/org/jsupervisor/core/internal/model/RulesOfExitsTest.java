package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.snapshot.Phase;
import org.junit.jupiter.api.Test;

/** What the end of one child leads to: OTP rules 25 to 30. */
class RulesOfExitsTest {
  @Test
  void r25_permanent_isRestartedWhateverTheReason() {
    Driver d = Driver.started(Driver.oneForOne(Driver.permanent("a")));
    assertThat(d.exits("a", 0).trace()).containsExactly("end a", "start a");
    assertThat(d.exits("a", 1).trace()).containsExactly("end a", "start a");
  }

  @Test
  void r26_transient_isRestartedAfterAnAbnormalExitOnly() {
    Driver d = Driver.started(Driver.oneForOne(Driver.transientOne("a")));
    assertThat(d.exits("a", 1).trace()).containsExactly("end a", "start a");
    assertThat(d.exits("a", 0).trace()).containsExactly("end a");
    assertThat(d.phase("a")).isEqualTo(Phase.FINISHED);
  }

  @Test
  void r27_temporary_isForgotten_andItsIdIsFree() {
    Driver d = Driver.started(Driver.oneForOne(Driver.temporary("a")));
    assertThat(d.exits("a", 1).trace()).containsExactly("end a");
    assertThat(d.knows("a")).isFalse();
    assertThat(d.define(Driver.permanent("a")).trace()).containsExactly("start a");
  }

  @Test
  void r28_transientAfterACleanExit_isKept_andCanBeStartedAgain() {
    Driver d = Driver.started(Driver.oneForOne(Driver.transientOne("a"))).exits("a", 0);
    assertThat(d.knows("a")).isTrue();
    d.trace();
    assertThat(d.restart("a").trace()).containsExactly("start a");
  }

  @Test
  void r29_exitWithoutRestart_touchesNoSibling_andCostsNothing() {
    Driver d =
        Driver.started(
            Driver.oneForAll(
                Driver.transientOne("a"), Driver.temporary("b"), Driver.permanent("c")));
    d.exits("a", 0).exits("b", 1);
    assertThat(d.trace()).containsExactly("end a", "end b");
    assertThat(d.counted()).isZero();
  }

  @Test
  void r30_exitOfAnOldRun_isIgnored() {
    Driver d = Driver.started(Driver.oneForAll(Driver.permanent("a"), Driver.permanent("b")));
    d.exits("a", 1);
    TreeModel before = d.model;
    d.step(new Input.Exited(new Incarnation(ChildId.of("a"), 1), new ExitStatus.Exited(1)));
    assertThat(d.model).isEqualTo(before);
  }

  @Test
  void r30_exitsAtOneInstant_areTakenOneByOne() {
    Driver d = Driver.started(Driver.oneForOne(Driver.permanent("a"), Driver.permanent("b")));
    d.alsoExits("b", 1).exits("a", 1);
    assertThat(d.trace()).containsExactly("end b", "end a", "start b", "start a");
    assertThat(d.counted()).isEqualTo(2);
  }
}
