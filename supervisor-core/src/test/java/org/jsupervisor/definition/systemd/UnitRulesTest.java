package org.jsupervisor.definition.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.Dependency;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.WhenLost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What systemd makes of texts of which one could expect something else. What is expected here is
 * what the manager of systemd 252 says that it has read ({@code systemd --test}).
 */
class UnitRulesTest extends UnitCase {
  private ProcessSpec read(String... lines) {
    disk.file("a.service", String.join("\n", lines) + "\n");
    return disk.spec("a.service", "a");
  }

  private List<String> arguments(String... lines) {
    List<String> argv = read(lines).command().argv();
    return argv.subList(1, argv.size());
  }

  @Test
  void blanksBeforeAContinuation_areThoseOfTheValue() {
    assertThat(
            arguments(
                "  [Service]",
                "  ExecStart=/bin/echo \"a \\",
                "   b\" \\",
                "# comment",
                "  ; comment",
                " c\\",
                "",
                "Nice=1"))
        .containsExactly("a     b", "c");
  }

  static Stream<Arguments> variables() {
    return Stream.of(
        Arguments.of("a \"b c\" d", List.of("a", "b c", "d")),
        Arguments.of("a\\tb", List.of("atb")),
        Arguments.of("\\\\d \\$x", List.of("\\d", "$x")),
        Arguments.of("x \"b c", List.of("x", "b c")),
        Arguments.of("'a\\'b' c", List.of("a'b", "c")),
        Arguments.of("a\\ b", List.of("a b")),
        Arguments.of("a\"b c\"d \"\"", List.of("ab cd", "")),
        Arguments.of("b\\", List.of("b")),
        Arguments.of("  ", List.of()));
  }

  @ParameterizedTest
  @MethodSource("variables")
  void variableAsAWord_isSplitByItsQuotes_andABackslashTakesTheNextAsItIs(
      String value, List<String> words) {
    disk.file("env", "FOO='" + value.replace("'", "'\"'\"'") + "'\n");
    assertThat(
            arguments(
                "[Service]", "EnvironmentFile=" + root.resolve("env"), "ExecStart=/bin/echo $FOO"))
        .isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "$FOO/bar, ''",
    "'\"$FOO y\"', ''",
    "$, ''",
    "$FOO$FOO, ''",
    "x$FOO, x$FOO",
    "$$FOO, $FOO",
    "${FOO}/bar, v/bar",
    "a$$b, a$b"
  })
  void wordThatBeginsWithADollar_isAVariableAsAWhole_orLeftOut(String word, String argument) {
    List<String> expected = argument.isEmpty() ? List.of() : List.of(argument);
    assertThat(arguments("[Service]", "Environment=FOO=v", "ExecStart=/bin/echo " + word))
        .isEqualTo(expected);
    assertThat(disk.notes("a.service"))
        .isEqualTo(
            argument.isEmpty()
                ? List.of(
                    "a.service:3: ExecStart: has a word that begins with $ and is no variable; it"
                        + " is left out, as by systemd: ${NAME} is replaced within a word")
                : List.of());
  }

  @Test
  void variableOfADirectory_isWeakerThanTheEnvironment() {
    ProcessSpec spec =
        read(
            "[Service]",
            "ExecStart=/bin/a ${STATE_DIRECTORY}",
            "RuntimeDirectory=a",
            "StateDirectory=a",
            "CacheDirectory=a",
            "Environment=STATE_DIRECTORY=/own",
            "UnsetEnvironment=CACHE_DIRECTORY");
    assertThat(spec.environment().variables())
        .containsEntry("STATE_DIRECTORY", "/own")
        .containsEntry("RUNTIME_DIRECTORY", "/run/a")
        .doesNotContainKey("CACHE_DIRECTORY");
    assertThat(spec.command().argv()).containsExactly("/bin/a", "/own");
  }

  @Test
  void dependencies_areNotForgottenByAnEmptyValue() {
    disk.file("db.service", "[Service]\nExecStart=/bin/db\n");
    disk.file("log.service", "[Service]\nExecStart=/bin/log\n");
    disk.file("a.service.d/10.conf", "[Unit]\nAfter=\nRequires=\nRequires=db.service\n");
    assertThat(read("[Unit]", "After=log.service", "[Service]", "ExecStart=/bin/a").dependencies())
        .containsExactly(
            new Dependency("db", WhenLost.IS_RESTARTED), new Dependency("log", WhenLost.GOES_ON));
  }

  @ParameterizedTest
  @CsvSource({"n, 0", "f, 0", "off, 0", "0, 0", "N, 0", "y, 1", "t, 1", "True, 1"})
  void booleans_areWrittenInManyWays(String written, int steps) {
    assertThat(read("[Service]", "ExecStart=/bin/a", "NoNewPrivileges=" + written).steps())
        .hasSize(steps);
  }

  @ParameterizedTest
  @CsvSource({"1M, 2629800", "2months 1s, 5259601", "1y, 31557600", "1w, 604800"})
  void longTimes_haveTheLengthsOfSystemd(String written, long seconds) {
    ProcessSpec spec = read("[Service]", "ExecStart=/bin/a", "RestartSec=" + written);
    assertThat(((SystemdPolicy) spec.restart()).delay()).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({
    "TimeoutSec=7, 7, 7",
    "TimeoutStartSec=5 TimeoutSec=7, 7, 7",
    "TimeoutSec=7 TimeoutStartSec=5, 5, 7",
    "TimeoutStopSec=5 TimeoutSec=7 TimeoutStopSec=3, 7, 3"
  })
  void timeoutOfBoth_replacesWhatStandsBeforeIt(String lines, int start, int stop) {
    ProcessSpec spec =
        read("[Service]", "Type=notify", "ExecStart=/bin/a", lines.replace(' ', '\n'));
    assertThat(spec.readiness())
        .isEqualTo(new ReadinessSpec.NotifiedBySocket(Duration.ofSeconds(start)));
    assertThat(spec.stop()).isEqualTo(StopSpec.of(Signal.TERM, Duration.ofSeconds(stop)));
  }

  @ParameterizedTest
  @CsvSource({"Unit", "Service"})
  void oldNameOfTheLimitsInterval_isUnderstood(String section) {
    ProcessSpec spec =
        read("[Service]", "ExecStart=/bin/a", "[" + section + "]", "StartLimitInterval=17");
    assertThat(((SystemdPolicy) spec.restart()).limit().interval())
        .isEqualTo(Duration.ofSeconds(17));
    assertThat(disk.notes("a.service")).isEmpty();
  }

  @Test
  void backslashThatEscapesNothing_isNotedInTheEnvironmentToo() {
    assertThat(
            read("[Service]", "ExecStart=/bin/a", "Environment=RE=\\d+").environment().variables())
        .containsEntry("RE", "\\d+");
    assertThat(disk.notes("a.service"))
        .containsExactly(
            "a.service:3: Environment: has a backslash that escapes nothing; it stays, where"
                + " systemd leaves out the assignment");
  }

  /** From the most special to the most general. */
  @Test
  void additionsOfPrefixes_areThoseOfInstancesToo() {
    List<String> directories =
        List.of(
            "a-b-c@1.service.d",
            "a-b-c@.service.d",
            "a-b-.service.d",
            "a-.service.d",
            "a-b-@1.service.d",
            "a-b-@.service.d",
            "a-@1.service.d",
            "a-@.service.d",
            "service.d");
    disk.file("a-b-c@1.service", "[Service]\nExecStart=/bin/a\n");
    for (int n = directories.size() - 1; n >= 0; n--) {
      disk.file(directories.get(n) + "/10.conf", "[Service]\nRestartSec=" + (n + 1) + "\n");
      ProcessSpec spec = disk.spec("a-b-c@1.service", "a-b-c@1");
      assertThat(((SystemdPolicy) spec.restart()).delay()).isEqualTo(Duration.ofSeconds(n + 1));
    }
  }
}
