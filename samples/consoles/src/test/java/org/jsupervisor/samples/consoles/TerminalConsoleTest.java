package org.jsupervisor.samples.consoles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jsupervisor.samples.jmxconsole.JmxConsole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Our own console for terminals, a program beside a running scan host, attached by its pid. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the POSIX platform knows Linux only so far")
class TerminalConsoleTest {
  @TempDir private static Path temp;
  private static OperatedHost host;

  @BeforeAll
  static void start() throws Exception {
    host = OperatedHost.start(temp, List.of());
  }

  @AfterAll
  static void end() {
    if (host != null) {
      host.close();
    }
  }

  private record Outcome(int code, String text) {}

  private static Outcome console(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(OperatedHost.java(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(JmxConsole.class.getName(), "-p", "" + host.process().pid()));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), text);
  }

  @Test
  void status_hasEveryService_andExplainSaysWhyOneIsNotUp() throws Exception {
    Outcome status = console("status");

    assertThat(status.code()).isZero();
    assertThat(status.text().lines()).hasSize(6);
    assertThat(status.text())
        .containsPattern("(?m)^web +running +yes +up +[0-9]+ ")
        .containsPattern("(?m)^waiting +backoff +no +up +- ")
        .containsPattern("(?m)^idle +down +no +down +- ");
    assertThat(console("explain", "waiting").text()).contains("waiting: ", "exit code 3");
  }

  @Test
  void restart_bringsANewPid_andWhatIsNotThereIsToldWithAnExitCode() throws Exception {
    Outcome outcome = console("-r", "certificate renewed", "restart", "web", "nobody");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.text())
        .contains("nobody: there is no such service")
        .contains("web: restarted: pid " + host.webPid(2));
  }

  @Test
  void tail_printsWhatAServiceHasWritten_fromMemoryAndFromItsLog() throws Exception {
    assertThat(console("tail", "talker").text()).contains("first", "second \"quoted\" \\ line");
    assertThat(console("-n", "1", "tail", "talker").text()).doesNotContain("first");
  }
}
