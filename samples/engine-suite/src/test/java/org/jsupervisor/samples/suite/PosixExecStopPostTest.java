package org.jsupervisor.samples.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.definition.DirectoryEntry;
import org.jsupervisor.definition.systemd.SystemdReader;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a unit of systemd has run after a run, with real processes. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the POSIX platform knows Linux only so far")
class PosixExecStopPostTest extends PosixCase {
  private ProcessSpec.Builder unit(String script) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("c.service"),
            """
            [Service]
            ExecStart=/bin/sh -c '%s'
            SuccessExitStatus=143
            ExecStopPost=/bin/sh -c 'echo $$SERVICE_RESULT $$EXIT_CODE $$EXIT_STATUS >> told'
            """
                .formatted(script.replace("$", "$$")));
    Definition read =
        new SystemdReader().read(DirectoryEntry.at(file), DefinitionSettings.of(directory)).get(0);
    assertThat(read.problems()).isEmpty();
    return ((Definition.Defined) read)
        .spec().toBuilder().withDirectory(directory).withOutput(OutputSpec.discarded());
  }

  @ParameterizedTest
  @CsvSource({
    "exit 0,        success exited 0",
    "exit 3,        exit-code exited 3",
    "exit 143,      success exited 143",
    "kill -KILL $$, signal killed KILL",
    "kill -TERM $$, success killed TERM"
  })
  void endOfTheRun_isToldByVariables(String script, String expected) throws IOException {
    start(unit(script));
    world.awaitUntil(
        "it has ended", () -> now().lastExit().isPresent() && !now().phase().isAlive());

    assertThat(lines("told")).containsExactly(expected);
  }
}
