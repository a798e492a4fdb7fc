package org.jsupervisor.definition.own;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.definition.DefinitionFixture;
import org.jsupervisor.definition.Findings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Service files that are cut off, garbled, huge or no files at all. */
class BrokenServiceFileTest {
  @TempDir Path root;
  private DefinitionFixture disk;

  @BeforeEach
  void prepare() {
    disk = new DefinitionFixture(root);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | : command: must name a program",
        "command=x | :1: must end with a newline: it may be half written",
        "\uFEFFcommand=x\\n | :1: must not begin with a byte order mark",
        "command=\\u00\\n | :1: \\u must be followed by four hex digits",
        "command=x\\n\\n#\\nenv.A=\\u12g4\\n | :4: \\u must be followed by four hex digits",
        "command=x\\nargument=y\\\\\\n | :2: must be continued: it ends with a backslash",
      })
  void brokenText_isRefusedWithItsLine(String content, String expected) {
    String text = content.replace("\\n", "\n").replace("\\\\", "\\");
    assertThat(disk.told(disk.file("web.properties", text)))
        .contains("web.properties" + expected.replaceAll("^ ", ""));
  }

  @Test
  void bytesThatAreNoUtf8_areRefusedWithTheirLine() throws IOException {
    Path file = disk.file("web.properties", "");
    Files.write(file, "command=x\nargument=\u00e4\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(disk.told(file)).containsExactly("web.properties:2: must be text in UTF-8");
  }

  @Test
  void hugeFile_isRefused() {
    Path file = disk.file("web.properties", "#".repeat(ServiceFileReader.FILE_BYTES_MAX) + "\n");
    assertThat(disk.told(file)).containsExactly("web.properties: must have at most 1048576 bytes");
  }

  @Test
  void problems_comeInTheOrderOfTheirLines_thenThoseWithoutOne() {
    Path file =
        disk.file(
            "web.properties",
            "stop.grace=soon\nnonsense=1\n\n\n\n\n\n\n\nready=never\nrestart=maybe\nlog=x\n");
    assertThat(disk.told(file))
        .extracting(problem -> problem.replaceAll(": must.*|: is.*", ""))
        .containsExactly(
            "web.properties:1: stop.grace",
            "web.properties:2: nonsense",
            "web.properties:10: ready",
            "web.properties:11: restart",
            "web.properties:12: log",
            "web.properties: command");
  }

  @Test
  void manyProblems_areBounded() {
    Path file = disk.file("web.properties", "nonsense=1\n".repeat(1000));
    assertThat(disk.problems(file)).hasSize(Findings.PROBLEMS_MAX + 1);
    assertThat(disk.told(file))
        .last()
        .asString()
        .endsWith("has more problems than are shown, was '901'");
  }

  @Test
  void missingFile_isAProblem() {
    assertThat(disk.told(root.resolve("web.properties")))
        .containsExactly("web.properties: is missing");
  }

  @Test
  void specialFile_isRefusedWithoutOpeningIt() throws Exception {
    Path fifo = root.resolve("web.properties");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    assertThat(disk.told(fifo)).containsExactly("web.properties: must be a regular file");
  }

  @Test
  void truncationAtEveryByte_isToldOrRead_neverThrown() {
    String whole = "command = /bin/x\nargument = \\u00e4\\\n  b\nenv.A = 1\nstop.grace = 10s\n";
    for (int length = 0; length < whole.length(); length++) {
      Path file = disk.file("web.properties", whole.substring(0, length));
      boolean endsInLine = length > 0 && whole.charAt(length - 1) != '\n';
      if (endsInLine) {
        assertThat(disk.read(file)).isInstanceOf(Definition.Refused.class);
      } else {
        disk.read(file);
      }
    }
  }

  /** Nothing may take longer with each byte: the default time-out of the tests would be over. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "yaml | [",
        "yaml | {a: ",
        "yaml | - ",
        "yaml | ? ",
        "yaml | \\n",
        "yaml | a: &a x\\n",
        "json | [",
        "json | {\"a\":",
        "json | {",
        "xml | <a>",
        "xml | <service>",
        "xml | <",
        "xml | &lt;",
        "ini | [",
        "ini | \\n",
        "ini | [service ",
        "ini | \\\\\\n",
        "properties | \\\\\\n",
        "properties | needs=a\\n",
        "properties | ${",
      })
  void hugeRepetition_isBounded(String suffix, String piece) {
    String text = piece.replace("\\n", "\n").replace("\\\\", "\\");
    Path file =
        disk.file(
            "web." + suffix,
            text.repeat((ServiceFileReader.FILE_BYTES_MAX - 2) / text.length()) + "\n");
    assertThat(disk.readAll(file)).noneMatch(each -> each instanceof Definition.Defined);
  }

  @Test
  void hugeGapsInAValue_areBounded() {
    String blanks = " ".repeat(500_000);
    Path file = disk.file("web.properties", "command=x\nneeds=a" + blanks + "b\n");
    assertThat(disk.outcomes(file)).singleElement().asString().startsWith("web refused");
    Path ini = disk.file("web.ini", "[service" + blanks + "x\n");
    assertThat(disk.outcomes(ini)).singleElement().asString().startsWith("web.ini unreadable");
  }
}
