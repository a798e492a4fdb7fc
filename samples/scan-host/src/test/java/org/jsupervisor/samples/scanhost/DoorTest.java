package org.jsupervisor.samples.scanhost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The door for JMX consoles, as an operator opens it on the command line. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the POSIX platform knows Linux only so far")
class DoorTest {
  private static final String SCAN = "org.jsupervisor:type=Scan,supervisor=main";
  private static final String WEB = "org.jsupervisor:type=Service,supervisor=main,name=web";

  @TempDir private static Path keys;
  @TempDir private Path temp;
  private Path services;

  @BeforeAll
  static void makeKeys() throws Exception {
    DoorFiles.make(keys);
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
  private String console(String... words) throws Exception {
    return consoles(List.of("-Djavax.net.ssl.keyStore=" + keys.resolve("client.p12")), words);
  }

  private String consoles(List<String> options, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(DoorFiles.program("java"), "-Xmx64m"));
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(options);
    command.add("-Djavax.net.ssl.keyStorePassword=" + DoorFiles.KEY_PASSWORD);
    command.add("-Djavax.net.ssl.trustStore=" + keys.resolve("hosts.p12"));
    command.add("-Djavax.net.ssl.trustStorePassword=" + DoorFiles.KEY_PASSWORD);
    // The module path has the program only, not its tests.
    Path tests = Path.of("target", "test-classes").toAbsolutePath();
    command.addAll(List.of("-cp", tests + File.pathSeparator + HostProcess.classPath()));
    command.addAll(List.of(DoorClient.class.getName(), temp.resolve("url").toString()));
    command.add(DoorFiles.ACCOUNT_PASSWORD);
    command.addAll(List.of(words));
    return DoorFiles.run(temp.resolve("console"), command);
  }

  @Test
  void f53_door_letsInWhoHasACertificateAndAPassword_andNobodyElse() throws Exception {
    try (HostProcess host = startAskingForCertificates()) {
      host.awaitReady();
      assertThat(host.output()).contains("may connect to 127.0.0.1; the URL is in");
      // At 127.0.0.1 and nowhere else; a socket for both kinds of addresses shows it as ::ffff:.
      assertThat(host.listening()).hasSize(1).allMatch(place -> place.contains("0100007F:"));
      assertThat(console("olga", WEB + " Phase", WEB + " restart String=deploy int=0", "nobody"))
          .contains("olga is connected", "Phase is RUNNING", "restart says ")
          .endsWith("nobody is refused: SecurityException\n");
      assertThat(host.awaitLine(".*asked by jmx:olga: deploy.*", 1)).contains("web");
      // Without her certificate.
      assertThat(consoles(List.of(), "olga")).startsWith("olga is refused: ");
      assertThat(host.stop()).isZero();
    }
    assertThat(temp.resolve("url")).doesNotExist();
  }

  @Test
  void rescan_isPlannedAndAppliedThroughTheDoor_byPasswordAndRole() throws Exception {
    try (HostProcess host = start("--jmx-certificates", "not-asked")) {
      host.awaitReady();
      Services.file(services.resolve("db.properties"), "command = sleep\nargument = 1000\n");
      assertThat(
              consoles(
                  List.of(),
                  "olga",
                  SCAN + " Watch",
                  SCAN + " plan int=60",
                  SCAN + " rescan String=deploy int=60",
                  SCAN + " LastRequest",
                  SCAN.replace("Scan,supervisor", "Service,supervisor") + ",name=db Desire",
                  "eve",
                  WEB + " down int=0",
                  SCAN + " rescan String=x int=0"))
          .contains(
              "Watch is NONE",
              "plan says [start db: new, 1 services stay as they are]",
              "rescan says added [db], changed none",
              "LastRequest is asked by jmx:olga: deploy",
              "Desire is UP",
              "eve is connected",
              "down denied: access denied: down needs the role operate",
              "rescan denied: access denied: rescan needs the role define");
      assertThat(host.awaitLine("reads .* again, asked by .*", 1)).endsWith("jmx:olga: deploy");
      assertThat(host.awaitLine("added .*", 1)).startsWith("added [db], changed none");
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

  @Test
  void f54_keysThatOthersCanReadOrExchange_areRefused() throws Exception {
    assertThat(door(Option.HELP, "").keys().context().getProtocol()).isEqualTo("TLS");
    assertRefused(
        Option.JMX_KEYS, "host.p12", "rw-r-----", "must be a regular file for its owner only");
    assertRefused(
        Option.JMX_PASSWORD, "password", "rw----r--", "must be a regular file for its owner only");
    assertRefused(Option.JMX_TRUST, "clients.p12", "rw-rw-rw-", "must not be writable");
    assertRefused(Option.JMX_TRUST, "nothing.p12", "", "is missing");
  }

  private void assertRefused(Option option, String name, String mode, String why) throws Exception {
    Path file = temp.resolve(name);
    if (!mode.isEmpty()) {
      Files.copy(keys.resolve(name), file);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
    Door door = door(option, file.toString());
    assertThatThrownBy(() -> door.keys().context())
        .isInstanceOf(UnusableFileException.class)
        .hasMessageStartingWith(file + ": " + why)
        .message()
        .doesNotContain(DoorFiles.KEY_PASSWORD);
  }

  /** With all files as they should be, but one. */
  private static Door door(Option option, String instead) throws Exception {
    List<String> words = new ArrayList<>();
    Map.of(
            Option.JMX, "accounts",
            Option.JMX_KEYS, "host.p12",
            Option.JMX_PASSWORD, "password",
            Option.JMX_TRUST, "clients.p12")
        .forEach(
            (each, file) -> {
              words.add(each.word());
              words.add(each == option ? instead : keys.resolve(file).toString());
            });
    words.add("services");
    return Arguments.parse(words.toArray(String[]::new)).door().orElseThrow();
  }
}
