package org.jsupervisor.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What readers of text have in common: words, as Python's shlex.split answers, and lines. */
class ShellWordsTest {
  @Test
  void words_areThoseOfTheShell_withoutItsVariablesAndComments() {
    assertThat(ShellWords.split("  a\tb ")).containsExactly("a", "b");
    assertThat(ShellWords.split("'a b' c")).containsExactly("a b", "c");
    assertThat(ShellWords.split("\"a 'b' \\\" \\\\ \\x\"")).containsExactly("a 'b' \" \\ \\x");
    assertThat(ShellWords.split("a\\ b \\'")).containsExactly("a b", "'");
    assertThat(ShellWords.split("a\"b c\"'d e'f")).containsExactly("ab cd ef");
    assertThat(ShellWords.split("'' a#b # $c *")).containsExactly("", "a#b", "#", "$c", "*");
    assertThat(ShellWords.split(" ")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"'a", "a \"b", "a\\", "\"a\\\""})
  void wordsThatAreNotComplete_areRefused_andNotShown(String text) {
    assertThatThrownBy(() -> ShellWords.split(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must")
        .hasMessageNotContaining("a \"b");
  }

  @Test
  void linesOfAFile_areTextInUtf8_withoutAMark(@TempDir Path root) throws IOException {
    DefinitionFixture disk = new DefinitionFixture(root);
    Path file = disk.file("x", "");
    assertThat(told(disk, file, "a\nb\u00e4\n".getBytes(StandardCharsets.ISO_8859_1)))
        .isEqualTo("[" + file + ":2: must be text in UTF-8]");
    assertThat(told(disk, file, "\uFEFFa\n".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("[" + file + ":1: must not begin with a byte order mark]");
    assertThat(told(disk, file, "a\nb".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("[" + file + ":2: must end with a newline: it may be half written]");
    assertThat(told(disk, file, "\u00e4\tb\r\n\n".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("[\u00e4\tb, ]");
  }

  private static String told(DefinitionFixture disk, Path file, byte[] content) throws IOException {
    Files.write(file, content);
    Findings findings = new Findings();
    return DefinitionText.lines(file, 100, new TrustedFiles(disk.settings(), findings), findings)
        .map(lines -> lines.stream().map(DefinitionText.Line::text).toList().toString())
        .orElseGet(() -> findings.problems().toString());
  }
}
