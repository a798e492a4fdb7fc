package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.StartFailure;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.strategy.RestartStrategy;
import org.junit.jupiter.api.Test;

/** Supervisors as children: OTP rules 63 to 69. */
class RulesOfTreesTest {
  @Test
  void r63_wholeSubtree_isStartedBeforeTheNextSibling() {
    Driver d =
        Driver.of(NestedTree.nested(RestartStrategy.oneForOne(), RestartPolicy.permanent()))
            .slowToLaunch("s/b")
            .step(new Input.StartTree());
    assertThat(d.orders()).isEqualTo("start x, start s/a, start s/b");
    assertThat(d.phase("s")).isEqualTo(Phase.LAUNCHING);
    assertThat(d.launchComes("s/b").orders()).isEqualTo("start y");
    assertThat(d.model.isReady()).isTrue();
  }

  @Test
  void r64_stop_isDepthFirst_allInReverse() {
    Driver d = NestedTree.oneForOne(RestartPolicy.permanent()).stopTree();
    assertThat(d.orders()).isEqualTo("stop y, stop s/b, stop s/a, stop x");
    assertThat(d.isOver()).isTrue();
  }

  @Test
  void r65_supervisorThatGivesUp_isRestarted_andCostsItsParentOneRestart() {
    Driver d = NestedTree.oneForOne(RestartPolicy.permanent()).exits("s/a", 1).exits("s/a", 1);
    assertThat(d.orders()).isEqualTo("start s/a, stop s/b, start s/a, start s/b");
    assertThat(d.counted()).isEqualTo(1);
    assertThat(d.now("s").lastExits().get(0).status().kind()).isEqualTo(ExitStatus.Kind.GAVE_UP);
  }

  @Test
  void r65_strategyOfTheParent_applies() {
    Driver d =
        Driver.started(NestedTree.nested(RestartStrategy.oneForAll(), RestartPolicy.permanent()))
            .exits("s/a", 1)
            .exits("s/a", 1);
    assertThat(d.orders())
        .isEqualTo("start s/a, stop s/b, stop y, stop x, start x, start s/a, start s/b, start y");
  }

  @Test
  void r65_groupRestartAbove_stopsTheSubtreeInItsTurn() {
    Driver d =
        Driver.started(NestedTree.nested(RestartStrategy.oneForAll(), RestartPolicy.permanent()))
            .exits("x", 1);
    assertThat(d.orders())
        .isEqualTo("stop y, stop s/b, stop s/a, start x, start s/a, start s/b, start y");
  }

  @Test
  void r66_restartedSupervisor_startsFromItsDefinition() {
    Driver d = NestedTree.oneForOne(RestartPolicy.permanent());
    d.define(Driver.permanent("x").at(ChildId.of("s/dynamic"))).down("s/b").remove("s/b");
    assertThat(d.exits("s/a", 1).counted(ChildId.of("s"))).isEqualTo(1);
    d.trace();
    d.restart("s");
    assertThat(d.orders()).isEqualTo("stop s/dynamic, stop s/a, start s/a, start s/b");
    assertThat(d.knows("s/dynamic")).isFalse();
    assertThat(d.counted(ChildId.of("s"))).isZero();
  }

  @Test
  void r66_childrenThatAnOperatorTookDown_comeBackWithTheirSupervisor() {
    Driver d = NestedTree.oneForOne(RestartPolicy.permanent()).down("s/b");
    d.trace();
    assertThat(d.restart("s").orders()).isEqualTo("stop s/a, start s/a, start s/b");
  }

  @Test
  void r67_d1_transientSupervisorThatGivesUp_isRestarted() {
    Driver d =
        NestedTree.oneForOne(RestartPolicy.transientPolicy()).exits("s/a", 1).exits("s/a", 1);
    assertThat(d.phase("s")).isEqualTo(Phase.RUNNING);
    assertThat(d.counted()).isEqualTo(1);
  }

  @Test
  void r67_temporarySupervisorThatGivesUp_vanishesWithAllBelow() {
    Driver d = NestedTree.oneForOne(RestartPolicy.temporary()).exits("s/a", 1).exits("s/a", 1);
    assertThat(d.knows("s")).isFalse();
    assertThat(d.knows("s/a")).isFalse();
    assertThat(d.model.size()).isEqualTo(2);
    assertThat(d.counted()).isZero();
  }

  @Test
  void r68_subtreeThatFailsToStart_isAFailedStartOfItsSupervisor() {
    SupervisorSpec inner =
        Driver.supervisor(
                "s", RestartStrategy.oneForOne(), Driver.permanent("a"), Driver.permanent("b"))
            .withStartFailure(StartFailure.FAILS_THE_SUPERVISOR)
            .build();
    Driver d = Driver.started(Driver.oneForOne(inner)).denyLaunches("s/b", 1).restart("s");
    assertThat(d.orders())
        .isEqualTo(
            "stop s/b, stop s/a, start s/a, start s/b, fail s/b, stop s/a, start s/a, start s/b");
    assertThat(d.counted()).isEqualTo(1);
  }

  @Test
  void r68_subtreeThatFailsToStart_failsTheStartAbove() {
    SupervisorSpec inner =
        Driver.supervisor("s", RestartStrategy.oneForOne(), Driver.permanent("a"))
            .withStartFailure(StartFailure.FAILS_THE_SUPERVISOR)
            .build();
    SupervisorSpec outer =
        Driver.supervisor("t", RestartStrategy.oneForOne(), Driver.permanent("x"), inner)
            .withStartFailure(StartFailure.FAILS_THE_SUPERVISOR)
            .build();
    Driver d = Driver.of(outer).denyLaunches("s/a", 1).step(new Input.StartTree());
    assertThat(d.orders()).isEqualTo("start x, start s/a, fail s/a, stop x");
    assertThat(d.isOver()).isTrue();
  }

  @Test
  void r69_leafThatCrashes_endsTheChainAtTheProductOfTheLimits() {
    SupervisorSpec inner =
        Driver.supervisor("i", RestartStrategy.oneForOne(), Driver.permanent("leaf"))
            .withLimit(RestartIntensity.of(2, Duration.ofHours(1)))
            .build();
    SupervisorSpec middle =
        Driver.supervisor("m", RestartStrategy.oneForOne(), inner)
            .withLimit(RestartIntensity.of(1, Duration.ofHours(1)))
            .build();
    Driver d =
        Driver.started(
            Driver.supervisor("t", RestartStrategy.oneForOne(), middle)
                .withLimit(RestartIntensity.of(3, Duration.ofHours(1)))
                .build());
    int exits = 0;
    while (!d.isOver()) {
      d.exits("m/i/leaf", 1);
      exits++;
    }
    assertThat(exits).isEqualTo((2 + 1) * (1 + 1) * (3 + 1));
  }

  @Test
  void r77_thousandsOfChildren_areStartedAndStopped() {
    SupervisorSpec.Builder spec = SupervisorSpec.builder("t");
    int children = 5_000;
    for (int i = 0; i < children; i++) {
      spec.addChild(Driver.permanent("c" + i));
    }
    Driver d = Driver.of(spec.build()).step(new Input.StartTree());
    assertThat(d.model.isReady()).isTrue();
    assertThat(d.trace()).hasSize(children).endsWith("start c4999");
    d.stopTree();
    assertThat(d.isOver()).isTrue();
    assertThat(d.trace()).startsWith("stop c4999").endsWith("end c0");
  }
}
