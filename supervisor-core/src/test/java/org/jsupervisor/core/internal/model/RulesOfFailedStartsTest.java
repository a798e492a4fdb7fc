package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.strategy.RestartStrategy;
import org.junit.jupiter.api.Test;

/** A restart that fails to start: OTP rules 46 to 54. */
class RulesOfFailedStartsTest {
  private static final Duration DELAY = Duration.ofSeconds(3);

  private static ProcessSpec waiting(String id) {
    return Driver.worker(id, RestartPolicy.permanent())
        .withRestart(Driver.otp(RestartPolicy.permanent()).withBackoff(Backoff.fixed(DELAY)))
        .build();
  }

  @Test
  void r46_everyRetry_isARestartOfItsOwn_behindWhatHadCome() {
    Driver d = Driver.started(Driver.oneForOne(Driver.permanent("a"), Driver.permanent("b")));
    d.denyLaunches("a", 2).alsoExits("a", 1).exits("b", 1);
    assertThat(d.trace())
        .containsExactly(
            "end a", "end b", "start a", "fail a", "start b", "start a", "fail a", "start a");
    assertThat(d.counted()).isEqualTo(4);
  }

  @Test
  void r47_withoutBackoff_aChildThatCannotStart_usesTheLimitUpAtOnce() {
    SupervisorSpec spec =
        Driver.supervisor("t", RestartStrategy.oneForOne(), Driver.permanent("a"))
            .withLimit(RestartIntensity.of(3, Duration.ofSeconds(1)))
            .build();
    Driver d = Driver.started(spec).denyLaunches("a", 100).exits("a", 1);
    assertThat(d.orders()).isEqualTo("start a, fail a, start a, fail a, start a, fail a");
    assertThat(d.isOver()).isTrue();
  }

  @Test
  void r47_d3_withBackoff_theTriesAreSpread() {
    Driver d = Driver.started(Driver.oneForOne(waiting("a"))).denyLaunches("a", 1).exits("a", 1);
    assertThat(d.orders()).isEmpty();
    assertThat(d.pass(DELAY).orders()).isEqualTo("start a, fail a");
    assertThat(d.pass(DELAY).orders()).isEqualTo("start a");
  }

  @Test
  void r48_oneForAll_memberCannotStart_thoseStartedAreStopped_andAllStartAgain() {
    Driver d =
        Driver.started(
            Driver.oneForAll(Driver.permanent("a"), Driver.permanent("b"), Driver.permanent("c")));
    d.denyLaunches("b", 1).exits("c", 1);
    assertThat(d.orders())
        .isEqualTo("stop b, stop a, start a, start b, fail b, stop a, start a, start b, start c");
    assertThat(d.counted()).isEqualTo(2);
  }

  @Test
  void r49_restForOne_laterMemberCannotStart_theRetryBeginsAtIt() {
    Driver d =
        Driver.started(
            Driver.restForOne(
                Driver.permanent("a"),
                Driver.permanent("b"),
                Driver.permanent("c"),
                Driver.permanent("d")));
    d.denyLaunches("c", 1).exits("b", 1);
    assertThat(d.orders()).isEqualTo("stop d, stop c, start b, start c, fail c, start c, start d");
    assertThat(d.counted()).isEqualTo(2);
  }

  @Test
  void r51_retryLapses_whenTheOperatorWasFaster() {
    Driver d = Driver.started(Driver.oneForOne(waiting("a"))).exits("a", 1).up("a");
    assertThat(d.orders()).isEqualTo("start a");
    assertThat(d.pass(DELAY).orders()).isEmpty();
  }

  @Test
  void r52_whileItWaits_itCanBeTakenDown_andThatCancels() {
    Driver d = Driver.started(Driver.oneForOne(waiting("a"))).exits("a", 1);
    assertThat(d.phase("a")).isEqualTo(Phase.BACKOFF);
    d.down("a").pass(DELAY);
    assertThat(d.orders()).isEmpty();
    assertThat(d.phase("a")).isEqualTo(Phase.DOWN);
  }

  @Test
  void r53_supervisorWhoseChildWaits_canBeStopped_andServesOthers() {
    Driver d = Driver.started(Driver.oneForOne(waiting("a"), Driver.permanent("b"))).exits("a", 1);
    assertThat(d.restart("b").orders()).isEqualTo("stop b, start b");
    assertThat(d.stopTree().orders()).isEqualTo("stop b");
    assertThat(d.isOver()).isTrue();
  }

  @Test
  void r54_d4_cancelledRetryInAGroup_theMembersBehindItAreStartedAllTheSame() {
    Driver d =
        Driver.started(
            Driver.restForOne(Driver.permanent("a"), waiting("b"), Driver.permanent("c")));
    d.exits("b", 1);
    assertThat(d.orders()).isEqualTo("stop c");
    d.down("b").pass(DELAY);
    assertThat(d.orders()).isEqualTo("start c");
    assertThat(d.phase("b")).isEqualTo(Phase.DOWN);
  }

  @Test
  void r54_d4_removedRetryInAGroup_theMembersBehindItAreStartedAllTheSame() {
    Driver d =
        Driver.started(
            Driver.restForOne(Driver.permanent("a"), waiting("b"), Driver.permanent("c")));
    d.exits("b", 1).remove("b").pass(DELAY);
    assertThat(d.orders()).isEqualTo("stop c, start c");
    assertThat(d.knows("b")).isFalse();
  }
}
