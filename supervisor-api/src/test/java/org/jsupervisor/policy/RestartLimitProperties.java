package org.jsupervisor.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Limits that are computed from the history, beside the same with a state. */
class RestartLimitProperties {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** A bucket as everybody writes it. */
  private static final class Bucket {
    private final long fullNanos;
    private final long tokenNanos;
    private long levelNanos;
    private long beforeNanos;

    Bucket(TokenBucket settings) {
      tokenNanos = settings.refill().toNanos();
      fullNanos = tokenNanos * settings.capacity();
      levelNanos = fullNanos;
    }

    boolean hasOne(long elapsed) {
      levelNanos = Math.min(fullNanos, levelNanos + elapsed - beforeNanos);
      beforeNanos = elapsed;
      return levelNanos >= tokenNanos;
    }

    void take() {
      levelNanos -= tokenNanos;
    }
  }

  @Property
  void bucket_whileNothingIsForgotten_isTheOneWithAState(
      @ForAll long origin,
      @ForAll @IntRange(min = 1, max = RestartHistory.RESTARTS_MAX) int capacity,
      @ForAll @LongRange(min = 1, max = 400) long refill,
      @ForAll("gaps") List<Long> gaps) {
    TokenBucket limit = TokenBucket.of(capacity, Duration.ofNanos(refill));
    Bucket bucket = new Bucket(limit);
    RestartHistory history = RestartHistory.EMPTY;
    long elapsed = 0;
    for (long gap : gaps) {
      elapsed += gap;
      boolean allowed = limit.allows(history, origin + elapsed);
      assertThat(allowed)
          .as("after %s restarts", history.restarts())
          .isEqualTo(bucket.hasOne(elapsed));
      if (allowed) {
        bucket.take();
        history = history.restarted(1, origin + elapsed);
      }
      if (history.restarts() == RestartHistory.RESTARTS_MAX) {
        return;
      }
    }
  }

  @Property(tries = 200)
  void bucket_whateverIsForgotten_neverAllowsWhatTheOneWithAStateRefuses(
      @ForAll long origin,
      @ForAll @IntRange(min = 1, max = RestartHistory.RESTARTS_MAX) int capacity,
      @ForAll @LongRange(min = 1, max = 10) long refill,
      @ForAll @Size(min = 600, max = 900) List<@LongRange(min = 0, max = 20) Long> gaps) {
    TokenBucket limit = TokenBucket.of(capacity, Duration.ofNanos(refill));
    Bucket bucket = new Bucket(limit);
    RestartHistory history = RestartHistory.EMPTY;
    long elapsed = 0;
    for (long gap : gaps) {
      elapsed += gap;
      boolean has = bucket.hasOne(elapsed);
      boolean allowed = limit.allows(history, origin + elapsed);
      assertThat(allowed && !has).as("allowed without a token").isFalse();
      if (gap >= refill) {
        assertThat(allowed).as("refused after one whole refill").isTrue();
      }
      if (allowed) {
        bucket.take();
        history = history.restarted(1, origin + elapsed);
      }
    }
    long rest = (RestartHistory.RESTARTS_MAX + capacity) * refill;
    for (int i = 0; i < capacity; i++) {
      assertThat(limit.allows(history, origin + elapsed + rest)).as("full again").isTrue();
      history = history.restarted(1, origin + elapsed + rest);
    }
    assertThat(limit.allows(history, origin + elapsed + rest)).isFalse();
  }

  @Property
  void bucket_moreRestartsThanItAllows_isEmpty_notInDebt(
      @ForAll long origin, @ForAll @IntRange(min = 1, max = 600) int restarts) {
    TokenBucket limit = TokenBucket.of(1, SECOND);
    RestartHistory history = RestartHistory.EMPTY;
    for (int i = 0; i < restarts; i++) {
      history = history.restarted(1, origin);
    }
    assertThat(limit.allows(history, origin + SECOND.toNanos() - 1)).isFalse();
    assertThat(limit.allows(history, origin + SECOND.toNanos())).isTrue();
  }

  @Property
  void decay_isSuturesCounter(
      @ForAll long origin,
      @ForAll @DoubleRange(min = 1, max = 20) double threshold,
      @ForAll @LongRange(min = 1, max = 500) long halfLife,
      @ForAll("gaps") List<Long> gaps) {
    DecayingLimit limit = DecayingLimit.of(threshold, Duration.ofNanos(halfLife));
    RestartHistory history = RestartHistory.EMPTY;
    double failures = 0;
    long elapsed = 0;
    for (long gap : gaps) {
      elapsed += gap;
      failures *= Math.pow(0.5, gap / (double) halfLife);
      boolean allowed = limit.allows(history, origin + elapsed);
      if (Math.abs(failures + 1 - threshold) > 1e-3) {
        assertThat(allowed).as("counter %s", failures).isEqualTo(failures + 1 <= threshold);
      }
      if (allowed) {
        failures++;
        history = history.restarted(1, origin + elapsed);
      }
    }
  }

  @Property(tries = 200)
  void decay_whateverIsForgotten_neverAllowsWhatSutureRefuses(
      @ForAll @DoubleRange(min = 100, max = RestartHistory.RESTARTS_MAX) double threshold,
      @ForAll @Size(min = 600, max = 900) List<@LongRange(min = 0, max = 20) Long> gaps) {
    long halfLife = 2_000;
    DecayingLimit limit = DecayingLimit.of(threshold, Duration.ofNanos(halfLife));
    RestartHistory history = RestartHistory.EMPTY;
    double failures = 0;
    long elapsed = 0;
    for (long gap : gaps) {
      elapsed += gap;
      failures *= Math.pow(0.5, gap / (double) halfLife);
      if (limit.allows(history, elapsed)) {
        assertThat(failures + 1).isLessThanOrEqualTo(threshold + 1e-9);
        failures++;
        history = history.restarted(1, elapsed);
      }
    }
  }

  @Example
  void decay_withSuturesDefaults_allowsFiveAtOnce_thenOneEachTimeTheCounterIsBelowFour() {
    DecayingLimit limit = DecayingLimit.suture();
    RestartHistory history = RestartHistory.EMPTY;
    for (int i = 0; i < 5; i++) {
      assertThat(limit.allows(history, 0)).isTrue();
      history = history.restarted(1, 0);
    }
    // 5 * 0.5^(t / 30 s) = 4 at t = 9.66 s.
    assertThat(limit.allows(history, Duration.ofMillis(9_650).toNanos())).isFalse();
    assertThat(limit.allows(history, Duration.ofMillis(9_660).toNanos())).isTrue();
  }

  @Property
  void anyLimit_fullHistoryAndAnyTime_hasAnAnswer(
      @ForAll("limits") RestartLimit limit, @ForAll long origin, @ForAll long now) {
    RestartHistory history = RestartHistory.EMPTY;
    for (int i = 0; i < RestartHistory.RESTARTS_MAX; i++) {
      history = history.restarted(1, origin + i);
    }
    assertThat(limit.allows(history, now)).isEqualTo(limit.allows(history, now));
    assertThat(limit.allows(RestartHistory.EMPTY, now)).isTrue();
    assertThat(limit.allows(history, origin + RestartHistory.RESTARTS_MAX)).isFalse();
  }

  @Example
  void allOf_allowsWhatEachAllows() {
    RestartLimit burst = RestartIntensity.of(2, SECOND);
    RestartLimit hourly = RestartIntensity.of(3, Duration.ofHours(1));
    RestartLimit both = RestartLimit.allOf(burst, hourly);
    RestartHistory two = RestartHistory.EMPTY.restarted(1, 0).restarted(2, 0);
    long later = SECOND.toNanos() + 1;
    assertThat(both.allows(RestartHistory.EMPTY, 0)).isTrue();
    assertThat(both.allows(two, 0)).as("the burst").isFalse();
    assertThat(both.allows(two, later)).isTrue();
    assertThat(both.allows(two.restarted(3, later), 2 * later)).as("the hour").isFalse();
    assertThat(both)
        .hasToString("2 restarts in 1 s or 3 restarts in 3600 s")
        .isEqualTo(RestartLimit.allOf(burst, hourly));
    assertThatIllegalArgumentException()
        .isThrownBy(RestartLimit::allOf)
        .withMessage("restart limits: there must be at least one");
  }

  @Example
  void bounds_areChecked_andTextsTellTheSettings() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TokenBucket.of(0, SECOND))
        .withMessage("token bucket: capacity must be 1 to 256, was 0");
    assertThatIllegalArgumentException().isThrownBy(() -> TokenBucket.of(257, SECOND));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TokenBucket.of(1, Duration.ZERO))
        .withMessage("token bucket: refill must be positive, was 0 s");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TokenBucket.of(2, Durations.MAX))
        .withMessageStartingWith("token bucket: capacity x refill must be at most 36500 days");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DecayingLimit.of(Double.NaN, SECOND))
        .withMessage("decaying limit: threshold must be 1 to 256, was NaN");
    assertThatIllegalArgumentException().isThrownBy(() -> DecayingLimit.of(0.9, SECOND));
    assertThatIllegalArgumentException().isThrownBy(() -> DecayingLimit.of(257, SECOND));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DecayingLimit.of(5, Duration.ZERO))
        .withMessage("decaying limit: half-life must be positive, was 0 s");
    assertThat(TokenBucket.of(20, SECOND)).hasToString("20 restarts at once and 1 more each 1 s");
    assertThat(DecayingLimit.suture()).hasToString("5.0 restarts with a half-life of 30 s");
  }

  @Provide
  static Arbitrary<RestartLimit> limits() {
    return Arbitraries.of(
        RestartIntensity.of(RestartHistory.RESTARTS_MAX, SECOND),
        TokenBucket.of(RestartHistory.RESTARTS_MAX, SECOND),
        TokenBucket.of(1, Durations.MAX),
        TokenBucket.of(250, Durations.MAX.dividedBy(250)),
        DecayingLimit.of(RestartHistory.RESTARTS_MAX, Durations.MAX),
        DecayingLimit.suture());
  }

  /** Bursts and pauses. */
  @Provide
  static Arbitrary<List<Long>> gaps() {
    return Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.longs().between(0, 30)),
            Tuple.of(2, Arbitraries.longs().between(0, 1_000)),
            Tuple.of(1, Arbitraries.longs().between(0, 100_000)))
        .list()
        .ofMaxSize(400);
  }
}
