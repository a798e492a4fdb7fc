package org.jsupervisor.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** The window slides, its edge is inclusive to the nanosecond, and the clock may wrap. */
class RestartIntensityProperties {
  @Property
  void window_isTheNaiveOne(
      @ForAll("origins") long origin,
      @ForAll @Size(max = 600) List<@LongRange(min = 0, max = 1_000) Long> gaps,
      @ForAll @LongRange(min = 1, max = 5_000) long period,
      @ForAll @LongRange(min = 0, max = 6_000) long later) {
    RestartHistory history = RestartHistory.EMPTY;
    List<Long> elapsed = new ArrayList<>();
    long at = 0;
    for (long gap : gaps) {
      at += gap;
      elapsed.add(at);
      history = history.restarted(elapsed.size(), origin + at);
    }
    long now = at + later;
    long expected =
        elapsed.stream()
            .skip(Math.max(0, elapsed.size() - RestartHistory.RESTARTS_MAX))
            .filter(restart -> now - restart <= period)
            .count();
    assertThat(history.restartsWithin(period, origin + now)).isEqualTo((int) expected);
    assertThat(history.streak()).isEqualTo(gaps.size());
  }

  @Property
  void edge_isInclusiveToTheNanosecond(
      @ForAll("origins") long origin, @ForAll("periods") long periodNanos) {
    RestartIntensity once = RestartIntensity.of(1, Duration.ofNanos(periodNanos));
    RestartHistory history = RestartHistory.EMPTY.restarted(1, origin);
    assertThat(once.allows(history, origin + periodNanos - 1)).isFalse();
    assertThat(once.allows(history, origin + periodNanos)).isFalse();
    assertThat(once.allows(history, origin + periodNanos + 1)).isTrue();
  }

  @Property
  void greedyRestarts_areNeverMoreThanAllowedInAnyWindow(
      @ForAll("origins") long origin,
      @ForAll @IntRange(min = 0, max = 20) int restarts,
      @ForAll @LongRange(min = 1, max = 2_000) long period,
      @ForAll @Size(max = 200) List<@LongRange(min = 0, max = 1_000) Long> gaps) {
    RestartIntensity intensity = RestartIntensity.of(restarts, Duration.ofNanos(period));
    RestartHistory history = RestartHistory.EMPTY;
    List<Long> restarted = new ArrayList<>();
    long at = 0;
    for (long gap : gaps) {
      at += gap;
      if (intensity.allows(history, origin + at)) {
        history = history.restarted(1, origin + at);
        restarted.add(at);
      }
    }
    for (int i = restarts; i < restarted.size(); i++) {
      assertThat(restarted.get(i) - restarted.get(i - restarts))
          .as("restart %d and the %d before it", i, restarts)
          .isGreaterThan(period);
    }
  }

  @Property(tries = 20)
  void largestIntensity_isCountedExactly(@ForAll("origins") long origin) {
    RestartIntensity most = RestartIntensity.of(RestartHistory.RESTARTS_MAX, Duration.ofSeconds(1));
    RestartHistory history = RestartHistory.EMPTY;
    for (int i = 0; i < RestartHistory.RESTARTS_MAX; i++) {
      assertThat(most.allows(history, origin)).isTrue();
      history = history.restarted(i + 1, origin);
    }
    assertThat(most.allows(history, origin)).isFalse();
  }

  @Example
  void history_isBounded() {
    RestartHistory history = RestartHistory.EMPTY;
    for (int i = 0; i < 10 * RestartHistory.RESTARTS_MAX; i++) {
      history = history.restarted(1, i);
    }
    assertThat(history.restartsWithin(Long.MAX_VALUE, 10_000))
        .isEqualTo(RestartHistory.RESTARTS_MAX);
    assertThat(history.toString()).contains("restarts=" + RestartHistory.RESTARTS_MAX);
  }

  @Example
  void history_isImmutable_andComparedByContent() {
    RestartHistory one = RestartHistory.EMPTY.restarted(1, 5);
    RestartHistory two = one.restarted(2, 6);
    assertThat(one).isEqualTo(RestartHistory.EMPTY.restarted(1, 5)).isNotEqualTo(two);
    assertThat(one).hasSameHashCodeAs(RestartHistory.EMPTY.restarted(1, 5));
    assertThat(one.restartsWithin(10, 6)).isEqualTo(1);
    assertThat(RestartHistory.EMPTY.restartsWithin(Long.MAX_VALUE, 6)).isZero();
  }

  @Example
  void quarantined_forgetsTheRestartsBeforeIt() {
    RestartHistory history = RestartHistory.EMPTY.restarted(1, 5).quarantined(3);
    assertThat(history.restartsWithin(Long.MAX_VALUE, 5)).isZero();
    assertThat(history.streak()).isZero();
    assertThat(history.quarantines()).isEqualTo(3);
  }

  @Example
  void bounds_areChecked() {
    Duration second = Duration.ofSeconds(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RestartIntensity.of(-1, second))
        .withMessageContaining("restarts must be 0 to 256, was -1");
    assertThatIllegalArgumentException().isThrownBy(() -> RestartIntensity.of(257, second));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RestartIntensity.of(1, Duration.ZERO))
        .withMessageContaining("period must be positive, was 0 s");
    assertThat(RestartIntensity.of(0, second).allows(RestartHistory.EMPTY, 0)).isFalse();
    assertThat(RestartIntensity.of(5, Duration.ofMinutes(1))).hasToString("5 restarts in 60 s");
    assertThat(RestartLimit.none().allows(RestartHistory.EMPTY, 0)).isTrue();
    assertThat(RestartLimit.none()).hasToString("no limit");
  }

  @Provide
  static Arbitrary<Long> origins() {
    return Arbitraries.oneOf(
        Arbitraries.of(0L, -1L, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 1_000),
        Arbitraries.longs());
  }

  @Provide
  static Arbitrary<Long> periods() {
    return Arbitraries.longs().between(1, Durations.MAX.toNanos());
  }
}
