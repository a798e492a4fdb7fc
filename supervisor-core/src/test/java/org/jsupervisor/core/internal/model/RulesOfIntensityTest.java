package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jsupervisor.StopReport;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.strategy.RestartStrategy;
import org.junit.jupiter.api.Test;

/** How many restarts are allowed in which time: OTP rules 39 to 45. */
class RulesOfIntensityTest {
  private static final Duration PERIOD = Duration.ofSeconds(10);

  private static SupervisorSpec limited(
      RestartStrategy strategy, int restarts, ProcessSpec... children) {
    return Driver.supervisor("t", strategy, children)
        .withLimit(RestartIntensity.of(restarts, PERIOD))
        .build();
  }

  private static SupervisorSpec limited(int restarts) {
    return limited(
        RestartStrategy.oneForOne(), restarts, Driver.permanent("a"), Driver.permanent("b"));
  }

  @Test
  void r39_asManyRestartsAsAllowedSucceed_theNextExitIsTheEnd() {
    Driver d = Driver.started(limited(2)).exits("a", 1).exits("a", 1);
    assertThat(d.orders()).isEqualTo("start a, start a");
    assertThat(d.exits("a", 1).orders()).isEqualTo("stop b");
    assertThat(d.isOver()).isTrue();
  }

  @Test
  void r40_intensityZero_theFirstExitIsTheEnd() {
    Driver d = Driver.started(limited(0)).exits("a", 1);
    assertThat(d.orders()).isEqualTo("stop b");
    assertThat(d.isOver()).isTrue();
  }

  @Test
  void r41_d2_restartExactlyOnePeriodOld_counts_aNanosecondMore_doesNot() {
    Driver inclusive = Driver.started(limited(1)).exits("a", 1).pass(PERIOD).exits("a", 1);
    assertThat(inclusive.isOver()).isTrue();
    Driver beyond = Driver.started(limited(1)).exits("a", 1).pass(PERIOD.plusNanos(1));
    beyond.exits("a", 1);
    assertThat(beyond.isOver()).isFalse();
  }

  @Test
  void r43_oneHistory_isSharedByAllChildren() {
    Driver d = Driver.started(limited(1)).exits("a", 1).exits("b", 1);
    assertThat(d.isOver()).isTrue();
  }

  @Test
  void r44_startsOperationsAndExitsWithoutRestart_costNothing() {
    Driver d =
        Driver.started(
            limited(
                RestartStrategy.oneForOne(),
                0,
                Driver.permanent("a"),
                Driver.transientOne("b"),
                Driver.temporary("c")));
    d.restart("a").down("a").up("a").exits("b", 0).restart("b").exits("c", 1);
    assertThat(d.counted()).isZero();
    assertThat(d.isOver()).isFalse();
  }

  @Test
  void r44_restartThatAnOperatorCancels_staysCounted() {
    ProcessSpec slow =
        Driver.worker("a", RestartPolicy.permanent())
            .withRestart(Driver.otp(RestartPolicy.permanent()).withBackoff(Backoff.fixed(PERIOD)))
            .build();
    Driver d = Driver.started(limited(RestartStrategy.oneForOne(), 1, slow));
    d.exits("a", 1).down("a");
    assertThat(d.counted()).isEqualTo(1);
  }

  @Test
  void r45_givingUp_stopsTheOthersInReverse_withoutAnotherStart() {
    Driver d =
        Driver.started(
            limited(
                RestartStrategy.oneForAll(),
                1,
                Driver.permanent("a"),
                Driver.permanent("b"),
                Driver.permanent("c")));
    d.exits("b", 1).trace();
    assertThat(d.exits("b", 1).trace())
        .containsExactly("end b", "stop c", "end c", "stop a", "end a");
    assertThat(d.isOver()).isTrue();
    assertThat(d.cause()).isEqualTo(StopReport.Cause.GAVE_UP);
  }

  @Test
  void r45_givingUpInTheMiddleOfARound_stopsWhatItHasStarted() {
    Driver d =
        Driver.started(
                limited(
                    RestartStrategy.oneForAll(),
                    1,
                    Driver.permanent("a"),
                    Driver.permanent("b"),
                    Driver.permanent("c")))
            .slowToLaunch("c")
            .exits("b", 1);
    d.trace();
    d.exits("a", 1);
    assertThat(d.orders()).isEmpty();
    d.launchComes("c");
    assertThat(d.orders()).isEqualTo("stop c, stop b");
    assertThat(d.isOver()).isTrue();
  }
}
