package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jsupervisor.StopReport;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.StandardRestartPolicy;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.AutoShutdown;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.Significance;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.strategy.RestartStrategy;
import org.junit.jupiter.api.Test;

/** Significant children: OTP rules 70 to 75. */
class RulesOfAutoShutdownTest {
  private static ProcessSpec significant(String id, StandardRestartPolicy policy) {
    return Driver.worker(id, policy).withSignificance(Significance.SIGNIFICANT).build();
  }

  private static SupervisorSpec.Builder with(AutoShutdown when, ChildSpec... children) {
    SupervisorSpec.Builder spec =
        Driver.supervisor("t", RestartStrategy.oneForOne()).withAutoShutdown(when);
    List.of(children).forEach(spec::addChild);
    return spec;
  }

  private static final ProcessSpec TRANSIENT = significant("s", RestartPolicy.transientPolicy());
  private static final ProcessSpec TEMPORARY = significant("t", RestartPolicy.temporary());

  private static Driver both(AutoShutdown when) {
    return Driver.started(with(when, Driver.permanent("a"), TRANSIENT, TEMPORARY).build());
  }

  private static void assertShutDown(Driver d) {
    assertThat(d.isOver()).isTrue();
    assertThat(d.cause()).isEqualTo(StopReport.Cause.SHUT_DOWN);
  }

  @Test
  void r70_any_transientThatEndsCleanly_endsTheSupervisor() {
    Driver d = both(AutoShutdown.ANY_SIGNIFICANT).exits("s", 0);
    assertThat(d.orders()).isEqualTo("stop t, stop a");
    assertShutDown(d);
  }

  @Test
  void r70_any_temporaryThatEndsInAnyWay_endsTheSupervisor() {
    assertShutDown(both(AutoShutdown.ANY_SIGNIFICANT).exits("t", 1));
    assertShutDown(both(AutoShutdown.ANY_SIGNIFICANT).exits("t", 0));
  }

  @Test
  void r71_all_theLastSignificantChildThatEnds_endsTheSupervisor() {
    Driver d = both(AutoShutdown.ALL_SIGNIFICANT).exits("s", 0);
    assertThat(d.isOver()).isFalse();
    assertShutDown(d.exits("t", 1));
  }

  @Test
  void r71_all_oneThatIsInQuarantine_stillComesBack() {
    StandardRestartPolicy tired =
        RestartPolicy.transientPolicy()
            .withBackoff(Backoff.none())
            .withLimit(RestartIntensity.of(0, Duration.ofSeconds(1)));
    ProcessSpec t =
        Driver.worker("t", RestartPolicy.transientPolicy())
            .withRestart(tired)
            .withSignificance(Significance.SIGNIFICANT)
            .build();
    Driver d = Driver.started(with(AutoShutdown.ALL_SIGNIFICANT, TRANSIENT, t).build());
    d.exits("t", 1);
    assertThat(d.phase("t")).isEqualTo(Phase.QUARANTINED);
    assertThat(d.exits("s", 0).isOver()).isFalse();
    d.pass(Duration.ofMinutes(1));
    assertShutDown(d.exits("t", 0));
  }

  @Test
  void r72_significantChildThatIsRestarted_triggersNothing() {
    Driver d = both(AutoShutdown.ANY_SIGNIFICANT).exits("s", 1);
    assertThat(d.orders()).isEqualTo("start s");
    assertThat(d.isOver()).isFalse();
  }

  @Test
  void r73_stopByAnOperator_doesNotTrigger_butTheChildCountsAsEnded() {
    Driver d = both(AutoShutdown.ALL_SIGNIFICANT).down("s");
    assertThat(d.isOver()).isFalse();
    assertShutDown(d.exits("t", 1));
  }

  @Test
  void r73_stopByAGroupRestart_doesNotTrigger() {
    SupervisorSpec spec =
        with(AutoShutdown.ANY_SIGNIFICANT, Driver.permanent("a"), TRANSIENT, TEMPORARY)
            .withStrategy(RestartStrategy.oneForAll())
            .build();
    Driver d = Driver.started(spec).exits("a", 1);
    assertThat(d.orders()).isEqualTo("stop t, stop s, start a, start s");
    assertThat(d.isOver()).isFalse();
  }

  @Test
  void r73_d5_significantChildThatEndedBeforeItsGroupWasStopped_triggers() {
    for (AutoShutdown when : List.of(AutoShutdown.ANY_SIGNIFICANT, AutoShutdown.ALL_SIGNIFICANT)) {
      SupervisorSpec spec =
          with(when, TRANSIENT, Driver.permanent("a"), Driver.permanent("b"))
              .withStrategy(RestartStrategy.oneForAll())
              .build();
      Driver d = Driver.started(spec).alsoExits("a", 1).exits("s", 0);
      assertShutDown(d);
    }
  }

  @Test
  void r74_supervisorThatShutDown_isACleanExit_andGoesOnUpwardsIfItIsSignificant() {
    SupervisorSpec inner =
        with(AutoShutdown.ANY_SIGNIFICANT, TEMPORARY)
            .withRestart(Driver.otp(RestartPolicy.transientPolicy()))
            .withSignificance(Significance.SIGNIFICANT)
            .build();
    Driver up = Driver.started(with(AutoShutdown.ANY_SIGNIFICANT, inner).build());
    assertShutDown(up.exits("t/t", 1));

    SupervisorSpec ordinary =
        with(AutoShutdown.ANY_SIGNIFICANT, TEMPORARY)
            .withRestart(Driver.otp(RestartPolicy.transientPolicy()))
            .build();
    Driver stays = Driver.started(Driver.oneForOne(ordinary, Driver.permanent("a")));
    stays.exits("t/t", 1);
    assertThat(stays.phase("t")).isEqualTo(Phase.FINISHED);
    assertThat(stays.isOver()).isFalse();
    assertThat(stays.counted()).isZero();
  }

  @Test
  void r75_ordinaryChildren_neverTrigger() {
    Driver d =
        Driver.started(
            with(
                    AutoShutdown.ANY_SIGNIFICANT,
                    Driver.transientOne("a"),
                    Driver.temporary("b"),
                    TRANSIENT)
                .build());
    d.exits("a", 0).exits("b", 1);
    assertThat(d.isOver()).isFalse();
  }
}
