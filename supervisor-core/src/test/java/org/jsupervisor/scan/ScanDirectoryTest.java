package org.jsupervisor.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.definition.DefinitionFixture;
import org.jsupervisor.definition.DefinitionReader;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.definition.DirectoryEntry;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SpecProblem;
import org.jsupervisor.spec.SupervisorSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanDirectoryTest {
  private static final String SERVICE = "command=sleep\n";

  @TempDir Path root;
  private DefinitionFixture disk;

  @BeforeEach
  void prepare() {
    disk = new DefinitionFixture(root);
  }

  private ScanResult scan() throws ScanFailedException {
    return ScanDirectory.of(root, disk.settings()).read();
  }

  private List<String> told(List<SpecProblem> problems) {
    return problems.stream().map(each -> each.toString().replace(root + "/", "")).toList();
  }

  private static List<String> names(ScanResult result) {
    return result.specs().stream().map(spec -> spec.id().path()).toList();
  }

  @Test
  void loggerOfOne_thatHasTheNameOfAnother_refusesBoth() throws IOException {
    disk.program("web/run", "#!/bin/sh\n");
    disk.program("web/log/run", "#!/bin/sh\n");
    disk.file("web.log.properties", "command=cat\n");
    disk.file("db.properties", "command=cat\n");
    ScanResult found = ScanDirectory.of(root, disk.settings()).read();
    assertThat(found.specs()).extracting(spec -> spec.id().name()).containsExactly("db");
    assertThat(found.problems())
        .hasSize(2)
        .allSatisfy(
            problem -> assertThat(problem.toString()).contains("must be defined only once"));
  }

  @Test
  void sharedLogDirectory_refusesBoth_andNooneElse() throws IOException {
    disk.file("a.properties", SERVICE + "log.directory=/tmp/x/shared\n");
    disk.file("b.properties", SERVICE);
    disk.file("c.properties", SERVICE + "log.directory=/tmp/x/y/../shared\n");
    ScanResult result = scan();
    assertThat(names(result)).containsExactly("b");
    assertThat(told(result.problems()))
        .containsExactly(
            "a.properties: a place of output must belong to one service only, is named by a, c,"
                + " was '/tmp/x/shared'",
            "c.properties: a place of output must belong to one service only, is named by a, c,"
                + " was '/tmp/x/shared'");
  }

  @Test
  void entries_comeInTheOrderOfTheirNames_dotNamesAreSkipped() throws IOException {
    disk.file("c.properties", SERVICE);
    disk.program("b/run", "#!/bin/sh\n");
    disk.file("a.properties", SERVICE);
    disk.file(".hidden.properties", "nonsense");
    disk.directory(".git");
    ScanResult result = scan();
    assertThat(names(result)).containsExactly("a", "b", "c");
    assertThat(result.problems()).isEmpty();
    assertThat(result.notes()).isEmpty();
    assertThat(result.directory()).isEqualTo(root);
  }

  @Test
  void entriesThatNobodyReads_areNotes() throws IOException {
    disk.file("README", "hello");
    disk.file("a.properties", SERVICE);
    disk.program("b/run", "#!/bin/sh\n");
    disk.file("b/finish", "");
    assertThat(told(scan().notes()))
        .containsExactly(
            "b/finish: is not honoured yet", "README: is no definition; it is not read");
  }

  @Test
  void nameThatIsNoName_isRefused() throws IOException {
    disk.file("a b.properties", SERVICE);
    disk.directory("-x");
    disk.file("ok.properties", SERVICE);
    ScanResult result = scan();
    assertThat(names(result)).containsExactly("ok");
    assertThat(told(result.problems()))
        .containsExactly(
            "-x: a name must be 1 to 100 of A-Z a-z 0-9 . _ @ -, was '-x'",
            "a b.properties: a name must be 1 to 100 of A-Z a-z 0-9 . _ @ -, was 'a b'");
  }

  @Test
  void twoDefinitionsOfOneName_areBothRefused() throws IOException {
    disk.file("web.properties", SERVICE);
    disk.program("web/run", "#!/bin/sh\n");
    ScanResult result = scan();
    assertThat(result.specs()).isEmpty();
    assertThat(told(result.problems()))
        .containsExactly(
            "web: must be defined only once, is by [web, web.properties], was 'web'",
            "web.properties: must be defined only once, is by [web, web.properties], was 'web'");
  }

  @Test
  void danglingLink_isRefused_andOneToADirectoryIsFollowed() throws IOException {
    disk.program(".store/web/run", "#!/bin/sh\n");
    Files.createSymbolicLink(root.resolve("web"), root.resolve(".store/web"));
    Files.createSymbolicLink(root.resolve("gone"), root.resolve(".store/gone"));
    ScanResult result = scan();
    assertThat(names(result)).containsExactly("web");
    assertThat(told(result.problems()))
        .containsExactly("gone: must not be a link that leads nowhere");
  }

  @Test
  void signalThatThePlatformLacks_refusesThatEntryOnly() throws IOException {
    disk.file("a.properties", SERVICE + "stop.signal=SIGEMT\n");
    disk.program("b/run", "#!/bin/sh\n");
    disk.file("b/down-signal", "33\n");
    disk.file("c.properties", SERVICE + "stop.signal=HUP\n");
    DefinitionSettings settings = disk.settings().withSupportedSignals(Signal.HUP::equals);
    ScanResult result = ScanDirectory.of(root, settings).read();
    assertThat(names(result)).containsExactly("c");
    assertThat(told(result.problems()))
        .containsExactly(
            "a.properties:2: stop.signal: must be a signal that this platform has, was 'SIGEMT'",
            "b/down-signal:1: must be a signal that this platform has, was '33'");
    assertThat(names(scan())).containsExactly("a", "b", "c");
  }

  @Test
  void ownReader_isAsked() throws IOException {
    disk.file("job.cmd", "/bin/true\n");
    DefinitionReader lines =
        new DefinitionReader() {
          @Override
          public boolean reads(DirectoryEntry entry) {
            return entry.name().endsWith(".cmd");
          }

          @Override
          public List<Definition> read(DirectoryEntry entry, DefinitionSettings settings) {
            return List.of(
                new Definition.Defined(
                    entry.path(), ProcessSpec.builder("job", "/bin/true").build(), List.of()));
          }
        };
    ScanResult result = new ScanDirectory(root, List.of(lines), disk.settings()).read();
    assertThat(names(result)).containsExactly("job");
  }

  @Test
  void readerThatThrows_refusesThatEntryOnly() throws IOException {
    disk.file("a.properties", SERVICE);
    DefinitionReader broken =
        new DefinitionReader() {
          @Override
          public boolean reads(DirectoryEntry entry) {
            return true;
          }

          @Override
          public List<Definition> read(DirectoryEntry entry, DefinitionSettings settings) {
            throw new IllegalStateException("a bug");
          }
        };
    ScanResult result = new ScanDirectory(root, List.of(broken), disk.settings()).read();
    assertThat(told(result.problems()))
        .containsExactly("a.properties: could not be read: java.lang.IllegalStateException: a bug");
  }

  @Test
  void nameWithALineBreak_doesNotBreakTheMessage() throws IOException {
    disk.file("a\nb.properties", SERVICE);
    disk.file("c\nd", "");
    assertThat(told(scan().problems())).singleElement().asString().doesNotContain("\n");
    assertThat(told(scan().notes())).singleElement().asString().doesNotContain("\n");
  }

  @Test
  void missingOrUntrustedDirectory_failsAsAWhole() throws IOException {
    DefinitionSettings settings = disk.settings();
    assertThatThrownBy(() -> ScanDirectory.of(root.resolve("no"), settings).read())
        .isInstanceOf(ScanFailedException.class)
        .hasMessage("scan directory '" + root.resolve("no") + "': is missing");
    Path file = disk.file("file", "");
    assertThatThrownBy(() -> ScanDirectory.of(file, settings).read())
        .isInstanceOf(ScanFailedException.class)
        .hasMessage("scan directory '" + file + "': must be a directory");
    DefinitionFixture.mode(root, "rwxrwxrwx");
    assertThatThrownBy(this::scan)
        .isInstanceOf(ScanFailedException.class)
        .hasMessage(
            "scan directory '"
                + root
                + "': must not be writable by group or others, was 'rwxrwxrwx'");
  }

  @Test
  void thousandEntries_becomeChildren() throws IOException {
    for (int i = 0; i < 1000; i++) {
      disk.file("s" + (1000 + i) + ".properties", SERVICE);
    }
    SupervisorSpec.Builder tree = SupervisorSpec.builder("tree");
    scan().specs().forEach(tree::addChild);
    assertThat(tree.build().children()).hasSize(1000);
  }
}
