package org.jsupervisor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jsupervisor.log.LogFixture.FIRST;
import static org.jsupervisor.log.LogFixture.SECOND;
import static org.jsupervisor.log.LogFixture.allContent;
import static org.jsupervisor.log.LogFixture.bytes;
import static org.jsupervisor.log.LogFixture.content;
import static org.jsupervisor.log.LogFixture.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.jsupervisor.core.internal.Allocation;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.spec.LineRule;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.Timestamps;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When files are rotated and deleted, and what lines look like. */
class LogLimitsTest {
  private static final int SIZE = (int) LogSpec.FILE_BYTES_MIN;

  @TempDir Path root;
  private final LogFixture clock = new LogFixture();
  private Path directory;
  private LogSpec.Builder spec;

  @BeforeEach
  void makeSpec() {
    directory = root.resolve("log");
    spec = LogSpec.builder(directory).withFileBytesMax(SIZE).withTimestamps(Timestamps.NONE);
  }

  private Path current() {
    return directory.resolve("current");
  }

  @Test
  void oldFiles_areDeletedBeyondTheirTotalSize() throws IOException {
    try (LogDirectory log = clock.open(spec.withOldBytesMax(2 * SIZE + 10).build())) {
      for (char c = 'a'; c <= 'f'; c++) {
        log.accept(FIRST, bytes(Character.toString(c).repeat(SIZE - 1) + "\n"));
      }
    }
    assertThat(allContent(directory).chars().distinct().mapToObj(c -> (char) c))
        .containsExactly('d', '\n', 'e', 'f');
  }

  @Test
  void limitsThatShrink_holdAtTheNextOpening() throws IOException {
    try (LogDirectory log = clock.open(spec.build())) {
      log.accept(FIRST, bytes("x".repeat(9 * SIZE)));
    }
    assertThat(files(directory)).hasSize(10);
    try (LogDirectory log = clock.open(spec.withOldFilesMax(2).build())) {
      log.accept(FIRST, bytes("y\n"));
    }
    assertThat(files(directory)).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource(Timestamps.class)
  void oldFile_isRotatedAtTheEndOfItsLine(Timestamps timestamps) throws IOException {
    spec.withTimestamps(timestamps).withFileAgeMax(Duration.ofHours(1));
    try (LogDirectory log = clock.open(spec.build())) {
      log.accept(FIRST, bytes("one\nbeg"));
      clock.set("2026-11-21T09:15:30.122Z");
      log.accept(FIRST, bytes("un\nstill young, beg"));
      assertThat(files(directory)).hasSize(1);
      clock.set("2026-11-21T09:15:30.123Z");
      log.accept(FIRST, bytes("un"));
      log.accept(FIRST, bytes("\nnext\nand more\n"));
    }
    assertThat(files(directory)).hasSize(2);
    assertThat(content(files(directory).get(0))).endsWith("begun\n");
    assertThat(content(current())).endsWith("and more\n").contains("next\n");
    assertThat(content(current()).lines()).hasSize(2);
  }

  @Test
  void ageIsKnownAfterARestart_byTheNameOfTheLastOldFile() throws IOException {
    spec.withFileAgeMax(Duration.ofHours(1));
    try (LogDirectory log = clock.open(spec.build())) {
      log.accept(FIRST, bytes("one\n"));
      log.rotate();
      log.accept(FIRST, bytes("two\n"));
    }
    clock.set("2026-11-21T10:00:00Z");
    try (LogDirectory log = clock.open(spec.build())) {
      log.accept(FIRST, bytes("three\n"));
    }
    assertThat(files(directory)).hasSize(3);
    assertThat(content(current())).isEqualTo("three\n");
  }

  @Test
  void ageIsCountedFromTheFirstByte_notFromTheRotation() throws IOException {
    spec.withFileAgeMax(Duration.ofHours(1));
    try (LogDirectory log = clock.open(spec.build())) {
      log.accept(FIRST, bytes("one\n"));
      log.rotate();
      clock.set("2026-11-21T12:00:00Z");
      log.accept(FIRST, bytes("two\n"));
      clock.set("2026-11-21T12:59:00Z");
      log.accept(FIRST, bytes("three\n"));
    }
    assertThat(content(current())).isEqualTo("two\nthree\n");
  }

  @Test
  void clockThatJumpsBack_rotatesNothingByAge() throws IOException {
    spec.withFileAgeMax(Duration.ofHours(1));
    try (LogDirectory log = clock.open(spec.build())) {
      log.accept(FIRST, bytes("one\n"));
      clock.set("1999-01-01T00:00:00Z");
      log.accept(FIRST, bytes("two\n"));
    }
    assertThat(files(directory)).hasSize(1);
  }

  @Test
  void rotationOnDemand_isAtOnce_orAtTheEndOfTheLine() throws IOException {
    try (LogDirectory log = clock.open(spec.build())) {
      log.rotate();
      assertThat(directory).doesNotExist();
      log.accept(FIRST, bytes("one\n"));
      log.rotate();
      log.rotate();
      assertThat(files(directory)).hasSize(2);
      assertThat(current()).isEmptyFile();
      log.accept(FIRST, bytes("tw"));
      log.rotate();
      assertThat(files(directory)).hasSize(2);
      log.accept(FIRST, bytes("o\nthree\n"));
    }
    assertThat(files(directory).stream().map(LogFixture::content))
        .containsExactly("one\n", "two\n", "three\n");
  }

  @Test
  void rotationOnDemand_waitsForTheEndOfAStampedLine_andNotForTheNext() throws IOException {
    spec.withTimestamps(Timestamps.ISO_8601);
    try (LogDirectory log = clock.open(spec.build())) {
      log.accept(FIRST, bytes("be"));
      log.rotate();
      log.accept(FIRST, bytes("gun\n"));
      assertThat(current()).isEmptyFile();
      log.accept(FIRST, bytes("half"));
      log.rotate();
      log.ended(FIRST);
      assertThat(current()).isEmptyFile();
    }
    assertThat(files(directory)).hasSize(3);
  }

  @Test
  void fileFarBeyondItsLimit_isRotatedFirst() throws IOException {
    Files.createDirectories(directory);
    try (FileChannel sparse =
        FileChannel.open(current(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      sparse.write(bytes("\n"), 3L << 30);
    }
    spec.withTimestamps(Timestamps.ISO_8601);
    try (LogDirectory log = clock.open(spec.build())) {
      log.accept(FIRST, bytes("one\ntwo\n"));
    }
    assertThat(current()).hasSize(2L * "2026-11-21T08:15:30.123Z one\n".length());
    assertThat(files(directory)).hasSize(2);
  }

  @Test
  void rotationOnDemand_byDirectory() throws IOException {
    LogDirectories logs = new LogDirectories(clock);
    assertThat(logs.rotate(directory)).isFalse();
    try (OutputSink sink = logs.open(spec.build())) {
      sink.accept(FIRST, bytes("one\n"));
      assertThat(logs.rotate(root.resolve("other/../log"))).isTrue();
      assertThat(files(directory)).hasSize(2);
    }
    assertThat(logs.rotate(directory)).isFalse();
  }

  @Test
  void tai64n_isWrittenAsThePeersDo() throws IOException {
    try (LogDirectory log = clock.open(spec.withTimestamps(Timestamps.TAI64N).build())) {
      log.accept(FIRST, bytes("one\ntwo\n"));
    }
    String label = new Tai64n(clock.instant()).toString();
    assertThat(label).hasSize(25);
    assertThat(content(current())).isEqualTo(label + " one\n" + label + " two\n");
  }

  @Test
  void longLine_isCutIntoMarkedParts() throws IOException {
    spec.withTimestamps(Timestamps.ISO_8601).withLineBytesMax(50);
    try (LogDirectory log = clock.open(spec.build())) {
      log.accept(FIRST, bytes("a".repeat(50) + "\n"));
      log.accept(FIRST, bytes("b".repeat(50)));
      log.accept(FIRST, bytes("c".repeat(51) + "\n"));
    }
    assertThat(content(current()).replace("2026-11-21T08:15:30.123Z", "@"))
        .isEqualTo(
            "@ "
                + "a".repeat(50)
                + "\n@ "
                + "b".repeat(50)
                + " +++\n@ +++ "
                + "c".repeat(50)
                + " +++\n@ +++ c\n");
  }

  @Test
  void f39_heldBeginning_isDecidedWhenAnotherSourceWrites() throws IOException {
    spec.addSelection(LineRule.deselect("*debug*"));
    try (LogDirectory log = clock.open(spec.build())) {
      log.accept(FIRST, bytes("keep"));
      assertThat(current()).isEmptyFile();
      log.accept(SECOND, bytes("a debug line\nde"));
      log.accept(FIRST, bytes(" debug"));
      log.accept(SECOND, bytes("bug\n"));
      log.ended(FIRST);
      log.accept(SECOND, bytes("last"));
    }
    assertThat(content(current())).isEqualTo("keep\nde\nbug\nlast\n");
  }

  @Test
  void oneLineOfAGigabyte_needsNoMemory() throws IOException {
    spec.withFileBytesMax(64 << 20).withOldFilesMax(1).withLineBytesMax(1 << 20);
    byte[] block = new byte[1 << 20];
    try (LogDirectory log = clock.open(spec.build())) {
      ByteBuffer direct = ByteBuffer.allocateDirect(block.length);
      long before = Allocation.bytes();
      for (int i = 0; i < 1024; i++) {
        log.accept(FIRST, direct.clear());
      }
      assertThat(Allocation.bytes() - before).isLessThan(8 << 20);
      log.accept(FIRST, bytes("\n"));
    }
    List<Path> kept = files(directory);
    assertThat(kept).hasSize(2);
    for (Path file : kept) {
      assertThat(Files.size(file)).isLessThanOrEqualTo(64 << 20);
    }
  }

  @ParameterizedTest
  @EnumSource(Timestamps.class)
  void linesCostNoGarbage(Timestamps timestamps) throws IOException {
    spec.withTimestamps(timestamps).withFileBytesMax(1 << 30);
    byte[] lines = "x\n".repeat(32_000).getBytes(StandardCharsets.US_ASCII);
    try (LogDirectory log = clock.open(spec.build())) {
      ByteBuffer direct = ByteBuffer.allocateDirect(lines.length).put(lines);
      log.accept(FIRST, direct.flip());
      long before = Allocation.bytes();
      for (int i = 0; i < 32; i++) {
        log.accept(FIRST, direct.rewind());
      }
      // A million lines; an object for each would be 16 MB at least.
      assertThat(Allocation.bytes() - before).isLessThan(2 << 20);
    }
  }

  @Test
  void millionEmptyLines_areKept() throws IOException {
    spec.withFileBytesMax(1 << 30);
    try (LogDirectory log = clock.open(spec.build())) {
      for (int i = 0; i < 100; i++) {
        log.accept(FIRST, bytes("\n".repeat(10_000)));
      }
    }
    assertThat(current()).hasSize(1_000_000);
  }
}
