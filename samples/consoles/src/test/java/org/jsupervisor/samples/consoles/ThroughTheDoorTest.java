package org.jsupervisor.samples.consoles;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jsupervisor.samples.scanhost.DoorFiles;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Consoles by URL: through the secured connector of a scan host, with a certificate and a name. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the POSIX platform knows Linux only so far")
class ThroughTheDoorTest {
  @TempDir private static Path temp;
  private static OperatedHost host;
  private static Path url;

  @BeforeAll
  static void start() throws Exception {
    DoorFiles.make(temp);
    url = temp.resolve("url");
    host =
        OperatedHost.start(
            temp,
            List.of(),
            "--jmx",
            temp.resolve("accounts").toString(),
            "--jmx-keys",
            temp.resolve("host.p12").toString(),
            "--jmx-password",
            temp.resolve("password").toString(),
            "--jmx-trust",
            temp.resolve("clients.p12").toString(),
            "--jmx-url",
            url.toString());
  }

  @AfterAll
  static void end() {
    if (host != null) {
      host.close();
    }
  }

  /** The options of a client's JVM: its key, and whom it trusts. */
  private static List<String> keys() {
    return List.of(
        "-Djavax.net.ssl.keyStore=" + temp.resolve("client.p12"),
        "-Djavax.net.ssl.keyStorePassword=" + DoorFiles.KEY_PASSWORD,
        "-Djavax.net.ssl.trustStore=" + temp.resolve("hosts.p12"),
        "-Djavax.net.ssl.trustStorePassword=" + DoorFiles.KEY_PASSWORD);
  }

  private static Jmxterm jmxterm(String user) throws Exception {
    List<String> login =
        List.of("-l", Files.readString(url).strip(), "-u", user, "-p", DoorFiles.ACCOUNT_PASSWORD);
    return Jmxterm.start(temp.resolve("jmxterm-" + user), keys(), login);
  }

  @Test
  void jmxterm_operatesAsOneWhoMay() throws Exception {
    try (Jmxterm session = jmxterm("otto")) {
      session.say("bean " + OperatedHost.WEB);
      session.say("get *");
      session.say("subscribe");
      session.say("run restart certificate\\ renewed 10");
      session.awaitPrinted("service.ready");
      session.say("unsubscribe");

      assertThat(session.quit()).as(session.printed()).isZero();

      assertThat(session.printed()).contains("Phase = RUNNING", "restarted: pid ");
    }
  }

  @Test
  void jmxterm_isRefused_whatTheRoleDoesNotAllow() throws Exception {
    try (Jmxterm session = jmxterm("eve")) {
      session.say("bean " + OperatedHost.WEB);
      session.say("get Phase");
      session.say("run restart certificate\\ renewed 10");

      assertThat(session.quit()).isNotZero();

      assertThat(session.printed())
          .contains("Phase = RUNNING", "access denied: restart needs the role operate");
    }
  }

  @Test
  void ourConsole_operatesByTheFileWithTheUrl() throws Exception {
    List<String> words = List.of("-u", "@" + url, "-l", "otto", "-r", "new key");

    TerminalConsole.Outcome status =
        TerminalConsole.run(keys(), DoorFiles.ACCOUNT_PASSWORD, words, "status", "web");
    TerminalConsole.Outcome paused =
        TerminalConsole.run(keys(), DoorFiles.ACCOUNT_PASSWORD, words, "pause", "talker");

    assertThat(status.text()).containsPattern("(?m)^web +running +yes +up +[0-9]+ ");
    assertThat(paused.code()).as(paused.text()).isZero();
  }
}
