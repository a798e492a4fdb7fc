package org.jsupervisor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.definition.DefinitionFixture;
import org.jsupervisor.definition.DefinitionReader;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.definition.DirectoryEntry;
import org.jsupervisor.definition.Findings;
import org.jsupervisor.definition.ParameterSources;
import org.jsupervisor.definition.TrustedFiles;
import org.jsupervisor.definition.own.ServiceFileReader;
import org.jsupervisor.definition.procfile.ProcfileReader;
import org.jsupervisor.definition.supervisord.SupervisordReader;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.rescan.ScanReport;
import org.jsupervisor.rescan.WatchState;
import org.jsupervisor.spec.ProcessSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tree that follows its directory by itself, with the real watches of the system. */
class DirectoryWatchTest {
  private static final String SERVICE = "command=sleep\n";
  private static final WatchOptions FAST = WatchOptions.defaults().withQuiet(Duration.ofMillis(20));

  @TempDir Path temp;
  private Path root;
  private DefinitionFixture disk;
  private DirectoryFollower follower;
  private final RecordingSupervisor supervisor = new RecordingSupervisor();
  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private final ConcurrentLinkedQueue<ScanReport> reports = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private DirectoryWatch watch;

  private final ScanListener listener =
      new ScanListener() {
        @Override
        public void onReport(ScanReport report) {
          reports.add(report);
        }

        @Override
        public void onFailure(Throwable reason) {
          failures.add(reason);
        }
      };

  @BeforeEach
  void follow() throws IOException {
    root = Files.createDirectory(temp.resolve("services"));
    disk = new DefinitionFixture(root);
    ScanDirectory directory = ScanDirectory.of(root, disk.settings());
    follower = DirectoryFollower.following(directory, directory.read(), supervisor, executor);
  }

  @AfterEach
  void end() {
    watch.close();
    executor.shutdownNow();
  }

  private void begin(WatchOptions options) throws IOException {
    watch = DirectoryWatch.begin(follower, options, listener);
    await("the first rescan", () -> reports.size() == 1);
  }

  private static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** The children by name, as the supervisor has them. */
  private List<String> children() {
    synchronized (supervisor.children) {
      return supervisor.children.keySet().stream().map(ChildId::name).sorted().toList();
    }
  }

  private void awaitChildren(String... names) {
    await(List.of(names) + " are there", () -> children().equals(List.of(names)));
  }

  private String colour(String name) {
    synchronized (supervisor.children) {
      return supervisor.children.get(ChildId.of(name)) instanceof ProcessSpec spec
          ? String.valueOf(spec.environment().variables().get("COLOUR"))
          : "";
    }
  }

  private String program(String name) {
    synchronized (supervisor.children) {
      return supervisor.children.get(ChildId.of(name)) instanceof ProcessSpec spec
          ? spec.command().program()
          : "";
    }
  }

  @Test
  void whatComesAndGoes_isFollowed() throws IOException {
    begin(FAST);
    disk.file("web.properties", SERVICE);
    awaitChildren("web");
    disk.file("web.properties", "command=cat\n");
    await("its program", () -> program("web").equals("cat"));
    Files.delete(root.resolve("web.properties"));
    awaitChildren();
  }

  @Test
  void watch_isSeenByOperators_untilItIsClosed() throws IOException {
    assertThat(follower.state().watch()).isEqualTo(WatchState.NONE);
    begin(FAST);
    assertThat(follower.state().watch()).isEqualTo(WatchState.WATCHING);
    watch.close();
    await("its end", () -> follower.state().watch() == WatchState.NONE);
  }

  @Test
  void changeBeforeTheWatch_isSeen() throws IOException {
    disk.file("web.properties", SERVICE);
    begin(FAST);
    awaitChildren("web");
  }

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
    ScanDirectory directory =
        new ScanDirectory(root, List.of(new ProcfileReader()), disk.settings());
    follower = DirectoryFollower.following(directory, directory.read(), supervisor, executor);
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
    ScanDirectory directory =
        ScanDirectory.of(root, disk.settings())
            .refreshing(
                settings ->
                    settings.withParameters(
                        ParameterSources.none()
                            .withSettings(Map.of("program", text(settings, program)))));
    follower = DirectoryFollower.following(directory, directory.read(), supervisor, executor);
    disk.file("web.properties", "parameters=on\ncommand=${setting:program}\n");
    begin(FAST);
    await("its program", () -> program("web").equals("sleep"));
    elsewhere.file("program", "cat");
    await("the other program", () -> program("web").equals("cat"));
  }

  private static String text(DefinitionSettings settings, Path file) {
    return new TrustedFiles(settings, new Findings())
        .readAll(file, 100)
        .map(bytes -> new String(bytes, StandardCharsets.US_ASCII))
        .orElse("missing");
  }

  @Test
  void moreFilesOfAnIncludedDirectory_areNoticed() throws IOException {
    ScanDirectory directory =
        new ScanDirectory(root, List.of(new SupervisordReader()), disk.settings());
    follower = DirectoryFollower.following(directory, directory.read(), supervisor, executor);
    disk.file("all.conf", "[include]\nfiles = conf.d/*.conf\n");
    disk.file("conf.d/a.conf", "[program:a]\ncommand=sleep 1\n");
    begin(FAST);
    awaitChildren("a");
    disk.file("conf.d/b.conf", "[program:b]\ncommand=sleep 1\n");
    awaitChildren("a", "b");
  }

  @Test
  void newServiceDirectory_isWatchedInside() throws IOException {
    begin(FAST);
    disk.program("web/run", "#!/bin/sh\n");
    awaitChildren("web");
    disk.program("web/log/run", "#!/bin/sh\n");
    awaitChildren("web", "web.log");
    Files.delete(root.resolve("web/log/run"));
    awaitChildren("web");
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

  @Test
  void readerThatThrows_doesNotEndTheWatch() throws IOException {
    AtomicBoolean throwsNow = new AtomicBoolean();
    DefinitionReader reader =
        new DefinitionReader() {
          @Override
          public boolean reads(DirectoryEntry entry) {
            return entry.name().endsWith(".d");
          }

          @Override
          public List<Definition> read(DirectoryEntry entry, DefinitionSettings settings) {
            return List.of();
          }

          @Override
          public List<Path> places(DirectoryEntry entry) {
            if (throwsNow.get()) {
              throw new IllegalStateException("a bug");
            }
            return List.of(entry.path());
          }
        };
    ScanDirectory directory =
        new ScanDirectory(root, List.of(reader, new ServiceFileReader()), disk.settings());
    follower = DirectoryFollower.following(directory, directory.read(), supervisor, executor);
    begin(FAST);
    throwsNow.set(true);
    Files.createDirectory(root.resolve("any.d"));
    await("it is told", () -> failures.peek() instanceof IllegalStateException);
    throwsNow.set(false);
    disk.file("web.properties", SERVICE);
    awaitChildren("web");
  }

  @Test
  void directoryThatIsGone_isFollowedAgainWhenItIsBack() throws IOException {
    disk.file("web.properties", SERVICE);
    begin(FAST);
    awaitChildren("web");
    Files.move(root, temp.resolve("away"));
    await("it is told", () -> !failures.isEmpty());
    assertThat(failures.peek()).isInstanceOf(ScanFailedException.class);
    assertThat(children()).as("nothing is concluded from its absence").containsExactly("web");
    Files.createDirectory(root);
    new DefinitionFixture(root).file("db.properties", SERVICE);
    awaitChildren("db");
  }

  @Test
  void stormOfEdits_endsWithWhatIsInTheDirectory() throws IOException {
    begin(FAST);
    Random dice = new Random(7);
    TreeSet<String> there = new TreeSet<>();
    for (int n = 0; n < 2_000; n++) {
      String name = "s" + dice.nextInt(20);
      if (dice.nextInt(3) > 0) {
        disk.file(name + ".properties", "command=p" + n + "\n");
        there.add(name);
      } else {
        Files.deleteIfExists(root.resolve(name + ".properties"));
        there.remove(name);
      }
    }
    disk.file("last.properties", SERVICE);
    there.add("last");
    awaitChildren(there.toArray(String[]::new));
    for (String name : there) {
      String text = Files.readString(root.resolve(name + ".properties"));
      await(name, () -> text.equals("command=" + program(name) + "\n"));
    }
  }

  @Test
  void nothingIsNoticed_theIntervalHelps() throws IOException {
    begin(FAST.withInterval(Duration.ofMillis(10)));
    await("several rescans without a change", () -> reports.size() > 3);
    assertThat(supervisor.calls).isEmpty();
  }

  @Test
  void namesWithADot_wakeNobody() throws IOException {
    begin(FAST);
    for (int n = 0; n < 50; n++) {
      disk.file(".hidden" + n, "x");
    }
    disk.file("web.properties", SERVICE);
    awaitChildren("web");
    // One at the beginning, and those for web: written once, maybe seen twice.
    assertThat(reports.size()).isLessThanOrEqualTo(3);
  }

  @Test
  void close_endsTheThread() throws IOException {
    begin(FAST);
    watch.close();
    watch.close();
    await("the thread has ended", () -> !watch.isRunning());
  }
}
