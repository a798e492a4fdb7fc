package org.jsupervisor.posix.internal.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WarningsTest {
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  @Test
  void warning_isDueAtOnce_andThenOnceAMinute_whateverTheClockBeginsWith() {
    for (long begin : new long[] {0, Long.MIN_VALUE, Long.MAX_VALUE}) {
      Warnings fresh = new Warnings();
      assertThat(fresh.isDue(begin)).isTrue();
      assertThat(fresh.isDue(begin)).isFalse();
      assertThat(fresh.isDue(begin + MINUTE - 1)).isFalse();
      assertThat(fresh.isDue(begin + MINUTE)).isTrue();
      assertThat(fresh.isDue(begin + MINUTE + 1)).isFalse();
    }
  }

  @Test
  void warningThatWasNotDue_doesNotPutOffTheNext() {
    Warnings warnings = new Warnings();
    assertThat(warnings.isDue(0)).isTrue();
    assertThat(warnings.isDue(MINUTE - 1)).isFalse();

    assertThat(warnings.isDue(MINUTE)).isTrue();
  }
}
