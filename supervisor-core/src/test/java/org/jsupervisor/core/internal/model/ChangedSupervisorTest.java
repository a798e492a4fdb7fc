package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.strategy.RestartStrategy;
import org.junit.jupiter.api.Test;

/**
 * Supervisors that are given another spec, replaced, removed or taken down, and what is below them.
 */
class ChangedSupervisorTest {
  @Test
  void supervisorThatWasNeverWanted_doesNotKeepTheTreeFromBeingReady() {
    SupervisorSpec spare =
        Driver.supervisor("s", RestartStrategy.oneForOne(), Driver.permanent("a"))
            .withInitially(Desire.DOWN)
            .build();
    Driver d = Driver.started(Driver.oneForOne(spare, Driver.permanent("x")));
    assertThat(d.orders()).isEmpty();
    assertThat(d.model.isReady()).isTrue();
    assertThat(d.up("s").orders()).isEqualTo("start s/a");
  }

  @Test
  void childThatEndedWhileItsSupervisorStopped_doesNotKeepTheTreeFromBeingReady() {
    Driver d = NestedTree.oneForOne(RestartPolicy.permanent()).deaf("s/b").down("s");
    d.exits("s/a", 1).exits("s/b", 0);
    assertThat(d.phase("s")).isEqualTo(Phase.DOWN);
    assertThat(d.model.isReady()).isTrue();
  }

  @Test
  void supervisorDefinedAnew_startsWithTheChildrenAndTheOrderOfItsNewSpec() {
    Driver d = NestedTree.oneForOne(RestartPolicy.permanent());
    SupervisorSpec other =
        Driver.supervisor(
                "s", RestartStrategy.oneForOne(), Driver.permanent("c"), Driver.permanent("b"))
            .build();
    d.define(other);
    assertThat(d.orders()).isEqualTo("stop s/b, stop s/a, start s/c, start s/b");
    assertThat(d.knows("s/a")).isFalse();
    assertThat(d.model.inStartOrder())
        .extracting(child -> child.id().path())
        .containsExactly("x", "s", "y", "s/c", "s/b");
    assertThat(d.stopTree().orders()).isEqualTo("stop y, stop s/b, stop s/c, stop x");
  }

  @Test
  void supervisorDefinedAnewWhileDown_forgetsTheChildrenOfItsOldSpec() {
    Driver d = NestedTree.oneForOne(RestartPolicy.permanent()).down("s");
    d.define(Driver.supervisor("s", RestartStrategy.oneForOne(), Driver.permanent("c")).build());
    d.trace();
    assertThat(d.up("s").orders()).isEqualTo("start s/c");
    assertThat(d.knows("s/a")).isFalse();
  }

  @Test
  void workerThatBecomesASupervisor_isAnotherChild() {
    Driver d = NestedTree.oneForOne(RestartPolicy.permanent());
    d.define(Driver.supervisor("x", RestartStrategy.oneForOne(), Driver.permanent("c")).build());
    d.define(Driver.permanent("s"));
    assertThat(d.orders()).isEmpty();
    assertThat(d.now("x").isSupervisor()).isFalse();
    assertThat(d.now("s").isSupervisor()).isTrue();
  }

  @Test
  void removedSupervisor_takesItsChildrenWithIt() {
    Driver d = NestedTree.oneForOne(RestartPolicy.permanent()).remove("s");
    assertThat(d.orders()).isEqualTo("stop s/b, stop s/a");
    assertThat(d.model.size()).isEqualTo(2);
  }

  @Test
  void childThatCouldNotBeKilled_comesBackWhenItIsDeadAtLast() {
    Driver d = NestedTree.oneForOne(RestartPolicy.permanent()).immortal("s/a").restart("s");
    d.pass(Driver.GRACE).pass(Duration.ofSeconds(2));
    d.trace();
    assertThat(d.phase("s")).isEqualTo(Phase.RUNNING);
    assertThat(d.phase("s/a")).isEqualTo(Phase.UNKILLABLE);
    d.exits("s/a", 9);
    assertThat(d.orders()).isEqualTo("start s/a");
  }

  @Test
  void removedSupervisorWithAChildThatCannotBeKilled_isForgottenWhenThatIsDead() {
    Driver d = NestedTree.oneForOne(RestartPolicy.permanent()).immortal("s/a").remove("s");
    d.pass(Driver.GRACE).pass(Duration.ofSeconds(2));
    assertThat(d.knows("s/a")).isTrue();
    d.exits("s/a", 9);
    assertThat(d.knows("s/a")).isFalse();
    assertThat(d.knows("s")).isFalse();
  }

  @Test
  void restartOfASupervisorThatIsStarting_isNotStopping() {
    Driver d =
        Driver.of(NestedTree.nested(RestartStrategy.oneForOne(), RestartPolicy.permanent()))
            .slowToLaunch("s/b")
            .step(new Input.StartTree());
    d.trace();
    assertThat(d.restart("s").orders()).isEmpty();
    d.down("s");
    assertThat(d.phase("s")).isEqualTo(Phase.STOPPING);
    assertThat(d.launchComes("s/b").orders()).isEqualTo("stop s/b, stop s/a, start y");
    assertThat(d.phase("s")).isEqualTo(Phase.DOWN);
  }

  @Test
  void workerInTheNewSpec_takesThePlaceOfASupervisorOfTheSameName() {
    SupervisorSpec.Builder outer = Driver.supervisor("o", RestartStrategy.oneForOne());
    SupervisorSpec below =
        Driver.supervisor("s", RestartStrategy.oneForOne(), Driver.permanent("a")).build();
    Driver d = Driver.started(Driver.oneForOne(outer.addChild(below).build()));
    d.define(Driver.supervisor("o", RestartStrategy.oneForOne(), Driver.permanent("s")).build());
    assertThat(d.orders()).isEqualTo("stop o/s/a, start o/s");
    assertThat(d.now("o/s").isSupervisor()).isFalse();
    assertThat(d.knows("o/s/a")).isFalse();
  }

  @Test
  void childBelowAWorker_isNotDefined() {
    Driver d = NestedTree.oneForOne(RestartPolicy.permanent());
    d.define(Driver.permanent("c").at(ChildId.of("x/c")));
    assertThat(d.orders()).isEmpty();
    assertThat(d.knows("x/c")).isFalse();
  }

  @Test
  void childThatWasBeingRemoved_comesBackForGoodWithItsSupervisor() {
    Driver d = NestedTree.oneForOne(RestartPolicy.permanent()).immortal("s/a").remove("s/a");
    d.pass(Driver.GRACE).pass(Duration.ofSeconds(2)).restart("s");
    assertThat(d.phase("s/a")).isEqualTo(Phase.UNKILLABLE);
    d.trace();
    assertThat(d.exits("s/a", 9).orders()).isEqualTo("start s/a");
  }
}
