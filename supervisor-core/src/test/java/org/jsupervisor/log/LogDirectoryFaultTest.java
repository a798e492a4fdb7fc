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
import java.nio.channels.FileChannel;
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
  private Timestamps timestamps = Timestamps.NONE;

  private LogDirectory plain(Path directory) {
    return clock.open(new LogSpec(directory, SIZE, 5, Timestamps.NONE));
  }

  private LogDirectory onFaultyDisk(Path directory, long sizeMax) {
    FileOperations faulty =
        new ForwardingFiles() {
          @Override
          FileChannel wrap(Path file, FileChannel channel) {
            boolean isLog = !file.getFileName().toString().startsWith("lock");
            return isLog ? new FaultyFile(channel, () -> freeBytes) : channel;
          }
        };
    LogSpec spec = new LogSpec(directory, sizeMax, 5, timestamps);
    return new LogDirectory(spec, clock.context(faulty));
  }

  @Test
  void f31_fullDisk_keepsWhatFits_andGoesOnWithTheSameBytes() throws IOException {
    Path directory = root.resolve("log");
    ByteBuffer much = bytes("x".repeat(5000) + "\n");
    try (LogDirectory log = onFaultyDisk(directory, LogSpec.FILE_BYTES_MAX)) {
      log.accept(FIRST, bytes("kept\nbegun"));
      freeBytes = 4000;
      assertThatThrownBy(() -> log.accept(FIRST, much)).hasMessage("No space left on device");
      assertThat(directory.resolve("current")).hasSize(4000);
      assertThat(much.position()).isEqualTo(3990);
      assertThatThrownBy(() -> log.accept(FIRST, much)).hasMessage("No space left on device");
      freeBytes = Integer.MAX_VALUE;
      log.accept(FIRST, much);
      log.accept(FIRST, bytes("rest\n"));
    }
    assertThat(content(directory.resolve("current")))
        .isEqualTo("kept\nbegun" + "x".repeat(5000) + "\nrest\n");
  }

  @Test
  void f31_fullDisk_losesNothingOfStampedLines_ifTheyAreOfferedAgain() throws IOException {
    Path directory = root.resolve("log");
    timestamps = Timestamps.ISO_8601;
    ByteBuffer much = bytes("one\n".repeat(1000) + "begun");
    try (LogDirectory log = onFaultyDisk(directory, LogSpec.FILE_BYTES_MAX)) {
      log.accept(FIRST, bytes("line "));
      freeBytes = 4000;
      assertThatThrownBy(() -> log.accept(FIRST, much)).hasMessage("No space left on device");
      assertThat(much.position()).isZero();
      assertThat(content(directory.resolve("current"))).endsWith("Z line ");
      freeBytes = Integer.MAX_VALUE;
      log.accept(FIRST, much);
      log.accept(FIRST, bytes(" it is\n"));
    }
    assertThat(content(directory.resolve("current")).replaceAll("2026-11-21T08:15:30.123Z ", "@"))
        .isEqualTo("@line one\n" + "@one\n".repeat(999) + "@begun it is\n");
  }

  @Test
  void f31_bytesThatWillNotCome_areToldWithTheirNumber_whenTheDiskTakesIt() throws IOException {
    Path directory = root.resolve("log");
    try (LogDirectory log = onFaultyDisk(directory, LogSpec.FILE_BYTES_MAX)) {
      log.accept(FIRST, bytes("begun"));
      freeBytes = 5;
      assertThatThrownBy(() -> log.accept(FIRST, bytes("12345\n"))).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> log.lost(FIRST, 6)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> log.lost(FIRST, 10)).isInstanceOf(IOException.class);
      freeBytes = Integer.MAX_VALUE;
      log.accept(FIRST, bytes("rest\n"));
      log.lost(FIRST, 3);
    }
    assertThat(content(directory.resolve("current")))
        .isEqualTo(
            """
            begun
            supervisor: 16 bytes of output lost
            rest
            supervisor: 3 bytes of output lost
            """);
  }

  @Test
  void f31_lossThatWasNeverTold_isToldAtTheEnd() throws IOException {
    Path directory = root.resolve("log");
    try (LogDirectory log = onFaultyDisk(directory, LogSpec.FILE_BYTES_MAX)) {
      freeBytes = 0;
      assertThatThrownBy(() -> log.lost(FIRST, 7)).isInstanceOf(IOException.class);
      freeBytes = Integer.MAX_VALUE;
    }
    assertThat(content(directory.resolve("current")))
        .isEqualTo("supervisor: 7 bytes of output lost\n");
  }

  @Test
  void f33_shortWrites_neitherTearNorDouble() throws IOException {
    Path directory = root.resolve("log");
    String text = "0123456789\n".repeat(3_000);
    try (LogDirectory log = onFaultyDisk(directory, LogSpec.FILE_BYTES_MAX)) {
      log.accept(FIRST, bytes(text));
    }
    assertThat(content(directory.resolve("current"))).isEqualTo(text);
  }

  @Test
  void f33_failedSync_namesTheFileUnsafe_forEver() throws IOException {
    Path directory = root.resolve("log");
    try (LogDirectory log = onFaultyDisk(directory, SIZE)) {
      log.accept(FIRST, bytes("x".repeat(SIZE)));
      freeBytes = 0;
      assertThatThrownBy(() -> log.accept(FIRST, bytes("y"))).isInstanceOf(IOException.class);
      freeBytes = Integer.MAX_VALUE;
      log.accept(FIRST, bytes("y".repeat(SIZE)));
      log.accept(FIRST, bytes("z\n"));
    }
    assertThat(files(directory).get(0).toString()).endsWith(".u");
    assertThat(files(directory).get(1).toString()).endsWith(".s");
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
    assertThat(content(directory.resolve("current"))).isEqualTo("two\n");
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
  void f55_linkInPlaceOfTheLog_isNotFollowed() throws IOException {
    Path directory = Files.createDirectory(root.resolve("log"));
    Path victim = Files.writeString(root.resolve("victim"), "");
    Files.createSymbolicLink(directory.resolve("current"), victim);
    LogDirectory log = plain(directory);
    assertThatThrownBy(() -> log.accept(FIRST, bytes("x\n")))
        .hasMessageContaining("must be a regular file");
    assertThat(victim).isEmptyFile();
  }
}
