package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.GiveUp;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.ProcessSpec;
import org.junit.jupiter.api.Test;

/** Whom an end affects: OTP rules 31 to 38. */
class RulesOfStrategiesTest {
  private static ProcessSpec[] abcd() {
    return new ProcessSpec[] {
      Driver.permanent("a"), Driver.permanent("b"), Driver.permanent("c"), Driver.permanent("d")
    };
  }

  @Test
  void r31_oneForOne_startsOnlyThatChildAgain() {
    Driver d = Driver.started(Driver.oneForOne(abcd())).exits("b", 1);
    assertThat(d.trace()).containsExactly("end b", "start b");
  }

  @Test
  void r32_oneForAll_stopsTheOthersInReverse_thenStartsAllInOrder() {
    Driver d = Driver.started(Driver.oneForAll(abcd())).exits("b", 1);
    assertThat(d.orders()).isEqualTo("stop d, stop c, stop a, start a, start b, start c, start d");
  }

  @Test
  void r32_oneForAll_waitsForEachStop_andForEachLaunch() {
    Driver d = Driver.started(Driver.oneForAll(abcd())).deaf("c").slowToLaunch("b").exits("b", 1);
    assertThat(d.orders()).isEqualTo("stop d, stop c");
    assertThat(d.pass(Driver.GRACE).orders()).isEqualTo("kill c, stop a, start a, start b");
    assertThat(d.launchComes("b").orders()).isEqualTo("start c, start d");
  }

  @Test
  void r33_restForOne_stopsThoseAfterItInReverse_thenStartsItAndThemInOrder() {
    Driver d = Driver.started(Driver.restForOne(abcd())).exits("b", 1);
    assertThat(d.orders()).isEqualTo("stop d, stop c, start b, start c, start d");
  }

  @Test
  void r33_restForOne_lastChild_isAlone() {
    Driver d = Driver.started(Driver.restForOne(abcd())).exits("d", 1);
    assertThat(d.orders()).isEqualTo("start d");
  }

  @Test
  void r34_temporarySiblings_areStopped_andForgotten() {
    Driver d =
        Driver.started(
            Driver.oneForAll(
                Driver.temporary("a"),
                Driver.permanent("b"),
                Driver.temporary("c"),
                Driver.permanent("d")));
    d.exits("b", 1);
    assertThat(d.orders()).isEqualTo("stop d, stop c, stop a, start b, start d");
    assertThat(d.knows("a")).isFalse();
    assertThat(d.knows("c")).isFalse();
  }

  @Test
  void r35_transientThatHadEnded_isStartedWithItsGroup() {
    Driver d = Driver.started(Driver.oneForAll(Driver.transientOne("a"), Driver.permanent("b")));
    d.exits("a", 0).trace();
    assertThat(d.exits("b", 1).orders()).isEqualTo("start a, start b");
  }

  @Test
  void r35_childThatAnOperatorTookDown_staysDownInAGroupRestart() {
    Driver d = Driver.started(Driver.oneForAll(abcd())).down("c");
    d.trace();
    assertThat(d.exits("b", 1).orders()).isEqualTo("stop d, stop a, start a, start b, start d");
    assertThat(d.phase("c")).isEqualTo(Phase.DOWN);
  }

  @Test
  void r35_childThatGaveUp_staysOutOfAGroupRestart() {
    ProcessSpec tired =
        Driver.worker("a", RestartPolicy.permanent())
            .withRestart(
                Driver.otp(RestartPolicy.permanent())
                    .withLimit(RestartIntensity.of(0, Duration.ofSeconds(1)))
                    .withGiveUp(GiveUp.stayDown()))
            .build();
    Driver d = Driver.started(Driver.oneForAll(tired, Driver.permanent("b"))).exits("a", 1);
    assertThat(d.trace()).containsExactly("end a");
    assertThat(d.exits("b", 1).orders()).isEqualTo("start b");
    assertThat(d.phase("a")).isEqualTo(Phase.FAILED);
  }

  @Test
  void r36_oneForAll_twoMembersThatDieTogether_costOneRestart() {
    Driver d = Driver.started(Driver.oneForAll(abcd()));
    d.alsoExits("d", 1).exits("a", 1);
    assertThat(d.orders()).isEqualTo("stop c, stop b, start a, start b, start c, start d");
    assertThat(d.counted()).isEqualTo(1);
  }

  @Test
  void d3_failureInTheMiddleOfARound_doesNotShortenTheBackoffOfTheFirst() {
    ProcessSpec slow =
        Driver.worker("b", RestartPolicy.permanent())
            .withRestart(
                RestartPolicy.permanent().withBackoff(Backoff.fixed(Duration.ofSeconds(10))))
            .build();
    Driver d =
        Driver.started(Driver.restForOne(Driver.permanent("a"), slow, Driver.permanent("c")));
    assertThat(d.exits("b", 1).orders()).isEqualTo("stop c");
    assertThat(d.pass(Duration.ofSeconds(4)).exits("a", 1).orders()).isEmpty();
    assertThat(d.pass(Duration.ofSeconds(5)).orders()).isEmpty();
    assertThat(d.pass(Duration.ofSeconds(1)).orders()).isEqualTo("start a, start b, start c");
  }

  @Test
  void r36_restForOne_earlierExitFirst_costsOneRestart() {
    Driver d = Driver.started(Driver.restForOne(abcd()));
    d.alsoExits("b", 1).exits("c", 1);
    assertThat(d.orders()).isEqualTo("stop d, start b, start c, start d");
    assertThat(d.counted()).isEqualTo(1);
  }

  @Test
  void r36_restForOne_laterExitFirst_costsTwoRestarts() {
    Driver d = Driver.started(Driver.restForOne(abcd()));
    d.alsoExits("c", 1).exits("b", 1);
    assertThat(d.orders()).isEqualTo("stop d, start b, start c, start d");
    assertThat(d.counted()).isEqualTo(2);
  }

  @Test
  void r38_groupRestart_countsOnce() {
    Driver d = Driver.started(Driver.oneForAll(abcd())).exits("b", 1);
    assertThat(d.counted()).isEqualTo(1);
    d.exits("c", 1);
    assertThat(d.counted()).isEqualTo(2);
  }

  @Test
  void r38_exitOfTheNextRunDuringTheRound_beginsItAnew_andCountsAgain() {
    Driver d = Driver.started(Driver.oneForAll(abcd())).slowToLaunch("c").exits("b", 1);
    d.trace();
    d.exits("a", 1);
    assertThat(d.orders()).isEmpty();
    assertThat(d.counted()).isEqualTo(2);
    assertThat(d.launchComes("c").orders())
        .isEqualTo("stop c, stop b, start a, start b, start c, start d");
  }

  @Test
  void memberThatWasTakenDownAndUpDuringTheRound_isStartedInItsTurn() {
    Driver d = Driver.started(Driver.oneForAll(abcd())).deaf("d").exits("a", 1);
    d.down("b");
    assertThat(d.orders()).isEqualTo("stop d, stop b");
    d.up("b");
    assertThat(d.orders()).isEmpty();
    assertThat(d.exits("d", 0).orders()).isEqualTo("stop c, start a, start b, start c, start d");
  }

  @Test
  void memberThatLeftItsRound_doesNotWaitForItsTurn() {
    Driver d =
        Driver.started(
            Driver.restForOne(Driver.permanent("a"), Driver.permanent("b"), Driver.permanent("c")));
    d.deaf("c").exits("b", 1).down("c").exits("a", 1);
    assertThat(d.orders()).isEqualTo("stop c, start a, start b");
    assertThat(d.up("c").exits("c", 0).orders()).isEqualTo("start c");
  }

  @Test
  void memberThatWasRemovedAndDefinedDuringTheRound_isStartedInItsTurn() {
    Driver d = Driver.started(Driver.oneForAll(abcd())).deaf("d").exits("a", 1).remove("b");
    d.trace();
    d.define(Driver.permanent("b"));
    assertThat(d.orders()).isEmpty();
    assertThat(d.exits("d", 0).orders()).isEqualTo("stop c, start a, start b, start c, start d");
  }

  @Test
  void deadlineOfAnOlderRound_doesNotDelayTheNextOne() {
    ProcessSpec slow =
        Driver.worker("a", RestartPolicy.permanent())
            .withRestart(
                Driver.otp(RestartPolicy.permanent())
                    .withBackoff(Backoff.fixed(Duration.ofSeconds(30))))
            .build();
    ProcessSpec quick =
        Driver.worker("b", RestartPolicy.permanent())
            .withRestart(
                Driver.otp(RestartPolicy.permanent())
                    .withBackoff(Backoff.fixed(Duration.ofSeconds(1))))
            .build();
    Driver d = Driver.started(Driver.oneForAll(slow, quick)).exits("a", 1).up("a");
    assertThat(d.orders()).isEqualTo("stop b, start a, start b");
    d.exits("b", 1);
    assertThat(d.pass(Duration.ofSeconds(1)).orders()).isEqualTo("stop a, start a, start b");
  }
}
