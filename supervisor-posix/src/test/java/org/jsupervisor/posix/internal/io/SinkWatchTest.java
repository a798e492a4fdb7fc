package org.jsupervisor.posix.internal.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SinkWatchTest {
  /** It loads classes; a warning at each start of a busy host would say nothing. */
  @Test
  void firstCallOfAPump_mayTakeLonger_andNoOtherMay() {
    Lead lead = new Lead("pump", new SinkWatch(1));

    long first = lead.enter();
    assertThat(SinkWatch.patienceNanos(first)).isEqualTo(SinkWatch.FIRST_PATIENCE_NANOS);
    assertThat(lead.win(first)).isTrue();

    long second = lead.enter();
    assertThat(SinkWatch.patienceNanos(second)).isEqualTo(SinkWatch.PATIENCE_NANOS);
  }
}
