package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jsupervisor.snapshot.Phase;
import org.junit.jupiter.api.Test;

/** What operators ask for: OTP rules 55 to 61. */
class RulesOfOperationsTest {
  private static Driver three() {
    return Driver.started(
        Driver.oneForAll(Driver.permanent("a"), Driver.permanent("b"), Driver.permanent("c")));
  }

  @Test
  void r55_childThatIsAdded_isTheLastInStartOrder() {
    Driver d = three().define(Driver.permanent("d"));
    assertThat(d.orders()).isEqualTo("start d");
    d.exits("a", 1);
    assertThat(d.orders()).isEqualTo("stop d, stop c, stop b, start a, start b, start c, start d");
  }

  @Test
  void r55_childThatIsThereAlready_isDefinedAnew_andAnEqualSpecDoesNothing() {
    Driver d = three();
    assertThat(d.define(Driver.permanent("a")).trace()).isEmpty();
    assertThat(d.define(Driver.transientOne("a")).orders()).isEqualTo("stop a, start a");
    assertThat(d.counted()).isZero();
  }

  @Test
  void r56_down_stopsAndKeepsTheChild_touchesNobody_andIsNeverUndone() {
    Driver d = three().down("b");
    assertThat(d.trace()).containsExactly("stop b", "end b");
    assertThat(d.down("b").trace()).isEmpty();
    assertThat(d.counted()).isZero();
    assertThat(d.pass(Duration.ofDays(1)).trace()).isEmpty();
    assertThat(d.phase("b")).isEqualTo(Phase.DOWN);
  }

  @Test
  void r56_temporaryThatIsTakenDown_isKept() {
    Driver d = Driver.started(Driver.oneForOne(Driver.temporary("a"))).down("a");
    assertThat(d.phase("a")).isEqualTo(Phase.DOWN);
  }

  @Test
  void r57_restartOfAChildThatIsDown_startsIt_ofOneThatIsUp_stopsItFirst() {
    Driver d = three().down("b");
    d.trace();
    assertThat(d.restart("b").orders()).isEqualTo("start b");
    assertThat(d.restart("b").orders()).isEqualTo("stop b, start b");
    assertThat(d.counted()).isZero();
  }

  @Test
  void r57_startThatFails_isRetried() {
    Driver d = Driver.started(Driver.oneForOne(Driver.permanent("a"))).down("a");
    d.trace();
    assertThat(d.denyLaunches("a", 1).up("a").orders()).isEqualTo("start a, fail a, start a");
    assertThat(d.counted()).isEqualTo(1);
  }

  @Test
  void r58_remove_stopsWhatIsUp_andForgetsIt() {
    Driver d = three().remove("b");
    assertThat(d.trace()).containsExactly("stop b", "end b");
    assertThat(d.knows("b")).isFalse();
    d.exits("a", 1);
    assertThat(d.orders()).isEqualTo("stop c, start a, start c");
  }

  @Test
  void r60_childrenAreListedInStartOrder_withTheirPhase() {
    Driver d = three().down("b");
    assertThat(d.model.inStartOrder())
        .extracting(child -> child.id() + " " + child.phase())
        .containsExactly("a RUNNING", "b DOWN", "c RUNNING");
    assertThat(d.model.size()).isEqualTo(3);
  }

  @Test
  void r61_operations_areServedAlsoInTheMiddleOfARound() {
    Driver d = three().deaf("c").exits("a", 1);
    d.trace();
    assertThat(d.down("b").orders()).isEqualTo("stop b");
    assertThat(d.exits("c", 0).orders()).isEqualTo("start a, start c");
  }
}
