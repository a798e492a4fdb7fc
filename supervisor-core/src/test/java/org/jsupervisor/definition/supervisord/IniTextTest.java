package org.jsupervisor.definition.supervisord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsupervisor.definition.DefinitionText.Line;
import org.jsupervisor.definition.Findings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Python's RawConfigParser and shlex have answered to these texts, written down. */
class IniTextTest {
  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("[a]\nk=v ; c\n", "a{k=v}"),
        Arguments.of("[a]\nk=v # c ; d\n", "a{k=v}"),
        Arguments.of("[a]\nk=v;c ; d # e\n", "a{k=v;c ; d}"),
        Arguments.of("[a]\nk=a;b ; c     # d\n", "a{k=a;b ; c}"),
        Arguments.of("[a]\nk=;x\n", "a{k=;x}"),
        Arguments.of("[a]\nk= ;x\n", "a{k=}"),
        Arguments.of("[a]\nk = a\n  b\n\n  c\n\nl=d\n", "a{k=a/b//c, l=d}"),
        Arguments.of("[a]\nk=a\n; x\n b\n", "a{k=a/b}"),
        Arguments.of("[a]\nk=a\n   # c\n   b\n", "a{k=a/b}"),
        Arguments.of("[a]\n k=a\n l=b\n  c\n", "a{k=a, l=b/c}"),
        Arguments.of("[a]\nk=a\n\tb\n", "a{k=a/b}"),
        Arguments.of("[a]\nK Y : v=w\n", "a{k y=v=w}"),
        Arguments.of("[a]\nk=\n", "a{k=}"),
        Arguments.of("  [a]\n  k=v\n", "a{k=v}"),
        Arguments.of("[a]\nk=a\n\n\n[b]\n", "a{k=a} b{}"),
        Arguments.of("[a]\nk=v\n [b]\nc=d\n", "a{k=v/[b], c=d}"),
        Arguments.of("[a]\nk=1\n[b]\nk=2\n[a]\nk=3\nl=4\n", "a{k=3, l=4} b{k=2}"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void text_isReadAsByPython(String text, String expected) {
    Findings findings = new Findings();
    IniText ini = new IniText(findings);
    List<Line> lines = new ArrayList<>();
    for (String each : text.lines().toList()) {
      lines.add(new Line(Path.of("x"), lines.size() + 1, each));
    }
    ini.read(lines);
    assertThat(findings.problems()).isEmpty();
    assertThat(ini.sections().stream().map(IniTextTest::shown).collect(Collectors.joining(" ")))
        .isEqualTo(expected);
  }

  private static String shown(IniText.Section section) {
    return section.options().values().stream()
        .map(option -> option.key() + "=" + option.value().replace('\n', '/'))
        .collect(Collectors.joining(", ", section.name() + "{", "}"));
  }

  static Stream<Arguments> environments() {
    return Stream.of(
        Arguments.of("A=b", "{A=b}"),
        Arguments.of("A=\"b,c\",B='d'", "{A=b,c, B=d}"),
        Arguments.of("A=b'c'", "{A=b'c}"),
        Arguments.of("A=\"'x'\"", "{A=x}"),
        Arguments.of("A = b , C = d", "{A=b, C=d}"),
        Arguments.of("A=\"\"", "{A=}"),
        Arguments.of("A=a\"b", "{A=a\"b}"),
        Arguments.of("A=b,C=d,", "{A=b, C=d}"),
        Arguments.of("A=http://x:80/y.z+(a)", "{A=http://x:80/y.z+(a)}"),
        Arguments.of("", "{}"));
  }

  @ParameterizedTest
  @MethodSource("environments")
  void environment_isReadAsByPython(String text, String expected) {
    assertThat(EnvironmentText.parse(text)).hasToString(expected);
  }

  @Test
  void environmentThatPythonSwallows_isRefused() {
    for (String text :
        List.of("A=b*", "A=b;C=d", "A=\"x\"y", "A='it''s'", "A=b # c", "A=\"b", "A")) {
      assertThatThrownBy(() -> EnvironmentText.parse(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("must");
    }
  }
}
