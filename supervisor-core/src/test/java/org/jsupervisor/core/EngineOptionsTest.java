package org.jsupervisor.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Every limit has bounds of its own. */
class EngineOptionsTest {
  private static final EngineOptions DEFAULTS = EngineOptions.defaults();

  @Test
  void counts_outOfBounds_areRefused_atTheBoundsTaken() {
    List<IntFunction<EngineOptions>> counts =
        List.of(
            DEFAULTS::withInboxCapacity,
            DEFAULTS::withOperationsMax,
            DEFAULTS::withEventsKept,
            DEFAULTS::withInputsPerCycle);
    for (IntFunction<EngineOptions> count : counts) {
      assertThat(count.apply(1)).isNotEqualTo(count.apply(1 << 24)).isEqualTo(count.apply(1));
      for (int wrong : new int[] {0, -1, (1 << 24) + 1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> count.apply(wrong))
            .withMessageContaining("must be 1 to 16777216, was " + wrong);
      }
    }
  }

  @Test
  void probeThreads_haveABoundOfTheirOwn() {
    assertThat(DEFAULTS.withProbeThreads(256).probeThreads()).isEqualTo(256);
    for (int wrong : new int[] {0, -1, 257}) {
      assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withProbeThreads(wrong));
    }
  }

  @Test
  void closeWait_isPositiveAndFitsIntoNanoseconds() {
    for (Duration wrong :
        List.of(
            Duration.ZERO,
            Duration.ofSeconds(-1),
            Duration.ofDays(36_500).plusNanos(1),
            Duration.ofSeconds(Long.MAX_VALUE))) {
      assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withCloseWait(wrong));
    }
    assertThat(DEFAULTS.withCloseWait(Duration.ofDays(36_500)).closeWait().toNanos()).isPositive();
  }
}
