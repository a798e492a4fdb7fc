package org.jsupervisor.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import org.jsupervisor.definition.own.ServiceFileReader;
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
    Definition definition =
        new ServiceFileReader().read(DirectoryEntry.at(file), nobodyTrusted).get(0);
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
    giveAway(file);
    assertThat(disk.told(file))
        .containsExactly(
            "x.properties: must be owned by root or the user of the supervisor, was '12345'");
  }

  @Test
  void ancestorOfAnotherUser_isRefused() throws IOException {
    Path scanned = disk.directory("parent/scan");
    Path file = disk.file("parent/scan/x.properties", "command=x\n");
    giveAway(root.resolve("parent"));
    String rule =
        "must not lie below '"
            + root.resolve("parent")
            + "', which must be owned by root or the user of the supervisor, was '12345'";
    assertThat(disk.problems(file)).singleElement().hasToString(file + ": " + rule);
    assertThat(disk.settings().distrust(scanned))
        .singleElement()
        .hasToString(scanned + ": " + rule);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwxr-x", "rwxr-xrwx"})
  void ancestorWritableByOthers_isRefused_onceForAllParts(String mode) {
    disk.program("parent/web/run", "#!/bin/sh\n");
    disk.file("parent/web/notification-fd", "3");
    Path parent = DefinitionFixture.mode(root.resolve("parent"), mode);
    assertThat(disk.problems(parent.resolve("web")))
        .singleElement()
        .hasToString(
            parent.resolve("web")
                + ": must not lie below '"
                + parent
                + "', which must not be writable by group or others without the sticky bit, was '"
                + mode
                + "'");
  }

  @Test
  void ancestorWritableByAll_butSticky_isAccepted() throws IOException {
    Path file = disk.file("shared/x.properties", "command=x\n");
    Files.setAttribute(root.resolve("shared"), "unix:mode", 01777);
    assertThat(disk.spec(file).command().program()).isEqualTo("x");
  }

  @Test
  void directoriesOnTheWayOfALink_areJudged() throws IOException {
    Path target = disk.file("a/target", "command=x\n");
    disk.directory("b");
    Path second = Files.createSymbolicLink(root.resolve("b/second"), Path.of("../a/target"));
    Path link = Files.createSymbolicLink(root.resolve("x.properties"), second);
    assertThat(disk.spec(link).command().program()).isEqualTo("x");
    DefinitionFixture.mode(target.getParent(), "rwxrwxr-x");
    assertThat(disk.problems(link))
        .singleElement()
        .asString()
        .contains("must not lie below '" + target.getParent() + "'");
    DefinitionFixture.mode(target.getParent(), "rwxr-xr-x");
    DefinitionFixture.mode(root.resolve("b"), "rwxrwxr-x");
    assertThat(disk.problems(link))
        .singleElement()
        .asString()
        .contains("must not lie below '" + root.resolve("b") + "'");
  }

  @Test
  void linkOfAnotherUser_inAStickyDirectory_isRefused() throws IOException {
    Path target = disk.file("target", "command=x\n");
    disk.directory("shared");
    Files.setAttribute(root.resolve("shared"), "unix:mode", 01777);
    Path link = Files.createSymbolicLink(root.resolve("shared/x.properties"), target);
    assertThat(disk.spec(link).command().program()).isEqualTo("x");
    giveAway(link);
    assertThat(disk.problems(link))
        .singleElement()
        .hasToString(
            link
                + ": must not be reached by the link '"
                + link
                + "', which must be owned by root or the user of the supervisor, was '12345'");
  }

  @Test
  void linksInACircle_areRefused() throws IOException {
    Path link = Files.createSymbolicLink(root.resolve("a"), root.resolve("b"));
    Files.createSymbolicLink(root.resolve("b"), link);
    assertThat(disk.settings().distrust(link)).singleElement().asString().contains("links");
  }

  private static void giveAway(Path path) throws IOException {
    boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    assumeThat(root).as("only root can give files away").isTrue();
    Files.setAttribute(path, "unix:uid", 12345, LinkOption.NOFOLLOW_LINKS);
  }

  private static String owner(Path file) {
    try {
      return Files.getOwner(file).getName();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
