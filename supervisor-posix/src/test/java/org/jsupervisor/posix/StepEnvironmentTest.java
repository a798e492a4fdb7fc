package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.spec.FileStep;
import org.jsupervisor.spec.Leftovers;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.Watchdog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Environment directories that name what the host tells its children, as dumps of a host do. */
@EnabledOnOs(OS.LINUX)
class StepEnvironmentTest {
  private static final String DAEMON =
      "setsid sh -c 'trap \"\" TERM; sleep 60 & echo $! > \"$0\"' \"$0\"; exit 3";

  private final StepFixture steps = new StepFixture();
  private final PlatformFixture fixture = steps.platform;

  @TempDir Path directory;
  private Path variables;

  @BeforeEach
  void makeDirectory() throws IOException {
    variables = Files.createDirectory(directory.resolve("env"));
  }

  @AfterEach
  void close() {
    steps.close();
  }

  private FileStep variable(String name, String value) throws IOException {
    Files.writeString(variables.resolve(name), value);
    return FileStep.EnvironmentDirectory.of(variables);
  }

  @Test
  void tokenThatADirectoryRemoves_isThereAllTheSame_andLeftoversAreFound() throws IOException {
    assertThatDaemonIsFound(variable("JSUPERVISOR_RUN", ""));
  }

  @Test
  void tokenOfAnotherHostInADirectory_doesNotReplaceOurs() throws IOException {
    assertThatDaemonIsFound(variable("JSUPERVISOR_RUN", "0123456789abcdef.d.1.\n"));
  }

  private void assertThatDaemonIsFound(FileStep step) {
    Path file = directory.resolve("pid");
    Incarnation run = fixture.launch(spec -> spec.addStep(step), "sh", "-c", DAEMON, "" + file);
    long daemon = Long.parseLong(fixture.awaitLine(file));
    try {
      fixture.awaitExit(run);

      assertThat(PlatformFixture.isAlive(daemon)).isFalse();
      assertThat(fixture.all(PlatformReport.LeftBehind.class, run))
          .containsExactly(new PlatformReport.LeftBehind(run, 1, Leftovers.KILLED));
    } finally {
      PlatformFixture.kill(daemon);
    }
  }

  @Test
  void addressAndWatchdogOfAnotherHostInADirectory_doNotReplaceOurs() throws IOException {
    var unused = variable("NOTIFY_SOCKET", "/run/systemd/notify\n");
    unused = variable("WATCHDOG_USEC", "1\n");
    FileStep step = variable("WATCHDOG_PID", "1\n");

    String text =
        steps.output(
            spec ->
                spec.addStep(step)
                    .withReadiness(ReadinessSpec.notifiedBySocket())
                    .withWatchdog(Watchdog.every(Duration.ofSeconds(20))),
            "env");

    assertThat(text)
        .contains("NOTIFY_SOCKET=@jsupervisor/")
        .contains("WATCHDOG_USEC=20000000\n")
        .doesNotContain("WATCHDOG_PID");
  }

  @Test
  void addressInADirectory_staysForAChildThatGetsNone() throws IOException {
    FileStep step = variable("NOTIFY_SOCKET", "/run/systemd/notify\n");

    assertThat(steps.output(step, "env")).contains("NOTIFY_SOCKET=/run/systemd/notify\n");
  }
}
