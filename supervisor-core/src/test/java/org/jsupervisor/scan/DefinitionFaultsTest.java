package org.jsupervisor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jsupervisor.definition.DefinitionFixture;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.rescan.ScanReport;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SpecProblem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults of our catalogue, by their numbers, that a directory of definitions can have. */
class DefinitionFaultsTest {
  private static final String SERVICE = "command=sleep\n";
  private static final int SWAPS = 300;

  @TempDir Path temp;
  private Path root;
  private DefinitionFixture disk;
  private ScanDirectory directory;
  private final RecordingSupervisor supervisor = new RecordingSupervisor();

  @BeforeEach
  void makeDirectory() throws IOException {
    root = Files.createDirectory(temp.resolve("services"));
    disk = new DefinitionFixture(root);
    directory = ScanDirectory.of(root, disk.settings());
  }

  private static List<String> names(ScanResult found) {
    return found.specs().stream().map(spec -> spec.id().name()).toList();
  }

  private static List<String> programs(ScanResult found) {
    return found.specs().stream().map(ProcessSpec::command).map(each -> each.program()).toList();
  }

  private DirectoryFollower follower() throws IOException {
    ScanResult found = directory.read();
    found.specs().forEach(spec -> supervisor.children.put(spec.id(), spec));
    return DirectoryFollower.following(directory, found, supervisor, Runnable::run);
  }

  private static ScanReport rescan(DirectoryFollower follower) {
    return follower.rescan().toCompletableFuture().join();
  }

  /** Everything that a half written file can be, while a good definition is in force. */
  @Test
  void f41_halfWrittenDefinition_neverStopsARunningChild() throws IOException {
    String whole = "command=sleep\nargument=1000\nrestart=permanent\nlog.size=20M\n";
    disk.file("web.properties", whole);
    DirectoryFollower follower = follower();
    List<String> contents = new ArrayList<>();
    for (int length = 0; length < whole.length(); length++) {
      contents.add(whole.substring(0, length));
    }
    contents.add("\ufeff" + whole);
    contents.add("\u0000\u0001\u0002".repeat(1000));
    for (String content : contents) {
      disk.file("web.properties", content);
      ScanReport report = rescan(follower);
      assertThat(report.removed()).as(content).isEmpty();
      if (!report.problems().isEmpty()) {
        assertThat(report.kept()).as(content).containsExactly(ChildId.of("web"));
      }
    }
    disk.file("web.properties", whole);
    assertThat(rescan(follower).isClean()).isTrue();
  }

  /** A reader never sees the one by the trust in the other. */
  @Test
  void f43_linkThatIsSwappedWhileItIsRead_neverLeadsToAnUntrustedDefinition() throws Exception {
    Path good = Files.writeString(temp.resolve("good"), "command=good\n");
    Path bad = Files.writeString(temp.resolve("bad"), "command=bad\n");
    Files.setPosixFilePermissions(bad, PosixFilePermissions.fromString("rw-rw-rw-"));
    Path link = root.resolve("web.properties");
    Files.createSymbolicLink(link, good);
    AtomicBoolean ends = new AtomicBoolean();
    Thread swapper = new Thread(() -> swap(link, good, bad, ends), "swapper");
    swapper.start();
    TreeSet<String> seen = new TreeSet<>();
    try {
      for (int n = 0; n < SWAPS; n++) {
        seen.addAll(programs(directory.read()));
      }
    } finally {
      ends.set(true);
      swapper.join();
    }
    assertThat(seen).isSubsetOf("good");
  }

  private void swap(Path link, Path good, Path bad, AtomicBoolean ends) {
    try {
      for (boolean isGood = false; !ends.get(); isGood = !isGood) {
        Path next = root.resolve(".next");
        Files.createSymbolicLink(next, isGood ? good : bad);
        Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void f43_hardLink_isJudgedByWhoMayWriteIt() throws IOException {
    Path other = Files.writeString(temp.resolve("other"), SERVICE);
    Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rw-rw-r--"));
    Files.createLink(root.resolve("web.properties"), other);
    assertThat(directory.read().specs()).isEmpty();
  }

  @Test
  void f47_tenThousandDefinitions_areRead_oneOfTwoDoublesIsNone() throws IOException {
    for (int file = 0; file < 10; file++) {
      StringBuilder text = new StringBuilder("services:\n");
      for (int n = file * 1000; n < (file + 1) * 1000; n++) {
        text.append("  s").append(n).append(": {command: x}\n");
      }
      disk.file("all" + file + ".yaml", text.toString());
    }
    disk.file("s5000.properties", SERVICE);
    ScanResult found = directory.read();
    assertThat(found.specs()).hasSize(9_999);
    assertThat(found.problems())
        .hasSize(2)
        .extracting(SpecProblem::rule)
        .allMatch(rule -> rule.startsWith("must be defined only once"));
  }

  @Test
  void f47_bug20_circles_selfAndMissingNeeds_areRefusedAlone_withTheirPath() throws IOException {
    disk.file("a.properties", SERVICE + "needs=b\n");
    disk.file("b.properties", SERVICE + "needs=c\n");
    disk.file("c.properties", SERVICE + "needs=a\n");
    disk.file("itself.properties", SERVICE + "needs=itself\n");
    disk.file("lonely.properties", SERVICE + "needs=nobody\n");
    disk.file("good.properties", SERVICE);
    ScanResult found = directory.read();
    assertThat(names(found)).containsExactly("good");
    assertThat(found.problems().stream().map(SpecProblem::toString))
        .anyMatch(problem -> problem.contains("a -> b -> c -> a"))
        .anyMatch(problem -> problem.contains("itself"))
        .anyMatch(problem -> problem.contains("nobody"));
  }

  @Test
  void chainThatEndsNowhere_refusesAllOfIt() throws IOException {
    StringBuilder text = new StringBuilder("services:\n");
    for (int n = 0; n < 999; n++) {
      text.append("  s").append(n).append(": {command: x, needs: s").append(n + 1).append("}\n");
    }
    disk.file("all.yaml", text.toString());
    ScanResult found = directory.read();
    assertThat(found.specs()).isEmpty();
    assertThat(found.problems()).hasSize(999);
    assertThat(found.problems().stream().map(SpecProblem::rule))
        .filteredOn("must not need a service that is refused"::equals)
        .hasSize(998);
  }

  @Test
  void bug20_whatOthersNeed_isNotRemovedBeforeThem() throws IOException {
    disk.file("db.properties", SERVICE);
    disk.file("web.properties", SERVICE + "needs=db\n");
    DirectoryFollower follower = follower();
    Files.delete(root.resolve("db.properties"));
    ScanReport report = rescan(follower);
    // Web is refused now, so it stays as it is, and still needs db.
    assertThat(report.kept()).containsExactly(ChildId.of("web"));
    assertThat(supervisor.calls).containsExactly("remove db");
    supervisor.calls.clear();
    disk.file("db.properties", SERVICE);
    Files.delete(root.resolve("web.properties"));
    Files.delete(root.resolve("db.properties"));
    assertThat(rescan(follower).removed()).contains(ChildId.of("web"));
  }

  @Test
  void f49_namesThatAreNoNames_areRefusedAlone_andNeverAPath() throws IOException {
    List<String> bad =
        List.of("../../x", "/etc/x", "x".repeat(300), "a b", "-x", ".x", "\u00e4", "a/b", "..");
    StringBuilder text = new StringBuilder("services:\n  CON: {command: x}\n  con: {command: x}\n");
    bad.forEach(name -> text.append("  \"").append(name).append("\": {command: x}\n"));
    disk.file("all.yaml", text.toString());
    ScanResult found = directory.read();
    assertThat(names(found)).containsExactly("CON", "con");
    assertThat(found.problems()).hasSize(bad.size());
    assertThat(found.specs())
        .allSatisfy(
            spec -> assertThat(spec.output().toString()).doesNotContain("..").contains("/"));
  }

  @Test
  void f49_fileNamesThatAreNoNames_areRefusedAlone() throws IOException {
    disk.file("a b.properties", SERVICE);
    disk.file("-x.properties", SERVICE);
    disk.file("\u00e4.properties", SERVICE);
    disk.file("new\nline.properties", SERVICE);
    disk.file("good.properties", SERVICE);
    ScanResult found = directory.read();
    assertThat(names(found)).containsExactly("good");
    assertThat(found.problems()).hasSize(4).allMatch(problem -> !problem.toString().contains("\n"));
  }

  @Test
  void bug17_changedNumberOfInstances_keepsTheOthers() throws IOException {
    disk.file("worker@.properties", "instances=1-2\n" + SERVICE);
    DirectoryFollower follower = follower();
    assertThat(supervisor.children).hasSize(2);
    disk.file("worker@.properties", "instances=1-3\n" + SERVICE);
    rescan(follower);
    assertThat(supervisor.calls).containsExactly("define worker@3");
    supervisor.calls.clear();
    disk.file("worker@.properties", "instances=1\n" + SERVICE);
    rescan(follower);
    assertThat(supervisor.calls).containsExactlyInAnyOrder("remove worker@2", "remove worker@3");
  }

  @Test
  void bug17_badNewDefinition_leavesTheOldOneInForce() throws IOException {
    disk.file("web.properties", SERVICE);
    DirectoryFollower follower = follower();
    disk.file("web.properties", "command=sleep\nrestart=sometimes\n");
    assertThat(rescan(follower).kept()).containsExactly(ChildId.of("web"));
    assertThat(supervisor.calls).isEmpty();
  }
}
