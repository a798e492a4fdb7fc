package org.jsupervisor.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jsupervisor.definition.DefinitionFixture;
import org.jsupervisor.definition.own.ServiceFileReader;
import org.jsupervisor.definition.supervisord.SupervisordReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which places are watched, and which names matter there. */
class WatchedPlacesTest {
  @TempDir Path temp;
  private Path root;
  private DefinitionFixture disk;
  private DefinitionFixture shared;

  @BeforeEach
  void prepare() throws IOException {
    root = Files.createDirectory(temp.resolve("services"));
    disk = new DefinitionFixture(root);
    shared = new DefinitionFixture(Files.createDirectory(temp.resolve("shared")));
  }

  private static WatchList watched(ScanDirectory directory) throws IOException {
    return directory.watched(directory.read().elsewhere());
  }

  private boolean matters(WatchList list, Path directory, String name) {
    return list.directories().stream()
        .filter(each -> each.normalize().equals(directory))
        .anyMatch(each -> list.matters(each, name));
  }

  @Test
  void includeElsewhere_mattersAlone_howeverItsPathIsWritten() throws IOException {
    Path file = shared.file("common.properties", "command=sleep\n");
    disk.file("web.properties", "include=../shared/common.properties\n");
    disk.file("api.properties", "include=" + root.resolve("../shared/common.properties") + "\n");
    WatchList list = watched(ScanDirectory.of(root, disk.settings()));
    assertThat(matters(list, file.getParent(), "common.properties")).isTrue();
    assertThat(matters(list, file.getParent(), "app.log")).isFalse();
  }

  @Test
  void includeInTheScanDirectory_mattersAlone() throws IOException {
    disk.file("state/common.properties", "command=sleep\n");
    disk.file("web.properties", "include=state/common.properties\n");
    WatchList list =
        watched(new ScanDirectory(root, List.of(new ServiceFileReader()), disk.settings()));
    assertThat(matters(list, root.resolve("state"), "common.properties")).isTrue();
    assertThat(matters(list, root.resolve("state"), "app.log")).isFalse();
  }

  @Test
  void directoryThatWasSearchedForFiles_mattersAsAWhole() throws IOException {
    disk.file("all.conf", "[include]\nfiles = conf.d/*.conf ../shared/*.conf\n");
    disk.directory("conf.d");
    WatchList list =
        watched(new ScanDirectory(root, List.of(new SupervisordReader()), disk.settings()));
    assertThat(matters(list, root.resolve("conf.d"), "new.conf")).isTrue();
    assertThat(matters(list, temp.resolve("shared"), "new.conf")).isTrue();
  }

  @Test
  void firstMissingPartOfAPath_matters() throws IOException {
    disk.file("web.properties", "include=../late/more/common.properties\n");
    WatchList list = watched(ScanDirectory.of(root, disk.settings()));
    assertThat(matters(list, temp, "late")).isTrue();
  }

  @Test
  void placeThatCannotBeWatched_isToldAndTheOthersAreWatched() throws Exception {
    WatchList list = new WatchList();
    list.all(root);
    list.all(root.resolve("x".repeat(300)));
    try (WatchedPlaces places = new WatchedPlaces(root.getFileSystem().newWatchService())) {
      assertThatThrownBy(() -> places.watch(list))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("too long");
      disk.file("web.properties", "command=sleep\n");
      var key = places.poll(TimeUnit.SECONDS.toNanos(60));
      assertThat(key).isNotNull();
      assertThat(places.matters(key)).isTrue();
    }
  }
}
