package org.jsupervisor.posix.internal.leftover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.jsupervisor.posix.internal.libc.Libc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** It must never say no when there was somebody; saying yes too often is only slow. */
@EnabledOnOs(OS.LINUX)
class PidCursorTest {
  private final PidCursor cursor = new PidCursor(Libc.load());

  @AfterEach
  void close() {
    cursor.close();
  }

  @Test
  void lastPid_isThatOfWhoWasStartedLast_orLater() throws Exception {
    long pid = start();

    assertThat(cursor.last()).isGreaterThanOrEqualTo(pid);
  }

  @Test
  void processThatWasStartedMeanwhile_isNoticed() throws Exception {
    long first = start();
    long second = start();

    assertThat(cursor.othersStartedSince(first, 0)).isTrue();
    // After a process that is to come nobody has been started yet.
    assertThat(cursor.othersStartedSince(second + 10_000_000, 0)).isTrue();
  }

  @Test
  void withoutTheFile_somebodyMayAlwaysHaveBeenStarted() throws Exception {
    cursor.close();

    assertThat(cursor.othersStartedSince(start(), Long.MAX_VALUE)).isTrue();
  }

  private static long start() throws IOException, InterruptedException {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    return process.pid();
  }
}
