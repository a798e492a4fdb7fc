package org.jsupervisor.samples.scanhost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jsupervisor.jmx.Role;
import org.jsupervisor.jmx.remote.Accounts;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The door for JMX consoles, as an operator opens it on the command line. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the POSIX platform knows Linux only so far")
class DoorTest {
  private static final String PASSWORD = "changeit";
  private static final String WEB = "org.jsupervisor:type=Service,supervisor=main,name=web";

  @TempDir private static Path keys;
  @TempDir private Path temp;
  private Path services;

  @BeforeAll
  static void makeKeys() throws Exception {
    Path host = keys.resolve("host.p12");
    Path client = keys.resolve("client.p12");
    make(host, "-dname", "CN=host", "-ext", "san=ip:127.0.0.1");
    make(client, "-dname", "CN=olga");
    trust(keys.resolve("clients.p12"), client);
    trust(keys.resolve("hosts.p12"), host);
    secret(keys.resolve("password"), PASSWORD + "\n");
    secret(
        keys.resolve("accounts"),
        Accounts.line("olga", Role.DEFINE, "pw".toCharArray())
            + "\n"
            + Accounts.line("eve", Role.OBSERVE, "pw".toCharArray())
            + "\n");
  }

  private static void make(Path file, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(program("keytool"), "-genkeypair", "-alias", "own", "-keyalg", "EC"));
    command.addAll(
        List.of("-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", PASSWORD));
    command.addAll(List.of(more));
    run(keys.resolve("said"), command);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static void trust(Path file, Path known) throws Exception {
    KeyStore from = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(known)) {
      from.load(in, PASSWORD.toCharArray());
    }
    KeyStore to = KeyStore.getInstance("PKCS12");
    to.load(null, null);
    to.setCertificateEntry("known", from.getCertificate("own"));
    try (OutputStream out = Files.newOutputStream(file)) {
      to.store(out, PASSWORD.toCharArray());
    }
  }

  private static void secret(Path file, String text) throws Exception {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static String program(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  private static String run(Path said, List<String> command) throws Exception {
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try {
      assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(said)).isZero();
    return Files.readString(said);
  }

  @BeforeEach
  void makeDirectory() throws Exception {
    services = Services.directory(temp.resolve("services"));
    Services.file(services.resolve("web.properties"), "command = sleep\nargument = 1000\n");
  }

  private HostProcess start(String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(List.of("--jmx", keys.resolve("accounts").toString()));
    arguments.addAll(List.of("--jmx-keys", keys.resolve("host.p12").toString()));
    arguments.addAll(List.of("--jmx-password", keys.resolve("password").toString()));
    arguments.addAll(List.of("--jmx-url", temp.resolve("url").toString(), services.toString()));
    return HostProcess.start(temp.resolve("output"), Map.of(), arguments.toArray(String[]::new));
  }

  private HostProcess startAskingForCertificates() throws Exception {
    return start("--jmx-trust", keys.resolve("clients.p12").toString());
  }

  /** What a console of somebody with the client's certificate sees. */
  private String console(String name, String... calls) throws Exception {
    return console(List.of("-Djavax.net.ssl.keyStore=" + keys.resolve("client.p12")), name, calls);
  }

  private String console(List<String> options, String name, String... calls) throws Exception {
    List<String> command = new ArrayList<>(List.of(program("java"), "-Xmx64m"));
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(options);
    command.add("-Djavax.net.ssl.keyStorePassword=" + PASSWORD);
    command.add("-Djavax.net.ssl.trustStore=" + keys.resolve("hosts.p12"));
    command.add("-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
    // The module path has the program only, not its tests.
    Path tests = Path.of("target", "test-classes").toAbsolutePath();
    command.addAll(List.of("-cp", tests + File.pathSeparator + HostProcess.classPath()));
    command.addAll(List.of(DoorClient.class.getName(), temp.resolve("url").toString()));
    command.addAll(List.of(name, "pw"));
    command.addAll(List.of(calls));
    return run(temp.resolve("console"), command);
  }

  @Test
  void f53_door_letsInWhoHasACertificateAndAPassword_andNobodyElse() throws Exception {
    try (HostProcess host = startAskingForCertificates()) {
      host.awaitReady();
      assertThat(host.output()).contains("may connect to 127.0.0.1; the URL is in");
      // At 127.0.0.1 and nowhere else; a socket for both kinds of addresses shows it as ::ffff:.
      assertThat(host.listening()).hasSize(1).allMatch(place -> place.contains("0100007F:"));
      assertThat(console("olga", WEB + " Phase", WEB + " restart String=deploy int=0"))
          .contains("Phase is RUNNING", "restart says ");
      assertThat(host.awaitLine(".*asked by jmx:olga: deploy.*", 1)).contains("web");
      assertThat(console("nobody")).isEqualTo("refused: SecurityException\n");
      assertThat(console(List.of(), "olga")).startsWith("refused: ").doesNotContain("connected");
      assertThat(host.stop()).isZero();
    }
    assertThat(temp.resolve("url")).doesNotExist();
  }

  @Test
  void door_withoutCertificates_goesByPasswords() throws Exception {
    try (HostProcess host = start("--jmx-certificates", "not-asked")) {
      host.awaitReady();
      assertThat(console(List.of(), "eve", WEB + " Phase", WEB + " down int=0"))
          .contains("Phase is RUNNING", "down denied: access denied: down needs the role operate");
      assertThat(host.stop()).isZero();
    }
  }

  @Test
  void f54_filesThatOthersCanRead_areRefused_andNothingIsStarted() throws Exception {
    Path open = Files.copy(keys.resolve("password"), temp.resolve("password"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    String[] arguments = {
      "--jmx",
      keys.resolve("accounts").toString(),
      "--jmx-keys",
      keys.resolve("host.p12").toString(),
      "--jmx-password",
      open.toString(),
      "--jmx-certificates",
      "not-asked",
      services.toString()
    };
    try (HostProcess host = HostProcess.start(temp.resolve("output"), Map.of(), arguments)) {
      assertThat(host.awaitExit()).isEqualTo(ExitCode.NO_INPUT.number());
      assertThat(host.output())
          .contains(
              open + ": must be a regular file for its owner only (0600 or 0400), was rw-r--r--")
          .doesNotContain("launched");
    }
  }
}
