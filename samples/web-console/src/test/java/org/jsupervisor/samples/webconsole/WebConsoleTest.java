package org.jsupervisor.samples.webconsole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** How the program ends. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class WebConsoleTest {
  /** With the words on stderr. */
  private record End(int code, String words) {}

  private static End end(String... words) throws InterruptedException {
    PrintStream before = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      return new End(WebConsole.exitCode(words), said.toString(StandardCharsets.UTF_8));
    } finally {
      System.setErr(before);
    }
  }

  @Test
  void aTreeThatGivesUp_endsTheProgramWith1_andTheReason(@TempDir Path directory) throws Exception {
    Path services = Files.createDirectory(directory.resolve("services"));
    Files.writeString(
        services.resolve("test.ini"),
        """
        [service hopeless]
        command = false
        restart = permanent
        restart.backoff = none
        restart.start-attempts = 1
        restart.limit = 1
        restart.give-up = escalate
        """);

    End end =
        end(
            "--name",
            "console-ends",
            "--logs",
            directory.resolve("logs").toString(),
            services.toString());

    assertThat(end.code()).isEqualTo(1);
    assertThat(end.words()).contains("web-console: ", "hopeless");
  }

  @Test
  void aDirectoryThatIsNotThere_endsTheProgramWith66(@TempDir Path directory) throws Exception {
    End end = end(directory.resolve("none").toString());

    assertThat(end.code()).isEqualTo(66);
    assertThat(end.words()).contains("web-console: ", "none");
  }
}
