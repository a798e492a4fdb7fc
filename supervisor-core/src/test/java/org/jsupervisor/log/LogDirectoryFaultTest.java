package org.jsupervisor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.jsupervisor.log.LogFixture.FIRST;
import static org.jsupervisor.log.LogFixture.bytes;
import static org.jsupervisor.log.LogFixture.content;
import static org.jsupervisor.log.LogFixture.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.Timestamps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong under a log directory, and that it goes on by itself. */
class LogDirectoryFaultTest {
  private static final int SIZE = (int) LogSpec.FILE_BYTES_MIN;

  @TempDir Path root;
  private final LogFixture clock = new LogFixture();
  private int freeBytes = Integer.MAX_VALUE;

  private LogDirectory plain(Path directory) {
    return new LogDirectory(new LogSpec(directory, SIZE, 5, Timestamps.NONE), clock);
  }

  private LogDirectory onFaultyDisk(Path directory, long sizeMax) {
    return new LogDirectory(
        new LogSpec(directory, sizeMax, 5, Timestamps.NONE),
        clock,
        file -> new FaultyFile(CurrentFile.append(file), () -> freeBytes));
  }

  @Test
  void fullDisk_losesTheBatchWhole_andTellsWhenItWorksAgain() throws IOException {
    Path directory = root.resolve("log");
    try (LogDirectory log = onFaultyDisk(directory, LogSpec.FILE_BYTES_MAX)) {
      log.accept(FIRST, bytes("kept\nbegun"));
      freeBytes = 4000;
      ByteBuffer tooMuch = bytes("x".repeat(5000));
      assertThatThrownBy(() -> log.accept(FIRST, tooMuch)).hasMessage("No space left on device");
      assertThat(tooMuch.remaining()).isEqualTo(5000);
      assertThat(content(directory.resolve("current"))).isEqualTo("kept\nbegun");
      freeBytes = 0;
      assertThatThrownBy(() -> log.accept(FIRST, bytes("y\n"))).isInstanceOf(IOException.class);
      freeBytes = Integer.MAX_VALUE;
      log.accept(FIRST, bytes("rest\n"));
    }
    assertThat(content(directory.resolve("current")))
        .isEqualTo("kept\nbegun\nsupervisor: 5002 bytes of output lost\nrest\n");
  }

  @Test
  void fullDisk_positionIsAtTheFirstByteNotKept_andNothingIsTorn() throws IOException {
    Path directory = root.resolve("log");
    freeBytes = 40_000;
    ByteBuffer much = bytes("0123456789".repeat(10_000));
    try (LogDirectory log = onFaultyDisk(directory, LogSpec.FILE_BYTES_MAX)) {
      assertThatThrownBy(() -> log.accept(FIRST, much)).isInstanceOf(IOException.class);
      assertThat(directory.resolve("current")).hasSize(much.position());
      assertThat(much.position()).isBetween(1, 40_000);
      freeBytes = Integer.MAX_VALUE;
    }
    assertThat(content(directory.resolve("current")))
        .endsWith("\nsupervisor: " + much.remaining() + " bytes of output lost\n");
  }

  @Test
  void shortWrites_neitherTearNorDouble() throws IOException {
    Path directory = root.resolve("log");
    String text = "0123456789\n".repeat(3_000);
    try (LogDirectory log = onFaultyDisk(directory, LogSpec.FILE_BYTES_MAX)) {
      log.accept(FIRST, bytes(text));
    }
    assertThat(content(directory.resolve("current"))).isEqualTo(text);
  }

  @Test
  void failedSync_namesTheFileUnsafe() throws IOException {
    Path directory = root.resolve("log");
    try (LogDirectory log = onFaultyDisk(directory, SIZE)) {
      log.accept(FIRST, bytes("x".repeat(SIZE)));
      freeBytes = 0;
      assertThatThrownBy(() -> log.accept(FIRST, bytes("y"))).isInstanceOf(IOException.class);
      freeBytes = Integer.MAX_VALUE;
    }
    assertThat(files(directory).get(0).toString()).endsWith(".u");
  }

  @Test
  void directoryRemovedWhileOpen_isMadeAnewAtTheNextByte() throws IOException {
    Path directory = root.resolve("a/log");
    try (LogDirectory log = plain(directory)) {
      log.accept(FIRST, bytes("gone\nbeg"));
      for (String name : new String[] {"current", "lock", "lock.jvm", ""}) {
        Files.delete(directory.resolve(name));
      }
      Files.delete(root.resolve("a"));
      log.accept(FIRST, bytes("un\n"));
      assertThat(content(directory.resolve("current"))).isEqualTo("un\n");
      assertThatThrownBy(() -> plain(directory).accept(FIRST, bytes("second\n")))
          .hasMessageContaining("must belong to one writer");
    }
  }

  @Test
  void currentRenamedByHand_isMadeAnew() throws IOException {
    Path directory = root.resolve("log");
    try (LogDirectory log = plain(directory)) {
      log.accept(FIRST, bytes("one\n"));
      Files.move(directory.resolve("current"), directory.resolve("taken"));
      log.accept(FIRST, bytes("two\n"));
    }
    assertThat(content(directory.resolve("taken"))).isEqualTo("one\n");
    assertThat(content(directory.resolve("current"))).isEqualTo("two\n");
  }

  @Test
  void directoryThatCannotBeMade_failsAndRecovers() throws IOException {
    Path obstacle = root.resolve("file");
    Files.writeString(obstacle, "");
    Path directory = obstacle.resolve("log");
    try (LogDirectory log = plain(directory)) {
      ByteBuffer bytes = bytes("one\n");
      assertThatThrownBy(() -> log.accept(FIRST, bytes)).isInstanceOf(IOException.class);
      assertThat(bytes.remaining()).isEqualTo(4);
      Files.delete(obstacle);
      log.accept(FIRST, bytes("two\n"));
    }
    assertThat(content(directory.resolve("current")))
        .isEqualTo("supervisor: 4 bytes of output lost\ntwo\n");
  }

  @Test
  void unwritableDirectory_failsWithItsName() throws IOException {
    Path directory = root.resolve("log");
    Files.createDirectory(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-x---")));
    assumeThat(Files.isWritable(directory)).as("permission bits do not bind root").isFalse();
    try (LogDirectory log = plain(directory)) {
      assertThatThrownBy(() -> log.accept(FIRST, bytes("x\n")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(directory.toString());
    } catch (IOException lossCouldNotBeTold) {
      assertThat(lossCouldNotBeTold).hasMessageContaining(directory.toString());
    }
  }

  @Test
  void specialFileInPlaceOfTheLog_isRefusedWithoutOpeningIt() throws Exception {
    Path directory = Files.createDirectory(root.resolve("log"));
    Path fifo = directory.resolve("current");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    LogDirectory log = plain(directory);
    assertThatThrownBy(() -> log.accept(FIRST, bytes("x\n")))
        .hasMessageContaining(fifo.toString())
        .hasMessageContaining("must be a regular file");
  }

  @Test
  void linkInPlaceOfTheLog_isNotFollowed() throws IOException {
    Path directory = Files.createDirectory(root.resolve("log"));
    Path victim = Files.writeString(root.resolve("victim"), "");
    Files.createSymbolicLink(directory.resolve("current"), victim);
    LogDirectory log = plain(directory);
    assertThatThrownBy(() -> log.accept(FIRST, bytes("x\n")))
        .hasMessageContaining("must be a regular file");
    assertThat(victim).isEmptyFile();
  }
}
