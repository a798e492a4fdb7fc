package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jsupervisor.StopReport;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.StartFailure;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.strategy.RestartStrategy;
import org.junit.jupiter.api.Test;

/** How a supervisor starts its children: OTP rules 11 to 16. */
class RulesOfStartTest {
  @Test
  void r11_childThatIsAddedDuringTheStart_comesLast() {
    Driver d =
        Driver.of(Driver.oneForOne(Driver.permanent("a"), Driver.permanent("b")))
            .slowToLaunch("a")
            .step(new Input.StartTree());
    d.define(Driver.permanent("x"));
    assertThat(d.orders()).isEqualTo("start a");
    assertThat(d.launchComes("a").orders()).isEqualTo("start b, start x");
    assertThat(d.model.isReady()).isTrue();
  }

  @Test
  void r11_childrenStartInOrder_eachWhenTheLaunchBeforeHasComeOut() {
    Driver d =
        Driver.of(
                Driver.oneForOne(
                    Driver.permanent("a"), Driver.permanent("b"), Driver.permanent("c")))
            .slowToLaunch("b")
            .step(new Input.StartTree());
    assertThat(d.trace()).containsExactly("start a", "start b");
    assertThat(d.launchComes("b").trace()).containsExactly("start c");
  }

  @Test
  void r14_failedStart_isRetriedByDefault_andTheOthersAreStarted() {
    Driver d =
        Driver.of(Driver.oneForOne(Driver.permanent("a"), Driver.permanent("b")))
            .denyLaunches("a", 1)
            .step(new Input.StartTree());
    assertThat(d.trace()).containsExactly("start a", "fail a", "start b", "start a");
    assertThat(d.model.isReady()).isTrue();
  }

  @Test
  void r14_failedStart_endsTheSupervisor_ifItIsToldSo() {
    SupervisorSpec spec =
        Driver.supervisor(
                "t",
                RestartStrategy.oneForOne(),
                Driver.permanent("a"),
                Driver.permanent("b"),
                Driver.permanent("c"),
                Driver.permanent("d"))
            .withStartFailure(StartFailure.FAILS_THE_SUPERVISOR)
            .build();
    Driver d = Driver.of(spec).denyLaunches("c", 1).step(new Input.StartTree());
    assertThat(d.orders()).isEqualTo("start a, start b, start c, fail c, stop b, stop a");
    assertThat(d.isOver()).isTrue();
    assertThat(d.cause()).isEqualTo(StopReport.Cause.GAVE_UP);
    assertThat(d.model.reason()).contains("failed to start c");
  }

  @Test
  void r14_failedStartOfAChildThatIsNotWantedAnyMore_isNobodysFailure() {
    SupervisorSpec spec =
        Driver.supervisor(
                "t", RestartStrategy.oneForOne(), Driver.permanent("a"), Driver.permanent("b"))
            .withStartFailure(StartFailure.FAILS_THE_SUPERVISOR)
            .build();
    Driver d = Driver.of(spec).slowToLaunch("a").step(new Input.StartTree()).down("a");
    d.launchFails("a");
    assertThat(d.phase("a")).isEqualTo(Phase.DOWN);
    assertThat(d.phase("b")).isEqualTo(Phase.RUNNING);
  }

  @Test
  void r14_staleReportOfAFailedLaunch_endsNothing() {
    SupervisorSpec spec =
        Driver.supervisor(
                "t", RestartStrategy.oneForOne(), Driver.permanent("a"), Driver.permanent("b"))
            .withStartFailure(StartFailure.FAILS_THE_SUPERVISOR)
            .build();
    Driver d = Driver.of(spec).slowToLaunch("b").step(new Input.StartTree()).restart("a");
    assertThat(d.now("a").number()).isEqualTo(2);
    d.step(ObedientWorld.failed(new Incarnation(ChildId.of("a"), 1)));
    assertThat(d.model.phase()).isEqualTo(TreePhase.RUNNING);
  }

  @Test
  void r16_childThatDiesWhileOthersAreStarted_isAnOrdinaryExit() {
    SupervisorSpec spec =
        Driver.supervisor(
                "t",
                RestartStrategy.oneForOne(),
                Driver.permanent("a"),
                Driver.permanent("b"),
                Driver.permanent("c"))
            .withStartFailure(StartFailure.FAILS_THE_SUPERVISOR)
            .build();
    Driver d = Driver.of(spec).slowToLaunch("b").step(new Input.StartTree());
    d.trace();
    d.exits("a", 1);
    assertThat(d.trace()).containsExactly("end a", "start a");
    assertThat(d.counted()).isEqualTo(1);
    assertThat(d.launchComes("b").trace()).containsExactly("start c");
  }

  @Test
  void r16_supervisorThatWasUpAndGivesUpWhileOthersAreStarted_isAnOrdinaryExit() {
    SupervisorSpec fragile =
        Driver.supervisor("s", RestartStrategy.oneForOne(), Driver.permanent("a"))
            .withLimit(RestartIntensity.of(0, Duration.ofSeconds(1)))
            .build();
    SupervisorSpec spec =
        Driver.supervisor("t", RestartStrategy.oneForOne(), fragile, Driver.permanent("b"))
            .withStartFailure(StartFailure.FAILS_THE_SUPERVISOR)
            .build();
    Driver d = Driver.of(spec).slowToLaunch("b").step(new Input.StartTree());
    d.exits("s/a", 1);
    assertThat(d.model.phase()).isEqualTo(TreePhase.RUNNING);
    assertThat(d.counted()).isEqualTo(1);
    assertThat(d.phase("s")).isEqualTo(Phase.RUNNING);
  }
}
