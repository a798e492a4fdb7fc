package org.jsupervisor.samples.scanhost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A service directory with {@code log/run}, on the scan host. */
@EnabledOnOs(OS.LINUX)
class ServiceLoggerTest {
  @TempDir private Path temp;
  private Path services;
  private Path lines;

  @BeforeEach
  void makeService() throws IOException {
    services = Services.directory(temp.resolve("services"));
    Path run =
        Services.script(
            services,
            "web",
            "exec 2>/dev/null",
            "trap 'echo last words of web; exit 0' TERM",
            "echo web has started",
            "while :; do sleep 0.05; done");
    Path log = Services.script(run.resolveSibling("."), "log", "exec cat >>lines");
    lines = log.resolveSibling("lines");
  }

  @AfterEach
  void leaveNoProcess() {
    LiveProcesses.workingBelow(services).forEach(ProcessHandle::destroyForcibly);
  }

  private HostProcess start() throws IOException {
    return HostProcess.start(
        temp.resolve("output"),
        Map.of("PATH", System.getenv("PATH"), "JAVA_HOME", System.getProperty("java.home")),
        services.toString());
  }

  private boolean has(String line) {
    try {
      return Files.exists(lines) && Files.readString(lines).endsWith(line + "\n");
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void loggerIsKilled_serviceGoesOn_andLastWordsAreKept() throws Exception {
    try (HostProcess host = start()) {
      host.awaitReady();
      long web = host.pidOf("web", 1);
      host.await("the first line", () -> has("web has started"));
      ProcessHandle.of(host.pidOf("web.log", 1)).orElseThrow().destroyForcibly();
      assertThat(host.pidOf("web.log", 2)).isPositive();
      assertThat(ProcessHandle.of(web)).isPresent();

      assertThat(host.stop()).isZero();
    }
    assertThat(lines).hasContent("web has started\nlast words of web\n");
    assertThat(LiveProcesses.workingBelow(services)).isEmpty();
  }

  @Test
  void definitionIsGone_bothGo() throws Exception {
    try (HostProcess host = start()) {
      host.awaitReady();
      host.await("the first line", () -> has("web has started"));
      Services.delete(services.resolve("web"));
      host.signal("HUP");

      assertThat(host.awaitLine("added .*", 1)).contains("removed [web, web.log]");
      assertThat(LiveProcesses.workingBelow(services)).isEmpty();
      assertThat(host.stop()).isZero();
    }
  }
}
