package org.jsupervisor.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Launches that fail have a budget of their own, and shortages of the host none. */
class StartAttemptsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final StandardRestartPolicy POLICY =
      RestartPolicy.permanent().withGiveUp(GiveUp.stayDown());

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 100})
  void launchesThatFail_areAsManyAsTheAttempts(int attempts) {
    Life life = new Life(POLICY.withStartAttempts(attempts));
    int launches = 1;
    while (life.ends(Life.NO_PROGRAM).kind() == RestartDecision.Kind.RESTART) {
      launches++;
    }
    assertThat(launches).isEqualTo(attempts);
  }

  @Test
  void thirdFailedLaunch_isGivenUpWithItsReason() {
    Life life = new Life(POLICY);
    assertThat(life.ends(Life.NO_PROGRAM)).isEqualTo(retry(1));
    assertThat(life.ends(Life.NO_PROGRAM)).isEqualTo(retry(2));
    assertThat(life.ends(Life.NO_PROGRAM))
        .isEqualTo(new RestartDecision.StayDown("3 start attempts failed"));
  }

  @Test
  void failedLaunches_doNotCountAsRestarts_norRestartsAsFailedLaunches() {
    Life life = new Life(POLICY.withLimit(RestartIntensity.of(2, MINUTE)));
    for (int crash = 0; crash < 2; crash++) {
      life.ends(Life.NO_PROGRAM);
      life.ends(Life.NO_PROGRAM);
      assertThat(life.history().failedStarts()).isEqualTo(2);
      assertThat(life.ends(Duration.ZERO).kind()).isEqualTo(RestartDecision.Kind.RESTART);
      assertThat(life.history().failedStarts()).isZero();
      assertThat(life.history().restarts()).isEqualTo(crash + 1);
    }
    assertThat(life.ends(Duration.ZERO).kind())
        .as("the third crash, whatever the launches between")
        .isEqualTo(RestartDecision.Kind.STAY_DOWN);
  }

  @Test
  void launchThatSucceeds_beginsTheRowAnew_howeverShortItsLife() {
    Life life = new Life(POLICY.withLimit(RestartLimit.none()));
    for (int i = 0; i < 50; i++) {
      life.ends(Life.NO_PROGRAM);
      life.ends(Life.NO_PROGRAM);
      assertThat(life.ends(Duration.ZERO).kind()).isEqualTo(RestartDecision.Kind.RESTART);
    }
  }

  @Test
  void delays_growOverAllKindsOfRestarts() {
    Life life = new Life(POLICY);
    List<Integer> attempts = new ArrayList<>();
    for (var end : List.of(Life.CRASHED, Life.NO_PROGRAM, Life.NO_ROOM, Life.CRASHED)) {
      attempts.add(((RestartDecision.Restart) life.ends(end)).attempt());
    }
    assertThat(attempts).containsExactly(1, 2, 3, 4);
  }

  @Test
  void hostShortage_isTriedAgainForEver_atMostOnceInASecond() {
    Life life =
        new Life(POLICY.withBackoff(Backoff.none()).withLimit(RestartIntensity.of(0, MINUTE)));
    for (int i = 1; i <= 10_000; i++) {
      assertThat(life.ends(Life.NO_ROOM))
          .isEqualTo(new RestartDecision.Restart(Duration.ofSeconds(1), i, RestartCharge.NOTHING));
    }
    assertThat(life.history().restarts()).isZero();
    assertThat(life.history().failedStarts()).isZero();
  }

  @Test
  void hostShortage_waitsAsTheBackoffSays_ifThatIsLonger() {
    Life life = new Life(POLICY);
    Duration last = Duration.ZERO;
    for (int i = 0; i < 20; i++) {
      last = ((RestartDecision.Restart) life.ends(Life.NO_ROOM)).delay();
    }
    assertThat(last).isEqualTo(POLICY.backoff().delay(20, 0.5)).isGreaterThan(MINUTE.dividedBy(3));
  }

  @Test
  void hostShortage_betweenFailedLaunches_neitherCountsNorForgives() {
    Life life = new Life(POLICY);
    life.ends(Life.NO_PROGRAM);
    life.ends(Life.NO_ROOM);
    life.ends(Life.NO_PROGRAM);
    life.ends(Life.NO_ROOM);
    assertThat(life.ends(Life.NO_PROGRAM).kind()).isEqualTo(RestartDecision.Kind.STAY_DOWN);
  }

  @Test
  void failedLaunchInProbation_isQuarantinedAgain_aShortageIsNot() {
    Life life = new Life(RestartPolicy.permanent().withStartAttempts(1));
    assertThat(life.ends(Life.NO_PROGRAM))
        .isEqualTo(new RestartDecision.Quarantine(MINUTE, 1, "1 start attempts failed"));
    assertThat(life.ends(Life.NO_ROOM).kind()).isEqualTo(RestartDecision.Kind.RESTART);
    assertThat(life.history().quarantines()).as("still in probation").isEqualTo(1);
    assertThat(life.ends(Life.NO_PROGRAM))
        .isEqualTo(
            new RestartDecision.Quarantine(
                MINUTE.multipliedBy(2), 2, "failed again in its probation start"));
  }

  @Test
  void transientChild_thatCannotBeLaunched_isTriedAgain_aTemporaryIsForgotten() {
    assertThat(new Life(RestartPolicy.transientPolicy()).ends(Life.NO_PROGRAM)).isEqualTo(retry(1));
    assertThat(new Life(RestartPolicy.temporary()).ends(Life.NO_ROOM).kind())
        .isEqualTo(RestartDecision.Kind.FORGET);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1_000_001})
  void attemptsOutOfBounds_areRefused(int attempts) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> POLICY.withStartAttempts(attempts))
        .withMessage("restart policy: start attempts must be 1 to 1000000, was " + attempts);
  }

  private static RestartDecision retry(int attempt) {
    return new RestartDecision.Restart(
        POLICY.backoff().delay(attempt, 0.5), attempt, RestartCharge.START_ATTEMPTS);
  }
}
