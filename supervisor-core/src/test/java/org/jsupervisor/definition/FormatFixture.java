package org.jsupervisor.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SpecProblem;

/** Definitions of one format on the disk, and what its reader makes of them. */
public final class FormatFixture {
  private static final Pattern ROW = Pattern.compile("\\| `([^|]+)` \\| (.+) \\|");

  private final Path root;
  private final DefinitionReader reader;
  private final DefinitionFixture disk;
  private DefinitionSettings settings;

  /** Definitions below this directory, read by this reader. */
  public FormatFixture(Path root, DefinitionReader reader) {
    this.root = root;
    this.reader = reader;
    this.disk = new DefinitionFixture(root);
    this.settings = disk.settings();
  }

  public Path root() {
    return root;
  }

  public DefinitionSettings settings() {
    return settings;
  }

  public FormatFixture with(DefinitionSettings replacement) {
    settings = replacement;
    return this;
  }

  public Path file(String name, String content) {
    return disk.file(name, content);
  }

  /** A directory of made files, with modes that can be trusted. */
  public FormatFixture copy(String resources) {
    Path from = Path.of("src", "test", "resources", "formats", resources);
    // Maven runs the tests in the module, an IDE perhaps in the project.
    Path found = Files.exists(from) ? from : Path.of("supervisor-core").resolve(from);
    try (Stream<Path> files = Files.walk(found)) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        file(found.relativize(each).toString(), Files.readString(each));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  public List<Definition> read(String name) {
    DirectoryEntry entry = DirectoryEntry.at(root.resolve(name));
    assertThat(reader.reads(entry)).isTrue();
    return reader.read(entry, settings);
  }

  public ProcessSpec spec(String name, String child) {
    return defined(name, child).spec();
  }

  public Definition.Defined defined(String name, String child) {
    Definition definition =
        read(name).stream().filter(each -> each.name().equals(child)).findFirst().orElseThrow();
    assertThat(definition.problems()).isEmpty();
    return (Definition.Defined) definition;
  }

  /** All problems as text, without the root. */
  public List<String> told(String name) {
    return read(name).stream().flatMap(each -> text(each.problems())).toList();
  }

  /** All notes as text, without the root. */
  public List<String> notes(String name) {
    return read(name).stream()
        .filter(Definition.Defined.class::isInstance)
        .flatMap(each -> text(((Definition.Defined) each).notes()))
        .toList();
  }

  private Stream<String> text(List<SpecProblem> problems) {
    return problems.stream().map(each -> each.toString().replace(root + "/", ""));
  }

  /** A file that is cut off within a line defines nothing; nothing is ever thrown. */
  public void truncateAtEveryByte(String name) {
    byte[] whole = bytes(name);
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      write(name, part);
      List<Definition> definitions = read(name);
      if (length > 0 && part[length - 1] != '\n') {
        assertThat(definitions).isNotEmpty().noneMatch(Definition.Defined.class::isInstance);
        assertThat(definitions.get(0).problems()).isNotEmpty();
      }
    }
    write(name, whole);
  }

  private byte[] bytes(String name) {
    try {
      return Files.readAllBytes(root.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String name, byte[] content) {
    disk.file(name, new String(content, StandardCharsets.ISO_8859_1));
    try {
      Files.write(root.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The cells of all rows of the format's page that begin with a name in backquotes. */
  public static List<List<String>> rows(String format) {
    Path document = Path.of("docs", "formats", format + ".md");
    Path found = Files.exists(document) ? document : Path.of("..").resolve(document);
    try (Stream<String> lines = Files.lines(found)) {
      return lines
          .map(ROW::matcher)
          .filter(Matcher::matches)
          .map(row -> Stream.concat(Stream.of(row.group(1)), cells(row.group(2))).toList())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> cells(String rest) {
    return Stream.of(rest.split(" \\| ", -1));
  }

  /** Names and treatments of all rows, as {@code NAME treatment}. */
  public static List<String> treatments(String format) {
    return rows(format).stream().map(row -> row.get(0) + " " + row.get(1)).toList();
  }
}
