package org.jsupervisor.samples.scanhost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Changes that are looked at first, and changes that do not work. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the POSIX platform knows Linux only so far")
class PlanAndRollbackTest {
  @TempDir private Path temp;
  private Path services;

  @BeforeEach
  void makeDirectory() throws IOException {
    services = Services.directory(temp.resolve("services"));
  }

  private HostProcess start(String... arguments) throws IOException {
    return HostProcess.start(temp.resolve("output"), Map.of(), arguments);
  }

  @Test
  void plan_printsWhatWouldBeStarted_andStartsNothing() throws Exception {
    Services.script(services, "web", "touch " + temp.resolve("started"));
    try (HostProcess host = start("--plan", services.toString())) {
      assertThat(host.awaitExit()).isZero();
      assertThat(host.output()).contains("start web: new").doesNotContain("launched");
    }
    assertThat(temp.resolve("started")).doesNotExist();
    Services.file(services.resolve("bad.properties"), "command =\n");
    try (HostProcess host = start("--plan", services.toString())) {
      assertThat(host.awaitExit()).isEqualTo(65);
      assertThat(host.output()).contains("bad.properties:1").contains("start web: new");
    }
  }

  @Test
  void changedServiceThatDoesNotBecomeReady_isRolledBack_andUsableAgain() throws Exception {
    Path file = services.resolve("web.properties");
    String good = "command = sleep\nargument = 1000\nready.after = 10ms\n";
    Services.file(file, good);
    try (HostProcess host = start(services.toString())) {
      host.awaitReady();
      // It ends at once, so it gives up after its start attempts.
      Services.file(file, "command = false\nrestart.limit = 1\nrestart.backoff = none\n");
      host.signal("HUP");
      String report = host.awaitLine("added .*", 1);
      assertThat(report).contains("changed none, rolled back [web]");
      assertThat(host.output()).contains("has the last good one again");
      // By then it has been launched as it was: after the first launch and at least one bad one.
      host.await("web runs as it did", () -> runs("1000"));
      assertThat(host.stop()).isZero();
    }
    assertThat(runs("1000")).isFalse();
  }

  @Test
  void otherFormats_areReadIfAskedFor() throws Exception {
    Services.file(services.resolve("Procfile"), "web: sleep 1000\n");
    Services.file(services.resolve("db.conf"), "[program:db]\ncommand=/bin/sleep 1000\n");
    try (HostProcess host = start("--plan", services.toString())) {
      assertThat(host.awaitExit()).isZero();
      assertThat(host.output()).contains("db.conf: is no definition").doesNotContain("start");
    }
    String[] all = {"--plan", "--also", "supervisord", "--also", "procfile", services.toString()};
    try (HostProcess host = start(all)) {
      assertThat(host.awaitExit()).isZero();
      assertThat(host.output()).contains("start db: new").contains("start web: new");
    }
    try (HostProcess host = start("--also", "upstart", services.toString())) {
      assertThat(host.awaitExit()).isEqualTo(64);
      assertThat(host.output()).contains("unknown format 'upstart'");
    }
  }

  @Test
  void watch_followsTheDirectoryByItself() throws Exception {
    try (HostProcess host = start("--watch", services.toString())) {
      host.awaitReady();
      Services.file(services.resolve("web.properties"), "command = sleep\nargument = 1000\n");
      assertThat(host.awaitLine("added .*", 1)).contains("added [web]");
      assertThat(host.stop()).isZero();
    }
    assertThat(runs("1000")).isFalse();
  }

  private boolean runs(String seconds) {
    return LiveProcesses.workingBelow(services).stream()
        .anyMatch(process -> process.info().commandLine().orElse("").endsWith(" " + seconds));
  }
}
