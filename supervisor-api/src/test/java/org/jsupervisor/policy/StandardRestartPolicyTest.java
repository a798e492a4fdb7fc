package org.jsupervisor.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.LaunchFailure;
import org.jsupervisor.process.LaunchFault;
import org.jsupervisor.process.Signal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The matrix of restart types and exits, and a child's life seen by its policy alone. */
class StandardRestartPolicyTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @ParameterizedTest(name = "{0} {1} -> {2}")
  @CsvSource({
    "PERMANENT, CLEAN,          RESTART",
    "PERMANENT, ABNORMAL,       RESTART",
    "PERMANENT, SIGNALLED,      RESTART",
    "PERMANENT, LOST,           RESTART",
    "PERMANENT, NEVER_STARTED,  RESTART",
    "PERMANENT, NOT_READY,      RESTART",
    "TRANSIENT, CLEAN,          FINISH",
    "TRANSIENT, ABNORMAL,       RESTART",
    "TRANSIENT, SIGNALLED,      RESTART",
    "TRANSIENT, LOST,           RESTART",
    "TRANSIENT, NEVER_STARTED,  RESTART",
    "TRANSIENT, NOT_READY,      RESTART",
    "TEMPORARY, CLEAN,          FORGET",
    "TEMPORARY, ABNORMAL,       FORGET",
    "TEMPORARY, SIGNALLED,      FORGET",
    "TEMPORARY, LOST,           FORGET",
    "TEMPORARY, NEVER_STARTED,  FORGET",
    "TEMPORARY, NOT_READY,      FORGET",
  })
  void type_ends_leadsTo(RestartType type, End end, RestartDecision.Kind expected) {
    RestartDecision decision =
        StandardRestartPolicy.of(type)
            .decide(new RestartQuestion(end.exit(), Duration.ZERO, RestartHistory.EMPTY, 0, 0.5));
    assertThat(decision.kind()).isEqualTo(expected);
  }

  @Test
  void cleanExitOfAStopThatWasAsked_isNotCleanByItself() {
    Exit asked = exit(new ExitStatus.Exited(0), ExitCause.ASKED_TO_STOP);
    RestartDecision decision =
        RestartPolicy.transientPolicy()
            .decide(new RestartQuestion(asked, Duration.ZERO, RestartHistory.EMPTY, 0, 0.5));
    assertThat(decision.kind()).isEqualTo(RestartDecision.Kind.RESTART);
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "5", "256"})
  void crashLoop_spawnsAreTheBudgetPlusOne(int restarts) {
    Life life = new Life(limited(restarts, MINUTE).withBackoff(Backoff.none()));
    int spawns = 1;
    while (life.ends(Duration.ZERO).kind() == RestartDecision.Kind.RESTART) {
      spawns++;
    }
    assertThat(spawns).isEqualTo(restarts + 1);
  }

  @Test
  void slowCrashes_neverFillTheWindow() {
    Life life = new Life(limited(1, SECOND).withBackoff(Backoff.none()));
    for (int i = 0; i < 100; i++) {
      assertThat(life.ends(Duration.ZERO).kind()).isEqualTo(RestartDecision.Kind.RESTART);
      life.pass(SECOND.plusNanos(1));
    }
  }

  @Test
  void shortLives_doNotResetTheBackoff() {
    Life life = new Life(limited(256, MINUTE));
    for (int attempt = 1; attempt <= 50; attempt++) {
      life.pass(Duration.ofSeconds(59));
      assertThat(life.ends(Duration.ofSeconds(59)))
          .isInstanceOfSatisfying(RestartDecision.Restart.class, r -> {});
      assertThat(life.history().streak()).isEqualTo(attempt);
    }
  }

  @Test
  void neverReady_isNotStable_howeverLongItLived_evenWithoutResetTime() {
    Life life = new Life(limited(256, MINUTE).withResetAfter(Duration.ZERO));
    assertThat(life.ends(Duration.ZERO)).isEqualTo(restart(1));
    assertThat(life.ends(Duration.ZERO)).isEqualTo(restart(2));
  }

  @Test
  void stableLife_beginsTheBackoffAnew() {
    Life life = new Life(limited(256, MINUTE));
    life.ends(Duration.ZERO);
    life.ends(Duration.ZERO);
    assertThat(life.ends(MINUTE)).isEqualTo(restart(1));
    assertThat(life.ends(Duration.ZERO)).isEqualTo(restart(2));
  }

  @Test
  void stability_isMeasuredAgainstTwiceTheDelayBefore_ifThatIsLonger() {
    Life life = new Life(limited(256, MINUTE).withResetAfter(SECOND));
    for (int i = 0; i < 8; i++) {
      life.ends(Duration.ZERO);
    }
    Duration needed = Duration.ofSeconds(2 * 25);
    assertThat(life.ends(needed.minusNanos(1))).isEqualTo(restart(9));
    assertThat(life.ends(needed)).isEqualTo(restart(1));
  }

  @Test
  void stableLives_stillCountInTheWindow() {
    Life life = new Life(limited(2, Duration.ofHours(1)).withResetAfter(SECOND));
    life.ends(SECOND);
    life.ends(MINUTE);
    assertThat(life.ends(MINUTE).kind()).isEqualTo(RestartDecision.Kind.QUARANTINE);
  }

  @Test
  void failedProbations_doubleThePauseUpToTheLongest() {
    Life life =
        new Life(limited(0, MINUTE).withGiveUp(GiveUp.quarantine(MINUTE, MINUTE.multipliedBy(5))));
    List<Duration> pauses = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      pauses.add(((RestartDecision.Quarantine) life.ends(Duration.ZERO)).pause());
    }
    assertThat(pauses).extracting(Duration::toMinutes).containsExactly(1L, 2L, 4L, 5L, 5L);
    assertThat(life.history().quarantines()).isEqualTo(5);
  }

  @Test
  void failedProbation_isQuarantinedAgain_althoughTheWindowIsEmpty() {
    Life life = new Life(limited(1, SECOND));
    life.ends(Duration.ZERO);
    assertThat(life.ends(Duration.ZERO).kind()).isEqualTo(RestartDecision.Kind.QUARANTINE);
    life.pass(MINUTE);
    assertThat(life.ends(Duration.ofSeconds(59)))
        .isInstanceOfSatisfying(
            RestartDecision.Quarantine.class,
            again -> assertThat(again.reason()).contains("probation"));
  }

  @Test
  void stableProbation_forgivesTheQuarantine_alsoForTheLivesAfterIt() {
    Life life = new Life(limited(1, SECOND));
    life.ends(Duration.ZERO);
    life.ends(Duration.ZERO);
    life.pass(MINUTE);
    assertThat(life.ends(MINUTE)).as("a stable probation").isEqualTo(restart(1));
    assertThat(life.history().quarantines()).isZero();
    life.pass(MINUTE);
    assertThat(life.ends(Duration.ZERO)).as("an ordinary crash").isEqualTo(restart(2));
  }

  @Test
  void stableProbationWithoutBudget_isTheFirstQuarantineAgain() {
    Life life = new Life(limited(0, SECOND));
    life.ends(Duration.ZERO);
    life.ends(Duration.ZERO);
    assertThat(life.ends(MINUTE))
        .isInstanceOfSatisfying(
            RestartDecision.Quarantine.class, first -> assertThat(first.count()).isEqualTo(1));
  }

  @Test
  void beyondTheLimit_staysDownOrEscalates_asWanted() {
    assertThat(new Life(limited(0, SECOND).withGiveUp(GiveUp.stayDown())).ends(SECOND))
        .isEqualTo(new RestartDecision.StayDown("more than 0 restarts in 1 s"));
    assertThat(new Life(limited(0, SECOND).withGiveUp(GiveUp.escalate())).ends(SECOND))
        .isEqualTo(new RestartDecision.Escalate("more than 0 restarts in 1 s"));
  }

  @Test
  void defaults_areThoseOfTheDocumentation() {
    StandardRestartPolicy policy = RestartPolicy.permanent();
    assertThat(policy.backoff())
        .isEqualTo(Backoff.exponential(Duration.ofMillis(200), Duration.ofSeconds(30)));
    assertThat(policy.limit()).isEqualTo(RestartIntensity.of(5, MINUTE));
    assertThat(policy.resetAfter()).isEqualTo(MINUTE);
    assertThat(policy.giveUp()).isEqualTo(GiveUp.quarantine(MINUTE, Duration.ofHours(1)));
    assertThat(RestartPolicy.temporary().type()).isEqualTo(RestartType.TEMPORARY);
    assertThat(policy).isEqualTo(RestartPolicy.permanent());
  }

  @Test
  void negativeResetTime_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RestartPolicy.permanent().withResetAfter(SECOND.negated()))
        .withMessageContaining("reset time must not be negative, was -1 s");
  }

  private static StandardRestartPolicy limited(int restarts, Duration period) {
    return RestartPolicy.permanent().withLimit(RestartIntensity.of(restarts, period));
  }

  private static RestartDecision restart(int attempt) {
    Backoff backoff = RestartPolicy.permanent().backoff();
    return new RestartDecision.Restart(backoff.delay(attempt, 0.5), attempt);
  }

  private static Exit exit(ExitStatus status, ExitCause cause) {
    return new Exit(new Incarnation(ChildId.of("c"), 1), status, cause, SECOND);
  }

  enum End {
    CLEAN,
    ABNORMAL,
    SIGNALLED,
    LOST,
    NEVER_STARTED,
    NOT_READY;

    Exit exit() {
      return switch (this) {
        case CLEAN -> StandardRestartPolicyTest.exit(new ExitStatus.Exited(0), ExitCause.BY_ITSELF);
        case ABNORMAL ->
            StandardRestartPolicyTest.exit(new ExitStatus.Exited(3), ExitCause.BY_ITSELF);
        case SIGNALLED ->
            StandardRestartPolicyTest.exit(
                new ExitStatus.Signalled(Signal.TERM, false), ExitCause.BY_ITSELF);
        case LOST ->
            StandardRestartPolicyTest.exit(new ExitStatus.Lost("reaped"), ExitCause.BY_ITSELF);
        case NEVER_STARTED ->
            StandardRestartPolicyTest.exit(
                new ExitStatus.NeverStarted(
                    new LaunchFailure(LaunchFault.CHILD, "ENOENT", "p", "no")),
                ExitCause.LAUNCH_FAILED);
        case NOT_READY ->
            StandardRestartPolicyTest.exit(new ExitStatus.Exited(0), ExitCause.START_TIMEOUT);
      };
    }
  }
}
