package org.jsupervisor.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Delays are total: no attempt, no random number and no setting leads out of their bounds. */
class BackoffProperties {
  @Property
  void exponential_anyAttempt_staysBetweenZeroAndTheCap(
      @ForAll("backoffs") ExponentialBackoff backoff,
      @ForAll @IntRange(min = 1, max = 1_000_000) int attempt,
      @ForAll("randoms") double random) {
    assertThat(backoff.delay(attempt, random)).isBetween(Duration.ZERO, backoff.cap());
  }

  @Property
  void exponential_anyIntAtAll_staysBetweenZeroAndTheCap(
      @ForAll("backoffs") ExponentialBackoff backoff,
      @ForAll int attempt,
      @ForAll("randoms") double random) {
    assertThat(backoff.delay(attempt, random)).isBetween(Duration.ZERO, backoff.cap());
    assertThat(backoff.delay(Integer.MAX_VALUE, random)).isBetween(Duration.ZERO, backoff.cap());
  }

  @Property
  void exponential_nextAttempt_waitsAtLeastAsLong(
      @ForAll("backoffs") ExponentialBackoff backoff,
      @ForAll @IntRange(min = 1, max = 2_000) int attempt,
      @ForAll("randoms") double random) {
    assertThat(backoff.delay(attempt + 1, random))
        .isGreaterThanOrEqualTo(backoff.delay(attempt, random));
  }

  @Property
  void exponential_sameQuestion_sameAnswer(
      @ForAll("backoffs") ExponentialBackoff backoff,
      @ForAll @IntRange(min = 1, max = 100) int attempt,
      @ForAll("randoms") double random) {
    assertThat(backoff.delay(attempt, random)).isEqualTo(backoff.delay(attempt, random));
  }

  @Property
  void exponential_firstAttempt_liesWithinTheJitterOfTheInitialDelay(
      @ForAll @IntRange(min = 1, max = 100_000) int millis, @ForAll("randoms") double random) {
    Duration initial = Duration.ofMillis(millis);
    Backoff backoff = Backoff.exponential(initial, Duration.ofDays(1));
    long nanos = initial.toNanos();
    assertThat(backoff.delay(1, random).toNanos())
        .isBetween((long) (nanos * 0.8) - 1, (long) (nanos * 1.2) + 1);
  }

  @Property
  void growing_anyIntAtAll_staysBetweenZeroAndTheCap(
      @ForAll("growing") Growing growing, @ForAll int attempt, @ForAll("randoms") double random) {
    for (int each : new int[] {attempt, 1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      assertThat(growing.backoff().delay(each, random)).isBetween(Duration.ZERO, growing.cap());
    }
  }

  @Property
  void growing_nextAttempt_waitsAtLeastAsLong(
      @ForAll("growing") Growing growing,
      @ForAll @IntRange(min = 1, max = Integer.MAX_VALUE - 1) int attempt,
      @ForAll("randoms") double random) {
    for (int each : new int[] {attempt, attempt % 2_000 + 1}) {
      assertThat(growing.backoff().delay(each + 1, random))
          .isGreaterThanOrEqualTo(growing.backoff().delay(each, random));
    }
  }

  @Property
  void linear_withoutJitter_isSupervisords(
      @ForAll @IntRange(min = 1) int attempt, @ForAll("randoms") double random) {
    Backoff backoff = new LinearBackoff(Duration.ofSeconds(1), Duration.ofDays(30), 0);
    assertThat(backoff.delay(attempt, random))
        .isEqualTo(Duration.ofSeconds(Math.min(attempt, Duration.ofDays(30).toSeconds())));
  }

  @Property
  void steps_withoutJitter_comeFromTheFirstDelayToTheCapExactly(
      @ForAll("nanos") long a,
      @ForAll("nanos") long b,
      @ForAll @IntRange(min = 1, max = StepsBackoff.STEPS_MAX) int steps) {
    Duration initial = Duration.ofNanos(Math.min(a, b) >> 10 | 1);
    Duration cap = Duration.ofNanos((Math.max(a, b) >> 10) + 2);
    Backoff backoff = new StepsBackoff(initial, cap, steps, 0);
    assertThat(backoff.delay(1, 0.3)).isEqualTo(initial);
    assertThat(backoff.delay(steps + 1, 0.3)).isEqualTo(cap);
    assertThat(backoff.delay(Integer.MAX_VALUE, 0.3)).isEqualTo(cap);
  }

  @Property
  void fixed_anyAttempt_isTheDelay(@ForAll int attempt, @ForAll("randoms") double random) {
    Duration delay = Duration.ofMillis(7);
    assertThat(Backoff.fixed(delay).delay(attempt, random)).isEqualTo(delay);
    assertThat(Backoff.none().delay(attempt, random)).isZero();
  }

  @Property
  void quarantine_anyCount_staysBetweenTheFirstAndTheLongestPause(
      @ForAll("nanos") long a, @ForAll("nanos") long b, @ForAll int count) {
    Duration pause = Duration.ofNanos(Math.min(a, b));
    Duration pauseMax = Duration.ofNanos(Math.max(a, b));
    var quarantine = new GiveUp.Quarantine(pause, pauseMax);
    assertThat(quarantine.pause(count)).isBetween(pause, pauseMax);
    assertThat(quarantine.pause(1)).isEqualTo(pause);
    assertThat(quarantine.pause(Integer.MAX_VALUE)).isEqualTo(pauseMax);
  }

  @Provide
  static Arbitrary<Double> randoms() {
    return Arbitraries.oneOf(
        Arbitraries.of(0.0, Math.nextDown(1.0), 0.5),
        Arbitraries.doubles().between(0, true, 1, false));
  }

  @Provide
  static Arbitrary<Long> nanos() {
    return Arbitraries.longs().between(1, Durations.MAX.toNanos());
  }

  /** A back-off that grows, and what it may not exceed. */
  record Growing(Backoff backoff, Duration cap) {}

  @Provide
  static Arbitrary<Growing> growing() {
    Arbitrary<Double> jitters = Arbitraries.doubles().between(0, 0.5);
    Arbitrary<Integer> steps = Arbitraries.integers().between(0, StepsBackoff.STEPS_MAX);
    return Combinators.combine(nanos(), nanos(), jitters, steps)
        .as(
            (a, b, jitter, count) -> {
              Duration least = Duration.ofNanos(Math.min(a, b));
              Duration cap = Duration.ofNanos(Math.max(a, b));
              return new Growing(
                  count == 0
                      ? new LinearBackoff(least, cap, jitter)
                      : new StepsBackoff(least, cap, count, jitter),
                  cap);
            });
  }

  @Provide
  static Arbitrary<ExponentialBackoff> backoffs() {
    return Combinators.combine(
            nanos(),
            nanos(),
            Arbitraries.doubles().between(1, 1000),
            Arbitraries.doubles().between(0, 0.5))
        .as(
            (a, b, factor, jitter) ->
                new ExponentialBackoff(
                    Duration.ofNanos(Math.min(a, b)),
                    factor,
                    Duration.ofNanos(Math.max(a, b)),
                    jitter));
  }
}
