package org.jsupervisor.definition.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.jsupervisor.spec.ProcessSpec;
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
  void backslashThatEscapesNothing_isNotedInTheEnvironmentToo() {
    assertThat(
            read("[Service]", "ExecStart=/bin/a", "Environment=RE=\\d+").environment().variables())
        .containsEntry("RE", "\\d+");
    assertThat(disk.notes("a.service"))
        .containsExactly(
            "a.service:3: Environment: has a backslash that escapes nothing; it stays, where"
                + " systemd leaves out the assignment");
  }
}
