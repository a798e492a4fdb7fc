package org.jsupervisor.samples.scanhost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.jsupervisor.jmx.remote.ClientCertificates;
import org.jsupervisor.jmx.remote.Peers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command line may say, and what it may not. */
class ArgumentsTest {
  private static Arguments parsed(String line) throws Arguments.UsageException {
    return Arguments.parse(line.split(" ", -1));
  }

  @Test
  void nothingButADirectory_opensNothing_andLetsNothingIn() throws Exception {
    Arguments arguments = parsed("services");

    assertThat(arguments.directory()).isEqualTo(Path.of("services"));
    assertThat(arguments.name()).isEqualTo("main");
    assertThat(arguments.purpose()).isEqualTo(Arguments.Purpose.RUN);
    assertThat(arguments.users()).isEqualTo(Arguments.Users.AS_DEFINED);
    assertThat(arguments.door()).isEmpty();
    assertThat(arguments.syslog()).isEmpty();
    assertThat(arguments.sources().logRoot()).isEqualTo(Path.of("services/.log"));
    assertThat(arguments.sources().site()).isEmpty();
    assertThat(arguments.sources().environment()).isEmpty();
    assertThat(arguments.sources().settings()).isEmpty();
  }

  @Test
  void sources_areWhatWasSaid_andTheirValuesAreNotShown() throws Exception {
    Arguments arguments =
        parsed(
            "--site /s --env HOME --env LANG --setting port=8080 --setting x==1 --also svcdef d");

    Sources sources = arguments.sources();
    assertThat(sources.site()).contains(Path.of("/s"));
    assertThat(sources.environment()).containsExactly("HOME", "LANG");
    assertThat(sources.settings()).containsEntry("port", "8080").containsEntry("x", "=1");
    assertThat(sources.also()).containsExactly(Format.SVCDEF);
    assertThat(arguments.toString()).doesNotContain("8080");
  }

  @Test
  void door_isLocalWithCertificates_unlessSomebodySaysOtherwise() throws Exception {
    Door door =
        parsed("--jmx a --jmx-keys k --jmx-password p --jmx-trust t d").door().orElseThrow();

    assertThat(door.address()).isEqualTo("127.0.0.1");
    assertThat(door.port()).isZero();
    assertThat(door.url()).isEmpty();
    assertThat(door.peers()).isEqualTo(Peers.LOCAL);
    assertThat(door.keys().certificates()).isEqualTo(ClientCertificates.REQUIRED);

    Door open =
        parsed(
                "--jmx a --jmx-keys k --jmx-password p --jmx-trust t --jmx-address 10.0.0.7"
                    + " --jmx-port 4711 --jmx-url u --jmx-peers any d")
            .door()
            .orElseThrow();
    assertThat(open.address()).isEqualTo("10.0.0.7");
    assertThat(open.port()).isEqualTo(4711);
    assertThat(open.url()).contains(Path.of("u"));
    assertThat(open.peers()).isEqualTo(Peers.ANY);
  }

  @Test
  void form_isTheLastThatWasSaid() throws Exception {
    assertThat(parsed("--live --plain d").form()).isEqualTo(Arguments.Form.PLAIN);
    assertThat(parsed("--plain --live d").form()).isEqualTo(Arguments.Form.LIVE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "d e                                  | exactly one directory is needed, got 2",
        "--nothing d                          | unknown option '--nothing'",
        "d --name                             | option '--name' needs a value",
        "--name a --name b d                  | option '--name' must be given only once",
        "--plan --watch d                     | only one can be",
        "--also upstart d                     | unknown format 'upstart'; must be one of systemd,",
        "--env A=B d                          | needs the name of a variable, was 'A=B'",
        "--setting secret d                   | option '--setting' needs NAME=VALUE",
        "--setting a=1 --setting a=2 d        | setting 'a' must be given only once",
        "--syslog log d                       | must be local, a path that begins with /",
        "--syslog udp:127.0.0.1:65536 d       | was 'udp:127.0.0.1:65536'",
        "--syslog udp:localhost:514 d         | with numbers",
        "--jmx-port 1 d                       | option '--jmx-port' needs '--jmx'",
        "--jmx a d                            | option '--jmx' needs '--jmx-keys', too",
        "--jmx a --jmx-keys k d               | option '--jmx' needs '--jmx-password', too",
        "--jmx a --jmx-keys k --jmx-password p d | option '--jmx' needs '--jmx-trust', too",
        "--jmx a --jmx-peers all d            | must be one of local, any, was 'all'",
        "--jmx a --jmx-peers any --jmx-certificates not-asked d | needs certificates",
        "--jmx a --jmx-keys k --jmx-password p --jmx-trust t --jmx-port 65536 d | 0 to 65535",
        "--jmx a --jmx-keys k --jmx-password p --jmx-trust t --jmx-certificates not-asked d"
            + " | means nothing"
      })
  void wrongLine_isRefused_andSaysWhatIsWrong(String line, String message) {
    assertThatThrownBy(() -> parsed(line))
        .isInstanceOf(Arguments.UsageException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "+1", "1.0", "101", "4294967296", "9999999999", "\u0661"})
  void number_thatIsNone_isRefused(String text) throws Exception {
    assertThat(Arguments.number("-n", "100", 100)).isEqualTo(100);
    assertThat(Arguments.number("-n", "007", 100)).isEqualTo(7);
    assertThatThrownBy(() -> Arguments.number("-n", text, 100))
        .hasMessage("option '-n' must be 0 to 100, was '" + text + "'");
  }

  @Test
  void help_namesEveryOptionAndCommand() {
    for (Option option : Option.values()) {
      assertThat(Arguments.HELP).contains("  " + option.word() + " ");
    }
    assertThat(Arguments.HELP).contains("scan-host tail ").contains("scan-host account ");
    assertThat(Arguments.HELP.lines()).allMatch(line -> line.length() <= 120);
  }

  @Test
  void account_needsANameAndARole() {
    for (List<String> words : List.of(List.of("olga"), List.of("olga", "root"))) {
      assertThatThrownBy(() -> AccountCommand.parse(words))
          .isInstanceOf(Arguments.UsageException.class);
    }
  }
}
