package org.jsupervisor.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may write a definition runs programs as the host: such files are refused with the reason. */
class TrustTest {
  private static final String WRITABLE = ": must not be writable by group or others, was '";

  @TempDir Path root;
  private DefinitionFixture disk;

  @BeforeEach
  void prepare() {
    disk = new DefinitionFixture(root);
    disk.program("web/run", "#!/bin/sh\n");
    disk.file("web/notification-fd", "3");
    disk.directory("web/log");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-rw-r--", "rw-r--rw-", "rw-rw-rw-"})
  void serviceFileWritableByOthers_isRefused(String mode) {
    Path file = DefinitionFixture.mode(disk.file("x.properties", "command=x\n"), mode);
    assertThat(disk.told(file)).containsExactly("x.properties" + WRITABLE + mode + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"web", "web/run", "web/notification-fd", "web/log"})
  void partOfAServiceDirectoryWritableByOthers_isRefused(String part) {
    DefinitionFixture.mode(root.resolve(part), "rwxrwxr-x");
    assertThat(disk.told(root.resolve("web"))).containsExactly(part + WRITABLE + "rwxrwxr-x'");
  }

  @Test
  void targetOfALink_isJudged() throws IOException {
    Path target = disk.file("target", "command=x\n");
    Path link = Files.createSymbolicLink(root.resolve("x.properties"), target);
    assertThat(disk.spec(link).command().program()).isEqualTo("x");
    DefinitionFixture.mode(target, "rw-rw-r--");
    assertThat(disk.told(link)).containsExactly("x.properties" + WRITABLE + "rw-rw-r--'");
  }

  @Test
  void ownerThatIsNotTrusted_isRefused() {
    Path file = disk.file("x.properties", "command=x\n");
    DefinitionSettings nobodyTrusted = new DefinitionSettings(disk.logRoot(), Set.of());
    Definition definition = new ServiceFileReader().read(DirectoryEntry.at(file), nobodyTrusted);
    assertThat(definition)
        .isInstanceOfSatisfying(
            Definition.Refused.class,
            refused ->
                assertThat(refused.problems())
                    .singleElement()
                    .hasToString(
                        file
                            + ": must be owned by root or the user of the supervisor, was '"
                            + owner(file)
                            + "'"));
    assertThat(nobodyTrusted.distrust(root)).hasSize(1);
    assertThat(disk.settings().distrust(root)).isEmpty();
  }

  @Test
  void fileOfAnotherUser_isRefused() throws IOException {
    Path file = disk.file("x.properties", "command=x\n");
    boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    assumeThat(root).as("only root can give files away").isTrue();
    Files.setAttribute(file, "unix:uid", 12345);
    assertThat(disk.told(file))
        .containsExactly(
            "x.properties: must be owned by root or the user of the supervisor, was '12345'");
  }

  private static String owner(Path file) {
    try {
      return Files.getOwner(file).getName();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
