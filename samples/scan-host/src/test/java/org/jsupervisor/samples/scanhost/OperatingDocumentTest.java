package org.jsupervisor.samples.scanhost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of docs/operating.md names the exit codes that the program has, all of them. */
class OperatingDocumentTest {
  private static final Pattern NUMBER = Pattern.compile("^([0-9]+)$");

  /** The first cells of the table with this title, which is its first cell. */
  private static List<String> firstCells(String title) throws IOException {
    Path document = Path.of("docs", "operating.md");
    // Maven runs the tests in the module, an IDE perhaps in the project.
    Path found = Files.exists(document) ? document : Path.of("../..").resolve(document);
    List<String> cells =
        Files.readAllLines(found).stream()
            .dropWhile(line -> !line.startsWith("| " + title + " |"))
            .takeWhile(line -> line.startsWith("|"))
            .skip(2)
            .map(line -> line.split("\\|", -1)[1].strip())
            .toList();
    assertThat(cells).as("rows of the table '%s'", title).isNotEmpty();
    return cells;
  }

  private static Stream<MatchResult> matches(Pattern pattern, List<String> cells) {
    return cells.stream().flatMap(cell -> pattern.matcher(cell).results());
  }

  @Test
  void options_areThoseOfTheProgram() throws Exception {
    assertThat(matches(Pattern.compile("`(--[^`]*)`"), firstCells("option")).map(r -> r.group(1)))
        .containsExactlyElementsOf(
            Stream.of(Option.values())
                .map(option -> (option.word() + " " + option.value()).strip())
                .toList());
  }

  @Test
  void exitCodes_areThoseOfTheProgram() throws Exception {
    assertThat(matches(NUMBER, firstCells("exit code")).map(row -> Integer.valueOf(row.group(1))))
        .containsExactlyElementsOf(
            new TreeSet<>(Stream.of(ExitCode.values()).map(ExitCode::number).toList()));
  }
}
