package org.jsupervisor.definition.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.definition.DefinitionFixture;
import org.jsupervisor.definition.DefinitionReader;
import org.jsupervisor.definition.s6rc.SourceDirectoryReader;

/** Reading a directory is total: any content of its files gives an outcome, never an exception. */
class FamilyFilesProperties {
  private static final List<String> NAMES =
      FamilyFiles.ALL.stream().map(KnownFile::text).filter(name -> !name.endsWith("/")).toList();

  private Path root;

  @BeforeProperty
  void makeRoot() throws IOException {
    root = Files.createTempDirectory("directories");
  }

  @AfterProperty
  void deleteRoot() throws IOException {
    clear();
    Files.delete(root);
  }

  private void clear() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      List<Path> deepestFirst = all.sorted((one, other) -> other.compareTo(one)).toList();
      for (Path each : deepestFirst) {
        if (!each.equals(root)) {
          Files.delete(each);
        }
      }
    }
  }

  @Property(tries = 300)
  void anyContent_givesAnOutcome_inEachFamily(@ForAll("files") Map<String, byte[]> files)
      throws IOException {
    clear();
    DefinitionFixture disk = new DefinitionFixture(root);
    for (var file : files.entrySet()) {
      Files.write(disk.program("web/" + file.getKey(), ""), file.getValue());
    }
    Files.setAttribute(disk.directory("web"), "unix:mode", 040000 | 01755);
    for (Family family : Family.values()) {
      assertOutcome(disk, ServiceDirectoryReader.of(family));
    }
    assertOutcome(disk, new ServiceDirectoryReader());
    if (files.containsKey("type")) {
      assertOutcome(disk, new SourceDirectoryReader());
    }
  }

  private void assertOutcome(DefinitionFixture disk, DefinitionReader reader) {
    List<Definition> read = disk.readAll(root.resolve("web"), reader);
    assertThat(read).hasSizeLessThanOrEqualTo(1);
    for (Definition each : read) {
      assertThat(each.name()).isEqualTo("web");
      assertThat(each instanceof Definition.Defined).isEqualTo(each.problems().isEmpty());
    }
  }

  @Provide
  Arbitrary<Map<String, byte[]>> files() {
    Arbitrary<byte[]> usual =
        Arbitraries.of(
                "",
                "0",
                "3\n",
                "99999999999999",
                "TERM\n",
                "RTMIN+1",
                "oneshot\n",
                "longrun\n",
                "bundle\n",
                "web\n",
                "../x\n",
                "#\n",
                "#!/bin/sh\n",
                "#!\n",
                "3\n4\n",
                "\0\n")
            .map(text -> text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
    return Arbitraries.maps(Arbitraries.of(NAMES), Arbitraries.oneOf(usual, usual, any))
        .ofMinSize(1)
        .ofMaxSize(12);
  }
}
