package org.jsupervisor.definition.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.definition.DefinitionFixture;
import org.jsupervisor.definition.DefinitionReader;
import org.jsupervisor.definition.DirectoryEntry;
import org.jsupervisor.definition.MadeDirectories;
import org.jsupervisor.definition.s6rc.SourceDirectoryReader;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories of which one file was cut off at any byte. */
class TruncatedDirectoriesTest {
  @TempDir Path root;

  @ParameterizedTest
  @ValueSource(strings = {"daemontools", "encore", "runit", "s6", "perp", "s6-rc"})
  void truncationAtEveryByteOfEachFile_isToldOrRead_neverThrown(String made) throws IOException {
    DefinitionFixture disk = new DefinitionFixture(root);
    MadeDirectories.copy(made, disk);
    if (made.equals("perp")) {
      Files.setAttribute(root.resolve("web"), "unix:mode", 040000 | 01755);
    }
    int truncated = 0;
    for (Path file : files()) {
      byte[] whole = Files.readAllBytes(file);
      for (int length = 0; length < whole.length; length++) {
        Files.write(file, Arrays.copyOf(whole, length));
        assertThat(outcomes(disk)).as(file + " cut at " + length).isNotEmpty();
        truncated++;
      }
      Files.write(file, whole);
    }
    assertThat(truncated).isPositive();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** What each entry comes to; each definition is in order or says why not. */
  private List<Definition> outcomes(DefinitionFixture disk) throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      return entries.flatMap(entry -> read(entry, disk)).toList();
    }
  }

  private static Stream<Definition> read(Path path, DefinitionFixture disk) {
    DirectoryEntry entry = DirectoryEntry.at(path);
    List<DefinitionReader> readers =
        List.of(new SourceDirectoryReader(), new ServiceDirectoryReader());
    return readers.stream()
        .filter(reader -> reader.reads(entry))
        .findFirst()
        .map(reader -> reader.read(entry, disk.settings()))
        .orElse(List.of())
        .stream()
        .peek(
            each ->
                assertThat(each instanceof Definition.Defined)
                    .as(each + " is in order, or there is a problem")
                    .isEqualTo(each.problems().isEmpty()));
  }
}
