package org.jsupervisor.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jsupervisor.definition.directory.KnownFile;

/** The table of a format's page: what becomes of each file in each kind of definition. */
public final class FormatTable {
  private FormatTable() {}

  /** The first cells of each row that begins with a name between backquotes. */
  private static List<List<String>> rows(String page, int cells) {
    Path document = Path.of("docs", "formats", page);
    // Maven runs the tests in the module, an IDE perhaps in the project.
    Path found = Files.exists(document) ? document : Path.of("..").resolve(document);
    List<List<String>> rows = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(found)) {
        if (line.startsWith("| `")) {
          rows.add(Stream.of(line.split("\\|")).map(String::strip).skip(1).limit(cells).toList());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  /** The page lists exactly these files, in this order, with what becomes of them in each kind. */
  public static <K> void check(String page, List<KnownFile<K>> files, List<K> kinds) {
    BiFunction<KnownFile<K>, K, Treatment> treatment = KnownFile::treatment;
    List<List<String>> expected = new ArrayList<>();
    for (KnownFile<K> file : files) {
      List<String> row = new ArrayList<>();
      row.add("`" + file.text() + "`");
      kinds.forEach(kind -> row.add(treatment.apply(file, kind).toString()));
      expected.add(row);
    }
    assertThat(rows(page, kinds.size() + 1)).containsExactlyElementsOf(expected);
  }
}
