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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  private static boolean matters(WatchList list, Path directory, String name) {
    return list.directories().stream()
        .filter(each -> each.normalize().equals(directory))
        .anyMatch(each -> list.matters(each, name));
  }

  /** A file alone, however its path is written; what was searched as a whole; what is missing. */
  @ParameterizedTest
  @CsvSource({
    "web.properties, include=../shared/common.properties, shared, common.properties, true",
    "web.properties, include=../shared/common.properties, shared, app.log, false",
    "web.properties, include=ROOT/../shared/common.properties, shared, common.properties, true",
    "web.properties, include=ROOT/../shared/common.properties, shared, app.log, false",
    "web.properties, include=state/common.properties, services/state, common.properties, true",
    "web.properties, include=state/common.properties, services/state, app.log, false",
    "all.conf, [include]|files = state/*.conf ../shared/*.conf, services/state, new.conf, true",
    "all.conf, [include]|files = state/*.conf ../shared/*.conf, shared, new.conf, true",
    "web.properties, include=../late/more/common.properties, '', late, true"
  })
  void whatIsReadElsewhere_matters(
      String file, String text, String directory, String name, boolean matters) throws IOException {
    shared.file("common.properties", "command=sleep\n");
    disk.file("state/common.properties", "command=sleep\n");
    disk.file(file, text.replace('|', '\n').replace("ROOT", root.toString()) + "\n");
    ScanDirectory scan =
        new ScanDirectory(
            root, List.of(new ServiceFileReader(), new SupervisordReader()), disk.settings());
    WatchList list = scan.watched(scan.read().elsewhere());
    assertThat(matters(list, temp.resolve(directory), name)).isEqualTo(matters);
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
