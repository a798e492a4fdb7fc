package org.jsupervisor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jsupervisor.log.LogFixture.FIRST;
import static org.jsupervisor.log.LogFixture.SECOND;
import static org.jsupervisor.log.LogFixture.allContent;
import static org.jsupervisor.log.LogFixture.bytes;
import static org.jsupervisor.log.LogFixture.content;
import static org.jsupervisor.log.LogFixture.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.Timestamps;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogDirectoryTest {
  private static final String STAMP = "2026-11-21T08:15:30.123Z ";
  private static final int SIZE = (int) LogSpec.FILE_BYTES_MIN;

  @TempDir Path root;
  private Path directory;
  private final LogFixture clock = new LogFixture();

  @BeforeEach
  void nestDirectory() {
    directory = root.resolve("a/b/log");
  }

  private LogDirectory plain(int oldFiles) {
    return clock.open(new LogSpec(directory, SIZE, oldFiles, Timestamps.NONE));
  }

  private LogDirectory stamped() {
    return clock.open(LogSpec.of(directory));
  }

  private Path current() {
    return directory.resolve("current");
  }

  @Test
  void construction_touchesNoFile() throws IOException {
    try (LogDirectory log = stamped()) {
      log.ended(FIRST);
      assertThat(log.directory()).isEqualTo(directory).doesNotExist();
    }
    assertThat(directory).doesNotExist();
  }

  @Test
  void firstByte_makesDirectoryAndFiles_closedToOthers() throws IOException {
    try (LogDirectory log = stamped()) {
      log.accept(FIRST, bytes("x\n"));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
          .startsWith("rwx")
          .endsWith("---");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(current())))
          .startsWith("rw-")
          .endsWith("---");
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(current())))
        .as("closed cleanly")
        .startsWith("rwx");
  }

  @Test
  void lines_getTheTimeAtWhichTheyBegan() throws IOException {
    try (LogDirectory log = stamped()) {
      log.accept(FIRST, bytes("one\n\ntw"));
      clock.set("2026-11-21T08:15:31Z");
      log.accept(FIRST, bytes("o\nthree\n"));
    }
    assertThat(content(current()))
        .isEqualTo(
            STAMP + "one\n" + STAMP + "\n" + STAMP + "two\n" + "2026-11-21T08:15:31.000Z three\n");
  }

  @Test
  void bufferIsTakenWhole_alsoFromTheMiddle() throws IOException {
    try (LogDirectory log = plain(1)) {
      var buffer = bytes("xxab\nyy");
      buffer.position(2).limit(5);
      log.accept(FIRST, buffer);
      assertThat(buffer.hasRemaining()).isFalse();
    }
    assertThat(content(current())).isEqualTo("ab\n");
  }

  @Test
  void partialLine_isFinishedAtTheEndOfItsSource() throws IOException {
    try (LogDirectory log = plain(1)) {
      log.accept(FIRST, bytes("half"));
      log.ended(SECOND);
      assertThat(content(current())).isEqualTo("half");
      log.ended(FIRST);
      assertThat(content(current())).isEqualTo("half\n");
    }
    assertThat(content(current())).isEqualTo("half\n");
  }

  @Test
  void partialLine_isFinishedAtClose() throws IOException {
    try (LogDirectory log = plain(1)) {
      log.accept(FIRST, bytes("half"));
    }
    assertThat(content(current())).isEqualTo("half\n");
  }

  @Test
  void linesOfTwoSources_areNeverMixed() throws IOException {
    try (LogDirectory log = stamped()) {
      log.accept(FIRST, bytes("old"));
      log.accept(SECOND, bytes("new\n"));
      log.accept(FIRST, bytes("er\n"));
    }
    assertThat(content(current())).isEqualTo(STAMP + "old\n" + STAMP + "new\n" + STAMP + "er\n");
  }

  @Test
  void fileIsFilledToItsLastByte_thenRotated() throws IOException {
    String line = "x".repeat(SIZE / 2 - 1) + "\n";
    try (LogDirectory log = plain(3)) {
      log.accept(FIRST, bytes(line + line));
      assertThat(files(directory)).containsExactly(current());
      log.accept(FIRST, bytes("\n"));
    }
    assertThat(files(directory)).hasSize(2);
    assertThat(content(files(directory).get(0))).isEqualTo(line + line);
    assertThat(content(current())).isEqualTo("\n");
  }

  @Test
  void lineThatWouldExceedTheFile_goesIntoTheNext() throws IOException {
    String line = "x".repeat(SIZE / 2) + "\n";
    try (LogDirectory log = plain(3)) {
      log.accept(FIRST, bytes(line + line));
    }
    assertThat(content(files(directory).get(0))).isEqualTo(line);
    assertThat(content(current())).isEqualTo(line);
  }

  @Test
  void timestampCountsForTheSizeOfTheFile() throws IOException {
    LogSpec spec = new LogSpec(directory, SIZE, 3, Timestamps.ISO_8601);
    String line = "x".repeat(SIZE - STAMP.length() - 1) + "\n";
    try (LogDirectory log = clock.open(spec)) {
      log.accept(FIRST, bytes(line + line));
    }
    assertThat(files(directory)).hasSize(2);
    assertThat(files(directory)).allSatisfy(file -> assertThat(file).hasSize(SIZE));
  }

  @Test
  void endlessLine_isCutOverFilesAndNoByteIsAdded() throws IOException {
    LogSpec spec = new LogSpec(directory, SIZE, 100, Timestamps.ISO_8601);
    String line = "0123456789".repeat(5_000);
    try (LogDirectory log = clock.open(spec)) {
      log.accept(FIRST, bytes(line));
      log.accept(FIRST, bytes(line + "\n"));
    }
    assertThat(files(directory))
        .allSatisfy(file -> assertThat(content(file).length()).isLessThanOrEqualTo(SIZE));
    assertThat(allContent(directory)).isEqualTo(STAMP + line + line + "\n");
  }

  @Test
  void oldestFiles_areDeletedBeyondTheLimit() throws IOException {
    try (LogDirectory log = plain(2)) {
      for (char c = 'a'; c <= 'f'; c++) {
        log.accept(FIRST, bytes(Character.toString(c).repeat(SIZE - 1) + "\n"));
      }
    }
    assertThat(files(directory)).hasSize(3);
    assertThat(allContent(directory).chars().distinct().mapToObj(c -> (char) c))
        .containsExactly('d', '\n', 'e', 'f');
  }

  @Test
  void namesIncrease_alsoWhenTheClockJumpsBackOrStands() throws IOException {
    try (LogDirectory log = plain(9)) {
      log.accept(FIRST, bytes("a".repeat(SIZE)));
      log.accept(FIRST, bytes("b".repeat(SIZE)));
      clock.set("1999-01-01T00:00:00Z");
      log.accept(FIRST, bytes("c".repeat(SIZE)));
      log.accept(FIRST, bytes("d".repeat(SIZE)));
    }
    try (LogDirectory log = plain(9)) {
      log.accept(FIRST, bytes("e".repeat(SIZE)));
    }
    assertThat(allContent(directory).replace("\n", ""))
        .isEqualTo(
            "a".repeat(SIZE)
                + "b".repeat(SIZE)
                + "c".repeat(SIZE)
                + "d".repeat(SIZE)
                + "e".repeat(SIZE));
    Tai64n oldest = new Tai64n(Instant.parse("2026-11-21T08:15:30.123Z"));
    assertThat(files(directory).get(0).getFileName()).hasToString(oldest + ".s");
    assertThat(files(directory).get(1).getFileName()).hasToString(oldest.next() + ".s");
  }

  @Test
  void otherFilesInTheDirectory_areLeftAlone() throws IOException {
    Files.createDirectories(directory);
    for (String name : new String[] {"@notes", "@400000000000000a00000000.txt", "config"}) {
      Files.writeString(directory.resolve(name), "mine");
    }
    try (LogDirectory log = plain(1)) {
      log.accept(FIRST, bytes("x".repeat(3 * SIZE)));
    }
    assertThat(directory.resolve("@notes")).exists();
    assertThat(directory.resolve("@400000000000000a00000000.txt")).exists();
    assertThat(directory.resolve("config")).exists();
  }

  @Test
  void restart_continuesTheFile() throws IOException {
    try (LogDirectory log = plain(1)) {
      log.accept(FIRST, bytes("one\n"));
    }
    try (LogDirectory log = plain(1)) {
      log.accept(SECOND, bytes("two\n"));
    }
    assertThat(content(current())).isEqualTo("one\ntwo\n");
  }

  @Test
  void partialLineLeftByACrash_isFinishedAndStays() throws IOException {
    Files.createDirectories(directory);
    Files.writeString(current(), "whole\ncut o");
    try (LogDirectory log = stamped()) {
      log.accept(FIRST, bytes("next\n"));
    }
    assertThat(content(current())).isEqualTo("whole\ncut o\n" + STAMP + "next\n");
  }

  @Test
  void fileLeftFullByACrash_isRotatedFirst() throws IOException {
    Files.createDirectories(directory);
    Files.writeString(current(), "x".repeat(SIZE + 7));
    try (LogDirectory log = plain(3)) {
      log.accept(FIRST, bytes("next\n"));
    }
    assertThat(files(directory)).hasSize(2);
    assertThat(content(current())).isEqualTo("\nnext\n");
  }

  @Test
  void secondWriter_isRefusedUntilTheFirstCloses() throws IOException {
    try (LogDirectory second = plain(1)) {
      try (LogDirectory first = plain(1)) {
        first.accept(FIRST, bytes("one\n"));
        assertThatThrownBy(() -> second.accept(SECOND, bytes("two\n")))
            .isInstanceOf(IOException.class)
            .hasMessageContaining(directory.toString())
            .hasMessageContaining("must belong to one writer")
            .hasMessageContaining("this JVM");
      }
      second.accept(SECOND, bytes("three\n"));
    }
    assertThat(content(current())).isEqualTo("one\nthree\n");
  }

  @Test
  void loserInThisJvm_leavesTheLockOfTheWinner() throws IOException, InterruptedException {
    try (LogDirectory loser = plain(1);
        LogDirectory winner = plain(1)) {
      winner.accept(FIRST, bytes("one\n"));
      assertThatThrownBy(() -> loser.accept(SECOND, bytes("two\n")))
          .hasMessageContaining("this JVM");
      assertThat(LockProbe.look(root, directory.resolve("lock"))).isEqualTo("locked");
    }
    assertThat(LockProbe.look(root, directory.resolve("lock"))).isEqualTo("free");
  }
}
