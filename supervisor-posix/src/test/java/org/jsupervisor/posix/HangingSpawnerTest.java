package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.Incarnation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A spawner that waits for a file, as for a file server that does not answer. */
@EnabledOnOs(OS.LINUX)
class HangingSpawnerTest {
  /** Whoever opens the file waits until this one has ended: a lease. */
  private static final String HOLD =
      "$SIG{IO} = 'IGNORE'; open(F, '+<', $ARGV[0]) or die; fcntl(F, 1024, 1) or die \"$!\";"
          + "$| = 1; print \"held\\n\"; sleep 1 while 1";

  @TempDir Path directory;

  @Test
  void guardThatEndsMeanwhile_doesNotFillTheLaunchQueue() throws Exception {
    Assumed.tools("perl");
    Path file = Files.writeString(directory.resolve("held"), "#!/bin/sh\nexec sleep 60\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    Process holder =
        new ProcessBuilder("perl", "-e", HOLD, file.toString()).redirectErrorStream(true).start();
    try (var fixture = new PlatformFixture(PosixOptions.defaults().withLaunchQueueMax(3))) {
      assertThat(holder.inputReader().readLine()).isEqualTo("held");
      fixture.awaitLaunched(fixture.launch("sleep", "60"));
      // Its exec hangs until the lease is given up.
      Incarnation hangs = fixture.launch(file.toString());
      long guard = PlatformFixture.guards(ProcessHandle.current().pid()).get(0);

      PlatformFixture.kill(guard);
      fixture.await("the end of the guard", () -> !PlatformFixture.isAlive(guard));
      for (int i = 0; i < 10; i++) {
        fixture.platform.poll(1_000_000, fixture.reports::add);
      }
      assertThat(fixture.all(PlatformReport.Launched.class, hangs)).isEmpty();
      Incarnation waits = fixture.launch("sleep", "60");
      holder.destroyForcibly();

      fixture.awaitLaunched(hangs);
      fixture.awaitLaunched(waits);
    } finally {
      holder.destroyForcibly();
    }
  }
}
