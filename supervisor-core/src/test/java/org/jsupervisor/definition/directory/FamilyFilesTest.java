package org.jsupervisor.definition.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.definition.DefinitionFixture;
import org.jsupervisor.definition.FormatTable;
import org.jsupervisor.definition.Treatment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Of each file of each family becomes what the table says, and the document has the same table. */
class FamilyFilesTest {
  private static final String SCRIPT = "#!/bin/sh\n";
  private static final Map<String, String> VALUES =
      Map.of(
          "notification-fd", "3",
          "down-signal", "HUP",
          "timeout-kill", "1000",
          "timeout-finish", "1000");

  @TempDir Path root;

  static Stream<Arguments> cells() {
    return Stream.of(Family.values())
        .flatMap(family -> FamilyFiles.ALL.stream().map(file -> Arguments.of(family, file)));
  }

  /** The least that this family takes for a service. */
  private static void makeService(DefinitionFixture disk, Family family) throws IOException {
    if (family == Family.PERP) {
      disk.program("web/rc.main", SCRIPT);
      Files.setAttribute(disk.directory("web"), "unix:mode", 040000 | 01755);
    } else {
      disk.program("web/run", SCRIPT);
    }
  }

  private static void make(DefinitionFixture disk, KnownFile<Family> file) {
    var unused =
        switch (file.form()) {
          case PROGRAM -> disk.program("web/" + file.text(), SCRIPT);
          case DIRECTORY -> disk.directory("web/" + file.text());
          case FILE -> disk.file("web/" + file.text(), VALUES.getOrDefault(file.text(), ""));
        };
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cells")
  void file_isTreatedAsTheTableSays(Family family, KnownFile<Family> file) throws IOException {
    DefinitionFixture disk = new DefinitionFixture(root);
    makeService(disk, family);
    make(disk, file);
    if (family == Family.PERP) {
      Files.setAttribute(root.resolve("web"), "unix:mode", 040000 | 01755);
    }
    Definition read = disk.read(root.resolve("web"), ServiceDirectoryReader.of(family));

    String name = file.text().replace("/", "");
    List<String> told = disk.told(read);
    Treatment treatment = file.treatment(family);
    assertThat(read instanceof Definition.Refused).isEqualTo(treatment == Treatment.REFUSED);
    switch (treatment) {
      case HONOURED, PASSED_OVER ->
          assertThat(told).noneMatch(line -> line.contains("not honoured"));
      case REPORTED ->
          assertThat(told)
              .filteredOn(line -> line.startsWith("web/" + name + ": is not honoured: "))
              .hasSize(1)
              .noneMatch(line -> line.endsWith(": "));
      case REFUSED -> assertThat(told).anyMatch(line -> line.startsWith("web/" + name + ": must"));
    }
  }

  @Test
  void document_hasTheSameTable() {
    FormatTable.check("service-directories.md", FamilyFiles.ALL, List.of(Family.values()));
  }
}
