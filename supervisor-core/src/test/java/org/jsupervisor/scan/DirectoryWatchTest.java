package org.jsupervisor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.definition.DefinitionFixture;
import org.jsupervisor.definition.DefinitionReader;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.definition.DirectoryEntry;
import org.jsupervisor.definition.own.ServiceFileReader;
import org.jsupervisor.rescan.WatchState;
import org.junit.jupiter.api.Test;

/** What happens in a directory is followed by itself. */
class DirectoryWatchTest extends WatchCase {
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
    followReadBy(reader, new ServiceFileReader());
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
