package org.jsupervisor.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples and the bounds of delays; what holds for all is in {@link BackoffProperties}. */
class BackoffTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @ParameterizedTest
  @CsvSource({"1, 200", "2, 400", "3, 800", "8, 25600"})
  void exponential_middleOfTheJitter_doubles(int attempt, long millis) {
    Backoff backoff = Backoff.exponential(Duration.ofMillis(200), Duration.ofSeconds(60));
    assertThat(backoff.delay(attempt, 0.5)).isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void exponential_withoutJitter_atTheCap_isExactlyTheCap() {
    var backoff = new ExponentialBackoff(SECOND, 2, Duration.ofSeconds(30), 0);
    assertThat(backoff.delay(1_000_000, Math.nextDown(1.0))).isEqualTo(Duration.ofSeconds(30));
  }

  /** What systemd gives for RestartSec=100ms, RestartMaxDelaySec=100s, RestartSteps=3. */
  @ParameterizedTest
  @CsvSource({"1, 100", "2, 1000", "3, 10000", "4, 100000", "5, 100000", "2147483647, 100000"})
  void steps_withoutJitter_areSystemds(int attempt, long millis) {
    Backoff backoff = Backoff.steps(Duration.ofMillis(100), Duration.ofSeconds(100), 3);
    assertThat(((StepsBackoff) backoff).withJitter(0).delay(attempt, 0.9))
        .isCloseTo(Duration.ofMillis(millis), Duration.ofNanos(100));
  }

  @Test
  void linear_middleOfTheJitter_addsTheStep() {
    Backoff backoff = Backoff.linear(SECOND, Duration.ofSeconds(60));
    assertThat(backoff.delay(1, 0.5)).isEqualTo(SECOND);
    assertThat(backoff.delay(7, 0.5)).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void growingBackoffs_outOfBounds_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Backoff.linear(SECOND, Duration.ofMillis(999)))
        .withMessage("linear back-off: cap must be at least the step 1 s, was 999 ms");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Backoff.linear(Duration.ZERO, SECOND))
        .withMessage("linear back-off: step must be positive, was 0 s");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LinearBackoff(SECOND, SECOND, Double.NaN))
        .withMessage("linear back-off: jitter must be 0 to 0.5, was NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Backoff.steps(SECOND, SECOND, 0))
        .withMessage("steps back-off: steps must be 1 to 1000, was 0");
    assertThatIllegalArgumentException().isThrownBy(() -> Backoff.steps(SECOND, SECOND, 1001));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Backoff.steps(SECOND, Duration.ofMillis(999), 3))
        .withMessage("steps back-off: cap must be at least the initial delay 1 s, was 999 ms");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StepsBackoff(SECOND, SECOND, 3, 0.6))
        .withMessage("steps back-off: jitter must be 0 to 0.5, was 0.6");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.99, 0, -1, 1000.1, Double.NaN, Double.POSITIVE_INFINITY})
  void exponential_factorOutOfBounds_isRefused(double factor) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ExponentialBackoff(SECOND, factor, SECOND, 0))
        .withMessageContaining("factor must be 1 to 1000, was " + factor);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.01, 0.51, Double.NaN})
  void exponential_jitterOutOfBounds_isRefused(double jitter) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ExponentialBackoff(SECOND, 2, SECOND, jitter))
        .withMessageContaining("jitter must be 0 to 0.5, was " + jitter);
  }

  @Test
  void exponential_capBelowTheInitialDelay_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Backoff.exponential(SECOND, Duration.ofMillis(999)))
        .withMessageContaining("cap must be at least the initial delay 1 s, was 999 ms");
  }

  @Test
  void durations_outOfBounds_areRefusedWithTheirValue() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Backoff.fixed(Duration.ofSeconds(-5)))
        .withMessageContaining("must not be negative, was -5 s");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Backoff.fixed(Durations.MAX.plusNanos(1)))
        .withMessageContaining("must be at most 36500 days");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Backoff.exponential(Duration.ZERO, SECOND))
        .withMessageContaining("must be positive, was 0 s");
  }

  @Test
  void longestDurationThereIs_isRefused_notAnOverflow() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Backoff.fixed(Duration.ofSeconds(Long.MAX_VALUE, 1)))
        .withMessageContaining("must be at most 36500 days");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Backoff.fixed(Duration.ofSeconds(Long.MIN_VALUE, 1)))
        .withMessageContaining("must not be negative");
  }

  @Test
  void durationBelowAMillisecond_isNotShownAsZero() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Backoff.fixed(Duration.ofNanos(-1)))
        .withMessageContaining("must not be negative, was PT-0.000000001S");
    assertThat(RestartIntensity.of(1, Duration.ofNanos(500)))
        .hasToString("1 restarts in PT0.0000005S");
  }

  @Test
  void quarantine_longestBelowFirst_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GiveUp.quarantine(Duration.ofMinutes(2), Duration.ofMinutes(1)))
        .withMessageContaining("longest pause must be at least the first pause 120 s, was 60 s");
  }

  @Test
  void decisions_outOfBounds_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RestartDecision.Restart(SECOND, 0))
        .withMessageContaining("attempt must be at least 1, was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RestartDecision.Restart(SECOND.negated(), 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RestartDecision.Quarantine(Duration.ZERO, 1, "why"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RestartDecision.Quarantine(SECOND, 0, "why"))
        .withMessageContaining("count must be at least 1, was 0");
  }
}
