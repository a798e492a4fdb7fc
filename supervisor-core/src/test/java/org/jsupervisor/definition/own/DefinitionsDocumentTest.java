package org.jsupervisor.definition.own;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.definition.DefinitionFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The document lists the keys of the code, and its defaults are those of the code. */
class DefinitionsDocumentTest {
  private static final Pattern ROW =
      Pattern.compile("\\| `([^`]+)` \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|");

  private static final Pattern EXAMPLE =
      Pattern.compile("```(yaml|ini|properties|xml|json)\n(.*?)```", Pattern.DOTALL);

  @TempDir Path root;

  private record Row(String key, String byDefault) {}

  private static String document() {
    Path document = Path.of("docs", "formats", "own.md");
    // Maven runs the tests in the module, an IDE perhaps in the project.
    Path found = Files.exists(document) ? document : Path.of("..").resolve(document);
    try {
      return Files.readString(found);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (String line : document().lines().toList()) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        rows.add(new Row(row.group(1), row.group(3)));
      }
    }
    return rows;
  }

  @Test
  void examplesOfTheDocument_areInOrder() {
    DefinitionFixture disk = new DefinitionFixture(root);
    List<String> names = new ArrayList<>();
    Matcher example = EXAMPLE.matcher(document());
    while (example.find()) {
      Path file = disk.file("all." + example.group(1), example.group(2));
      for (Definition each : disk.readAll(file)) {
        assertThat(each.problems()).as(example.group()).isEmpty();
        names.add(each.name());
      }
    }
    assertThat(names)
        .containsExactly(
            "cache",
            "web",
            "cache",
            "all",
            "cache",
            "worker@1",
            "worker@2",
            "worker@3",
            "worker@4");
  }

  static Stream<Row> literalDefaults() {
    return rows().stream().filter(row -> row.byDefault().matches("`[^`]+`"));
  }

  @Test
  void document_listsExactlyTheKeys_inTheirOrder() {
    Stream<String> keys =
        Stream.concat(
            Stream.of(FileKey.values()).map(FileKey::text),
            Stream.of(ServiceKey.values()).map(ServiceKey::text));
    assertThat(rows().stream().map(Row::key)).containsExactlyElementsOf(keys.toList());
  }

  /** What a key that says how something is made cannot be without. */
  private static String needed(String key) {
    int dot = key.lastIndexOf('.');
    String made = dot < 0 ? "" : key.substring(0, dot);
    return switch (made) {
      case "environment.directory", "run-directory", "fifo", "lock", "finish" -> made + "=/x\n";
      case "signal" -> "signal.command.HUP=/x\n";
      case "user" -> "user=a\n";
      case "redirect" -> "redirect.stdout=/x\n";
      default -> "";
    };
  }

  @ParameterizedTest
  @MethodSource("literalDefaults")
  void defaultInTheDocument_isThatOfTheCode(Row row) {
    DefinitionFixture disk = new DefinitionFixture(root);
    boolean needsProbe = row.key().matches("ready\\.(within|interval|timeout)");
    String base =
        "command=x\n"
            + (needsProbe ? "ready=file\nready.path=up\n" : "")
            + needed(row.key())
            + (row.key().startsWith("log.slf4j.") ? "log.slf4j=a\n" : "")
            + (row.key().startsWith("log.syslog.") ? "log.syslog=udp:127.0.0.1:514\n" : "");
    String literal = row.byDefault().replace("`", "");
    assertThat(disk.spec(disk.file("web.properties", base + row.key() + "=" + literal + "\n")))
        .isEqualTo(disk.spec(disk.file("web.properties", base)));
  }
}
