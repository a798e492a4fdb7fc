package org.jsupervisor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.definition.DefinitionFixture;
import org.jsupervisor.definition.DefinitionReader;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.definition.DirectoryEntry;
import org.jsupervisor.definition.Findings;
import org.jsupervisor.definition.TrustedFiles;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.rescan.ScanReport;
import org.jsupervisor.spec.ProcessSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One entry that defines several children, read by a reader as users may write it. */
class ManyDefinitionsTest {
  @TempDir Path root;
  private DefinitionFixture disk;
  private ScanDirectory directory;
  private DirectoryFollower follower;
  private final RecordingSupervisor supervisor = new RecordingSupervisor();

  /** {@code NAME=PROGRAM} in each line; a line without {@code =} makes the file unreadable. */
  private static final class Lines implements DefinitionReader {
    @Override
    public boolean reads(DirectoryEntry entry) {
      return entry.name().endsWith(".lines");
    }

    @Override
    public List<Definition> read(DirectoryEntry entry, DefinitionSettings settings) {
      Findings file = new Findings();
      List<String> lines =
          new TrustedFiles(settings, file)
              .readAll(entry.path(), 1000)
              .map(bytes -> new String(bytes, StandardCharsets.UTF_8).lines().toList())
              .orElse(List.of());
      if (!lines.stream().allMatch(line -> line.contains("="))) {
        file.problem(entry.path().toString(), "", "must have '=' in each line");
      }
      return file.count() > 0
          ? List.of(file.unreadable(entry))
          : lines.stream().map(line -> definition(entry, line.split("=", 2))).toList();
    }

    private static Definition definition(DirectoryEntry entry, String[] line) {
      Findings findings = new Findings();
      if (line[1].isEmpty()) {
        findings.problem(entry.path().toString(), line[0], "must have a program");
      }
      return findings.conclude(entry, line[0], () -> ProcessSpec.builder(line[0], line[1]).build());
    }
  }

  @BeforeEach
  void follow() throws IOException {
    disk = new DefinitionFixture(root);
    disk.file("all.lines", "db=/bin/db\nweb=/bin/web\n");
    directory = new ScanDirectory(root, List.of(new Lines()), disk.settings());
    ScanResult found = directory.read();
    found.specs().forEach(spec -> supervisor.children.put(spec.id(), spec));
    follower = DirectoryFollower.following(directory, found, supervisor, Runnable::run);
  }

  private ScanReport rescan() {
    return follower.rescan().toCompletableFuture().join();
  }

  private static List<ChildId> ids(String... names) {
    return List.of(names).stream().map(ChildId::of).toList();
  }

  @Test
  void eachIsAChildOfItsOwn() throws IOException {
    assertThat(directory.read().specs())
        .extracting(spec -> spec.id().name())
        .containsExactly("db", "web");
  }

  @Test
  void changeOfOne_touchesNoOther() {
    disk.file("all.lines", "db=/bin/db2\nweb=/bin/web\ncron=/bin/cron\n");
    assertThat(rescan().changed()).isEqualTo(ids("db"));
    assertThat(supervisor.calls).containsExactly("define cron", "define db");
  }

  @Test
  void oneThatIsRefused_keepsItsLastGoodDefinition_andTheOthersFollow() {
    disk.file("all.lines", "db=\nweb=/bin/web2\n");
    ScanReport report = rescan();
    assertThat(report.kept()).isEqualTo(ids("db"));
    assertThat(report.changed()).isEqualTo(ids("web"));
  }

  @Test
  void oneThatIsGone_isRemoved() {
    disk.file("all.lines", "web=/bin/web\n");
    assertThat(rescan().removed()).isEqualTo(ids("db"));
  }

  @Test
  void unreadable_keepsAllThatCameFromIt() {
    disk.file("all.lines", "db=/bin/other\nhalf writ");
    ScanReport report = rescan();
    assertThat(report.kept()).isEqualTo(ids("db", "web"));
    assertThat(report.problems()).hasSize(1);
    assertThat(supervisor.calls).isEmpty();
    disk.file("all.lines", "db=/bin/other\n");
    assertThat(rescan().removed()).isEqualTo(ids("web"));
  }

  @Test
  void movedEntry_keepsItsChildren_alsoIfItCannotBeReadLater() throws IOException {
    Files.move(root.resolve("all.lines"), root.resolve("moved.lines"));
    assertThat(rescan().isEmpty()).isTrue();
    disk.file("moved.lines", "half writ");
    assertThat(rescan().kept()).isEqualTo(ids("db", "web"));
    assertThat(supervisor.calls).isEmpty();
  }

  @Test
  void danglingLink_keepsAllThatCameFromIt() throws IOException {
    Files.delete(root.resolve("all.lines"));
    Files.createSymbolicLink(root.resolve("all.lines"), Path.of("nowhere"));
    assertThat(rescan().kept()).isEqualTo(ids("db", "web"));
    Files.delete(root.resolve("all.lines"));
    assertThat(rescan().removed()).isEqualTo(ids("db", "web"));
  }

  @Test
  void fileWithoutServices_isNoted_andRemovesWhatCameFromIt() {
    disk.file("all.lines", "");
    ScanReport report = rescan();
    assertThat(report.removed()).isEqualTo(ids("db", "web"));
    assertThat(report.notes()).singleElement().asString().contains("defines no service");
  }

  @Test
  void nameInTwoEntries_refusesBoth() throws IOException {
    disk.file("more.lines", "web=/bin/other\ncron=/bin/cron\n");
    ScanResult found = directory.read();
    assertThat(found.specs()).extracting(spec -> spec.id().name()).containsExactly("cron", "db");
    assertThat(found.problems()).hasSize(2);
  }

  @Test
  void nameThatCannotBeAChilds_isRefusedAlone() throws IOException {
    disk.file("all.lines", "d b=/bin/db\nweb=/bin/web\n");
    ScanResult found = directory.read();
    assertThat(found.specs()).extracting(spec -> spec.id().name()).containsExactly("web");
    assertThat(found.problems()).singleElement().asString().contains("a name must be");
  }
}
