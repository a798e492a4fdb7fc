package org.jsupervisor.samples.scanhost;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the command line adds to the tree, in a real host. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the POSIX platform knows Linux only so far")
class SwitchesTest {
  private static final int PATIENCE_MILLIS = 100_000;

  @TempDir private Path temp;
  private Path services;

  @BeforeEach
  void makeDirectory() throws Exception {
    services = Services.directory(temp.resolve("services"));
  }

  private HostProcess start(Map<String, String> environment, String... arguments) throws Exception {
    return HostProcess.start(temp.resolve("output"), environment, arguments);
  }

  @Test
  void syslog_isToldWhatIsAbnormal() throws Exception {
    Services.script(services, "web", "exit 3");
    try (DatagramSocket daemon = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      daemon.setSoTimeout(PATIENCE_MILLIS);
      String place = "udp:127.0.0.1:" + daemon.getLocalPort();
      try (HostProcess host =
          start(Map.of(), "--name", "shop", "--syslog", place, services.toString())) {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        daemon.receive(packet);
        assertThat(new String(packet.getData(), 0, packet.getLength(), UTF_8))
            .contains(" shop ")
            .contains(" Ended ")
            .contains("exit code 3");
        assertThat(host.stop()).isZero();
      }
    }
  }

  @Test
  void parameters_seeTheSettings_andTheVariablesThatAreAllowed_andNoOthers() throws Exception {
    Services.file(
        services.resolve("web.properties"),
        """
        parameters = on
        command = sleep
        argument = ${setting:time}
        env.X = ${env:ALLOWED}
        """);
    Services.file(
        services.resolve("spy.properties"),
        """
        parameters = on
        command = sleep
        argument = ${env:HIDDEN}
        """);
    Map<String, String> environment = Map.of("ALLOWED", "yes", "HIDDEN", "secret");
    String[] arguments = {
      "--plan", "--env", "ALLOWED", "--setting", "time=1000", services.toString()
    };
    try (HostProcess host = start(environment, arguments)) {
      assertThat(host.awaitExit()).isEqualTo(ExitCode.DATA_ERROR.number());
      assertThat(host.output())
          .contains("start web: new")
          .contains("spy.properties:3")
          .doesNotContain("start spy")
          .doesNotContain("secret");
    }
  }

  @Test
  void site_saysWhatSvcdefDefinitionsAreGiven_andItsFaultsAreTold() throws Exception {
    Path env = Services.directory(services.resolve("web/env"));
    Services.file(env.resolve("DAEMON"), "/bin/sleep\n");
    Services.file(env.resolve("DAEMONOPTS"), "1\n");
    Path site = Services.directory(temp.resolve("site"));
    String[] arguments = {
      "--plan", "--also", "svcdef", "--site", site.toString(), services.toString()
    };
    try (HostProcess host = start(Map.of(), arguments)) {
      assertThat(host.awaitExit()).isZero();
      assertThat(host.output()).contains("start web: new");
    }
    Services.directory(site.resolve("everywhere"));
    try (HostProcess host = start(Map.of(), arguments)) {
      assertThat(host.awaitExit()).isEqualTo(ExitCode.DATA_ERROR.number());
      assertThat(host.output()).contains("must be a directory all, os-NAME");
    }
  }

  @Test
  void memory_keepsDownWhoWasToldSo_andATornOneIsKeptAside() throws Exception {
    Services.script(services, "web", "exec sleep 1000");
    Services.script(services, "db", "exec sleep 1000");
    Path file = temp.resolve("wishes");
    String wishes = "supervisor wishes 1\ndown 2026-11-22T03:00:00Z web its disk is broken\n";
    CRC32C sum = new CRC32C();
    sum.update(wishes.getBytes(UTF_8));
    Files.writeString(file, wishes + "end 1 " + String.format("%08x", sum.getValue()) + "\n");
    String[] arguments = {"--remember", file.toString(), services.toString()};
    try (HostProcess host = start(Map.of(), arguments)) {
      host.awaitReady();
      assertThat(host.output())
          .contains("all 1 services that should be up are up")
          .contains("its disk is broken");
      assertThat(host.stop()).isZero();
    }
    assertThat(Files.readString(file)).startsWith(wishes);

    Files.writeString(file, wishes);
    try (HostProcess host = start(Map.of(), arguments)) {
      host.awaitReady();
      assertThat(host.output())
          .contains("all 2 services that should be up are up")
          .contains("it is kept as wishes.bad");
      assertThat(host.stop()).isZero();
    }
    assertThat(temp.resolve("wishes.bad")).hasContent(wishes);
  }

  @Test
  void unprivilegedHost_runsAsItself_whatItsDefinitionsSay() throws Exception {
    Services.file(
        services.resolve("web.properties"),
        """
        command = sh
        argument = -c
        argument = id -u; sleep 1000
        user = nobody
        """);
    try (HostProcess host = start(Map.of(), "--unprivileged", services.toString())) {
      host.awaitReady();
      Path log = services.resolve(".log/web/current");
      host.await("its user in the log", () -> contains(log, "\n"));
      long own = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
      assertThat(Files.readString(log).strip()).endsWith(Long.toString(own));
      assertThat(host.stop()).isZero();
    }
  }

  private static boolean contains(Path file, String text) {
    try {
      return Files.exists(file) && Files.readString(file).contains(text);
    } catch (java.io.IOException e) {
      return false;
    }
  }

  @Test
  void f53_hostThatNobodyAsked_listensNowhere() throws Exception {
    Services.file(services.resolve("web.properties"), "command = sleep\nargument = 1000\n");
    try (HostProcess host = start(Map.of(), services.toString())) {
      host.awaitReady();
      assertThat(host.listening()).isEmpty();
      assertThat(host.stop()).isZero();
    }
  }

  @Test
  void f48_f50_entriesWithNamesOfTraps_areRefused_andAreOneLineEach() throws Exception {
    for (String name : List.of("a,type=Evil", "*", "w?b", "\"q\"", "a\nfaked line", "\u001b[31m")) {
      Services.file(services.resolve(name + ".properties"), "command = sleep\n");
    }
    try (HostProcess host = start(Map.of(), "--plan", services.toString())) {
      assertThat(host.awaitExit()).isEqualTo(ExitCode.DATA_ERROR.number());
      assertThat(host.output().lines().filter(line -> line.contains(" refused ")).count())
          .isEqualTo(6);
      assertThat(host.output()).doesNotContain("\u001b").doesNotContain("\nfaked");
      assertThat(host.output()).doesNotContain(" start ");
    }
  }

  @Test
  void help_isPrinted_whateverElseIsSaid() throws Exception {
    try (HostProcess host = start(Map.of(), "--plain", "--help", "--nothing")) {
      assertThat(host.awaitExit()).isZero();
      assertThat(host.output()).isEqualTo(Arguments.HELP + "\n");
    }
  }

  @Test
  void account_isALineForTheFile_andItsPasswordIsRead() throws Exception {
    ProcessBuilder account =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            HostProcess.classPath(),
            ScanHost.class.getName(),
            "account",
            "olga",
            "operate");
    Path typed = Files.writeString(temp.resolve("typed"), "pw\n");
    Path said = temp.resolve("said");
    Process process =
        account
            .redirectErrorStream(true)
            .redirectInput(typed.toFile())
            .redirectOutput(said.toFile())
            .start();
    assertThat(process.waitFor()).isZero();
    assertThat(Files.readString(said)).startsWith("olga operate pbkdf2-sha512$");
  }
}
