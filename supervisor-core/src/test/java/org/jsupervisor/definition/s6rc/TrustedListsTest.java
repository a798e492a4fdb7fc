package org.jsupervisor.definition.s6rc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jsupervisor.definition.DefinitionFixture;
import org.jsupervisor.definition.DefinitionReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may write a list of names decides what a service depends on. */
class TrustedListsTest {
  private static final String OPEN = ": must not be writable by group or others, was 'rwxrwxrwx'";

  @TempDir Path root;
  private DefinitionFixture disk;
  private DefinitionReader reader;

  @BeforeEach
  void prepare() {
    disk = new DefinitionFixture(root);
    reader = SourceDirectoryReader.withExecline(Path.of("/bin/sh"));
    for (String longrun : List.of("web", "db")) {
      disk.file(longrun + "/type", "longrun\n");
      disk.program(longrun + "/run", "#!/bin/sh\n");
    }
    disk.file("all/type", "bundle\n");
    disk.file("all/contents.d/db", "");
    disk.file("web/dependencies.d/all", "");
  }

  private List<String> told(String name) {
    return disk.told(disk.read(root.resolve(name), reader));
  }

  @Test
  void dependenciesThatOthersMayWrite_areRefused() {
    assertThat(told("web")).isEmpty();
    DefinitionFixture.mode(root.resolve("web/dependencies.d"), "rwxrwxrwx");
    assertThat(told("web")).containsExactly("web/dependencies.d" + OPEN);
  }

  @Test
  void contentsThatOthersMayWrite_refuseTheBundle_andWhoNamesIt() {
    DefinitionFixture.mode(root.resolve("all/contents.d"), "rwxrwxrwx");
    assertThat(told("web")).containsExactly("all/contents.d" + OPEN);
    assertThat(told("all")).containsExactly("all/contents.d" + OPEN);
  }

  @Test
  void bundleThatOthersMayWrite_refusesWhoNamesIt() throws IOException {
    DefinitionFixture.mode(root.resolve("all"), "rwxrwxrwx");
    assertThat(told("web")).isNotEmpty();
    // Others cannot exchange what is there, but add what is not.
    Files.setAttribute(root.resolve("all"), "unix:mode", 01777);
    assertThat(told("web")).containsExactly("all" + OPEN);
  }
}
