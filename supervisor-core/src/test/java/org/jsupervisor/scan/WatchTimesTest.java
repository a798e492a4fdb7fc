package org.jsupervisor.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WatchTimesTest {
  private static final long MS = 1_000_000;

  /** Near the point where the clock overflows: it may. */
  private static final long NOW = Math.subtractExact(Long.MAX_VALUE, 50 * MS);

  private static WatchTimes times(Duration interval) {
    return new WatchTimes(
        new WatchOptions(Duration.ofMillis(100), Duration.ofMillis(300), interval), NOW);
  }

  @Test
  void nothingKnown_waitsForEver() {
    assertThat(times(Duration.ZERO).waitNanos(NOW)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void change_waitsForQuiet() {
    WatchTimes times = times(Duration.ZERO);
    times.begins(NOW, 0);
    times.changed(NOW);
    assertThat(times.waitNanos(NOW)).isEqualTo(100 * MS);
    times.changed(NOW + 60 * MS);
    assertThat(times.waitNanos(NOW + 60 * MS)).isEqualTo(100 * MS);
    assertThat(times.isDue(NOW + 160 * MS)).isTrue();
    times.begins(NOW + 160 * MS, 0);
    assertThat(times.isDue(NOW + 170 * MS)).isFalse();
  }

  @Test
  void noQuiet_comesAtTheLatest() {
    WatchTimes times = times(Duration.ZERO);
    times.begins(NOW, 0);
    for (long at = 0; at < 300 * MS; at += 10 * MS) {
      times.changed(NOW + at);
      assertThat(times.isDue(NOW + at)).isFalse();
    }
    assertThat(times.isDue(NOW + 300 * MS)).isTrue();
  }

  @Test
  void slowReading_pausesLonger() {
    WatchTimes times = times(Duration.ZERO);
    times.begins(NOW, 1_000 * MS);
    times.changed(NOW);
    assertThat(times.waitNanos(NOW)).isEqualTo(1_000 * MS);
  }

  @Test
  void interval_comesWithoutAChange() {
    WatchTimes times = times(Duration.ofMillis(500));
    times.begins(NOW, 0);
    assertThat(times.waitNanos(NOW)).isEqualTo(500 * MS);
    assertThat(times.isDue(NOW + 500 * MS)).isTrue();
  }

  @Test
  void withoutWatches_comesAfterItsTime() {
    WatchTimes times = times(Duration.ZERO);
    times.begins(NOW, 0);
    times.scanAfter(Duration.ofMillis(700));
    assertThat(times.waitNanos(NOW)).isEqualTo(700 * MS);
  }

  @Test
  void options_areChecked() {
    WatchOptions options = WatchOptions.defaults();
    assertThatIllegalArgumentException().isThrownBy(() -> options.withQuiet(Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.withLatest(Duration.ofMillis(1)))
        .withMessageContaining("latest: must be at least quiet");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.withInterval(Duration.ofSeconds(-1)));
  }
}
