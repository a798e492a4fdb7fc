package org.jsupervisor.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ResourceUsageTest {
  @Test
  void description_hasTheTimesAndThePeak() {
    assertThat(usage(1_259, OptionalLong.of(212L << 20)).describe())
        .isEqualTo("1.25 s user, 0.10 s system, peak 212 MiB");
  }

  @Test
  void unknownPeak_isLeftOut() {
    assertThat(usage(0, OptionalLong.empty()).describe()).isEqualTo("0.00 s user, 0.10 s system");
  }

  @Test
  void processorTime_isTheSum() {
    assertThat(usage(250, OptionalLong.empty()).processorTime()).isEqualTo(Duration.ofMillis(350));
  }

  @Test
  void negativeValue_isRefusedByName() {
    assertThatThrownBy(() -> usage(-1, OptionalLong.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("user time");
    assertThatThrownBy(() -> usage(1, OptionalLong.of(-5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("peak memory");
  }

  private static ResourceUsage usage(long userMillis, OptionalLong peak) {
    return new ResourceUsage(
        Duration.ofMillis(userMillis), Duration.ofMillis(100), peak, 1, 2, 3, 4);
  }
}
