package org.jsupervisor.samples.consoles;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Our own console for terminals, a program beside a running scan host, attached by its pid. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the POSIX platform knows Linux only so far")
class TerminalConsoleTest {
  @TempDir private static Path temp;
  @AutoClose private static OperatedHost host;

  @BeforeAll
  static void start() throws Exception {
    host = OperatedHost.start(temp, List.of());
  }

  private static TerminalConsole.Outcome console(String... words) throws Exception {
    return TerminalConsole.run(List.of(), "", List.of("-p", "" + host.process().pid()), words);
  }

  @Test
  void status_hasEveryService_andExplainSaysWhyOneIsNotUp() throws Exception {
    TerminalConsole.Outcome status = console("status");

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
    TerminalConsole.Outcome outcome =
        console("-r", "certificate renewed", "restart", "web", "nobody");

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
