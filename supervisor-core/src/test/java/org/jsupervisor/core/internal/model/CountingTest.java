package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsupervisor.process.ExitCause;
import org.jsupervisor.snapshot.Counters;
import org.jsupervisor.snapshot.RestartCounts;
import org.junit.jupiter.api.Test;

class CountingTest {
  private static final RestartCounts RESTARTS = new RestartCounts(1, 2, 3, 4, 5, 6, 7);

  /** No two are the same, so that two that are swapped are seen. */
  private static final Counters SO = new Counters(10, 20, 30, 40, 50, RESTARTS);

  @Test
  void eachCount_changesItsOwnOnly() {
    assertThat(Counting.launch(SO)).isEqualTo(new Counters(11, 20, 30, 40, 50, RESTARTS));
    assertThat(Counting.launchFailure(SO)).isEqualTo(new Counters(10, 21, 30, 40, 50, RESTARTS));
    assertThat(Counting.exit(SO)).isEqualTo(new Counters(10, 20, 31, 40, 50, RESTARTS));
    assertThat(Counting.outputLost(SO, 9)).isEqualTo(new Counters(10, 20, 30, 40, 59, RESTARTS));
  }

  @Test
  void restarts_areCountedByWhatLedToThem_thoseThatWereAskedForOnlySo() {
    assertThat(Counting.restart(SO, ExitCause.WATCHDOG))
        .isEqualTo(new Counters(10, 20, 30, 41, 50, new RestartCounts(1, 2, 3, 5, 5, 6, 7)));
    assertThat(Counting.restartWithGroup(SO))
        .isEqualTo(new Counters(10, 20, 30, 41, 50, new RestartCounts(1, 2, 3, 4, 5, 7, 7)));
    assertThat(Counting.askedRestart(SO))
        .isEqualTo(new Counters(10, 20, 30, 40, 50, new RestartCounts(1, 2, 3, 4, 5, 6, 8)));
  }
}
