package org.jsupervisor.scan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jsupervisor.definition.DefinitionFixture;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.definition.Findings;
import org.jsupervisor.definition.ParameterSources;
import org.jsupervisor.definition.TrustedFiles;
import org.jsupervisor.definition.procfile.ProcfileReader;
import org.jsupervisor.definition.supervisord.SupervisordReader;
import org.junit.jupiter.api.Test;

/** What happens to files elsewhere that are read for a directory is followed by itself. */
class FilesElsewhereTest extends WatchCase {
  @Test
  void includedFileElsewhere_isWatched_alsoBeforeItIsThere() throws IOException {
    Path shared = Files.createDirectory(temp.resolve("shared"));
    DefinitionFixture elsewhere = new DefinitionFixture(shared);
    elsewhere.file("common.properties", "command=sleep\n");
    disk.file("web.properties", "include=../shared/common.properties\n");
    begin(FAST);
    awaitChildren("web");

    elsewhere.file("common.properties", "command=cat\n");
    await("its program", () -> program("web").equals("cat"));

    disk.file("api.properties", "include=../shared/later.properties\n");
    await("the refusal", () -> reports.stream().anyMatch(report -> !report.isClean()));
    elsewhere.file("later.properties", "command=sleep\n");
    awaitChildren("api", "web");

    Path other = elsewhere.file("other.properties", "command=true\n");
    Path link = root.resolveSibling("shared").resolve("later.properties");
    Files.delete(link);
    Files.createSymbolicLink(link, other);
    await("what the link leads to", () -> program("api").equals("true"));
    elsewhere.file("other.properties", "command=false\n");
    await("its change", () -> program("api").equals("false"));
  }

  @Test
  void environmentOfAProcfile_isWatchedThoughItsNameBeginsWithADot() throws IOException {
    followReadBy(new ProcfileReader());
    disk.file("Procfile", "web: sleep 1\n");
    begin(FAST);
    awaitChildren("web");
    disk.file(".env", "COLOUR=red\n");
    await("its environment", () -> colour("web").equals("red"));
    disk.file(".env", "COLOUR=blue\n");
    await("its change", () -> colour("web").equals("blue"));
  }

  @Test
  void includeInADirectoryThatComesLater_isNoticed() throws IOException {
    disk.file("web.properties", "include=../late/more/common.properties\n");
    begin(FAST);
    await("the refusal", () -> reports.stream().anyMatch(report -> !report.isClean()));
    Path late = Files.createDirectory(temp.resolve("late"));
    DefinitionFixture elsewhere = new DefinitionFixture(late);
    elsewhere.file("more/common.properties", "command=sleep\n");
    awaitChildren("web");
    elsewhere.file("more/common.properties", "command=cat\n");
    await("its program", () -> program("web").equals("cat"));
  }

  @Test
  void settingsFromAFile_areReadAtEachRescan_andTheFileIsWatched() throws IOException {
    DefinitionFixture elsewhere = new DefinitionFixture(temp);
    Path program = elsewhere.file("program", "sleep");
    follow(
        ScanDirectory.of(root, disk.settings())
            .refreshing(settings -> withProgram(settings, program)));
    disk.file("web.properties", "parameters=on\ncommand=${setting:program}\n");
    begin(FAST);
    await("its program", () -> program("web").equals("sleep"));
    elsewhere.file("program", "cat");
    await("the other program", () -> program("web").equals("cat"));
  }

  @Test
  void fileThatAnOperatorsRescanReadsFirst_isWatchedFromThenOn() throws IOException {
    DefinitionFixture elsewhere = new DefinitionFixture(temp);
    AtomicReference<Path> program = new AtomicReference<>(elsewhere.file("one/program", "sleep"));
    Path other = elsewhere.file("other/program", "cat");
    follow(
        ScanDirectory.of(root, disk.settings())
            .refreshing(settings -> withProgram(settings, program.get())));
    disk.file("web.properties", "parameters=on\ncommand=${setting:program}\n");
    begin(FAST);
    await("its program", () -> program("web").equals("sleep"));
    await("the watch sleeps until it is woken", FilesElsewhereTest::isWatchAsleep);
    program.set(other);
    var unused = follower.rescan();
    await("the other program", () -> program("web").equals("cat"));
    // Nothing but the file itself, so that nothing but its own watch can tell.
    Files.writeString(other, "tac");
    await("its change", () -> program("web").equals("tac"));
  }

  private static boolean isWatchAsleep() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("jsupervisor-watch-services"))
        .anyMatch(thread -> thread.getState() == Thread.State.WAITING);
  }

  /** The parameter {@code program} is what the file says. */
  private static DefinitionSettings withProgram(DefinitionSettings settings, Path file) {
    String program =
        new TrustedFiles(settings, new Findings())
            .readAll(file, 100)
            .map(bytes -> new String(bytes, StandardCharsets.US_ASCII))
            .orElse("missing");
    return settings.withParameters(
        ParameterSources.none().withSettings(Map.of("program", program)));
  }

  @Test
  void moreFilesOfAnIncludedDirectory_areNoticed() throws IOException {
    followReadBy(new SupervisordReader());
    disk.file("all.conf", "[include]\nfiles = conf.d/*.conf\n");
    disk.file("conf.d/a.conf", "[program:a]\ncommand=sleep 1\n");
    begin(FAST);
    awaitChildren("a");
    disk.file("conf.d/b.conf", "[program:b]\ncommand=sleep 1\n");
    awaitChildren("a", "b");
  }

  @Test
  void targetsOfLinks_areWatched_alsoWhenALinkIsExchanged() throws IOException {
    Path store = Files.createDirectory(temp.resolve("store"));
    Files.writeString(store.resolve("one"), SERVICE);
    Files.writeString(store.resolve("other"), "command=tac\n");
    Files.createSymbolicLink(root.resolve("web.properties"), store.resolve("one"));
    begin(FAST);
    awaitChildren("web");
    Files.writeString(store.resolve("one"), "command=cat\n");
    await("the target's change", () -> program("web").equals("cat"));
    Files.createSymbolicLink(root.resolve(".new"), store.resolve("other"));
    Files.move(
        root.resolve(".new"),
        root.resolve("web.properties"),
        java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    await("the other target", () -> program("web").equals("tac"));
  }

  @Test
  void linkOnTheWay_thatIsExchanged_isNoticed() throws IOException {
    for (String release : List.of("one", "other")) {
      Path store = Files.createDirectories(temp.resolve("store").resolve(release));
      Files.writeString(store.resolve("web.properties"), "command=" + release + "\n");
    }
    Path current = temp.resolve("store/current");
    Files.createSymbolicLink(current, Path.of("one"));
    Files.createSymbolicLink(root.resolve("web.properties"), current.resolve("web.properties"));
    begin(FAST);
    await("the first release", () -> program("web").equals("one"));
    Files.createSymbolicLink(temp.resolve("store/next"), Path.of("other"));
    Files.move(temp.resolve("store/next"), current, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    await("the other release", () -> program("web").equals("other"));
  }
}
