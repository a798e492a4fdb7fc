package org.jsupervisor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jsupervisor.log.LogFiles.drain;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the files already. */
class LogReaderTest {
  @TempDir Path root;
  private LogFiles files;
  private LogReader reader;

  @BeforeEach
  void makeDirectory() {
    files = new LogFiles(root.resolve("log"));
    reader = LogReader.of(files.directory());
  }

  private List<String> all() throws IOException {
    try (LogCursor cursor = reader.all()) {
      return drain(cursor);
    }
  }

  private List<String> last(int count) throws IOException {
    try (LogCursor cursor = reader.lastLines(count)) {
      return drain(cursor);
    }
  }

  private List<String> since(String moment) throws IOException {
    try (LogCursor cursor = reader.since(Instant.parse(moment))) {
      return drain(cursor);
    }
  }

  @Test
  void all_readsRotatedFilesInTheOrderOfTheirNames_thenCurrent() throws IOException {
    files.append("1\n2\n").rotate();
    files.append("3\n").rotate();
    files.append("4\n");
    assertThat(all()).containsExactly("1", "2", "3", "4");
  }

  @Test
  void missingDirectory_hasNoLines() throws IOException {
    reader = LogReader.of(root.resolve("nowhere"));
    assertThat(all()).isEmpty();
    assertThat(last(5)).isEmpty();
    assertThat(since("2026-11-21T08:00:00Z")).isEmpty();
    assertThat(root.resolve("nowhere")).doesNotExist();
  }

  @Test
  void otherFiles_areNotRead() throws IOException {
    files.append("1\n");
    for (String name :
        List.of("lock", "state", "config", "@notes", "@400000000000000a00000000.t")) {
      Files.writeString(files.directory().resolve(name), "no\n");
    }
    assertThat(all()).containsExactly("1");
  }

  @Test
  void reading_leavesTheDirectoryAsItWas() throws IOException {
    files.append("1\n").rotate();
    files.append("2\n");
    FileTime before = Files.getLastModifiedTime(files.directory());
    assertThat(all()).hasSize(2);
    assertThat(last(1)).hasSize(1);
    assertThat(LogFixture.files(files.directory())).hasSize(2);
    assertThat(files.directory().resolve("lock")).doesNotExist();
    assertThat(Files.getLastModifiedTime(files.directory())).isEqualTo(before);
  }

  @Test
  void links_areNotFollowed_norIsAnythingButARegularFileRead() throws Exception {
    Path secret = Files.writeString(root.resolve("secret"), "secret\n");
    files.append("1\n").rotate();
    Files.createSymbolicLink(
        files.directory().resolve(new Tai64n(LogFiles.timeOf(2)) + ".s"), secret);
    Files.createDirectory(files.directory().resolve(new Tai64n(LogFiles.timeOf(3)) + ".s"));
    Files.createSymbolicLink(files.current(), secret);
    assertThat(all()).containsExactly("1");
    assertThat(last(9)).containsExactly("1");
    assertThat(since("2026-11-21T08:00:00Z")).containsExactly("1");
    Files.delete(files.current());
    assertThat(new ProcessBuilder("mkfifo", files.current().toString()).start().waitFor()).isZero();
    assertThat(all()).containsExactly("1");
    assertThat(last(9)).containsExactly("1");
  }

  @Test
  void linkToTheDirectory_isFollowed() throws IOException {
    files.append("1\n");
    Path link = Files.createSymbolicLink(root.resolve("main"), files.directory());
    reader = LogReader.of(link);
    assertThat(all()).containsExactly("1");
  }

  @Test
  void compressedFiles_areReadAsWhatTheyWere_whateverTheirName() throws IOException {
    files.append("1\n2\n");
    LogFiles.compress(files.rotate());
    files.append("3\n");
    Path packed = LogFiles.compress(files.rotate());
    Files.move(packed, packed.resolveSibling(packed.getFileName().toString().replace(".gz", "")));
    files.append("4\n");
    assertThat(all()).containsExactly("1", "2", "3", "4");
    assertThat(last(2)).containsExactly("3", "4");
    assertThat(last(3)).containsExactly("2", "3", "4");
    assertThat(last(4)).containsExactly("1", "2", "3", "4");
    assertThat(last(5)).containsExactly("1", "2", "3", "4");
  }

  @Test
  void fileAndItsCompressedCopy_areReadOnce() throws IOException {
    Path file = files.append("1\n").rotate();
    byte[] bytes = Files.readAllBytes(file);
    LogFiles.compress(file);
    Files.write(file, bytes);
    assertThat(all()).containsExactly("1");
  }

  @Test
  void damagedFile_isToldOnce_andWhatComesAfterItIsRead() throws IOException {
    files.append("1\n").rotate();
    files.append("2\n".repeat(100_000));
    Path packed = LogFiles.compress(files.rotate());
    try (RandomAccessFile file = new RandomAccessFile(packed.toFile(), "rw")) {
      file.setLength(30);
    }
    files.append("3\n");
    try (LogCursor cursor = reader.all()) {
      assertThat(cursor.next()).map(LogLine::text).contains("1");
      assertThatThrownBy(() -> drain(cursor))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(packed.toString());
      assertThat(drain(cursor)).endsWith("3").doesNotContain("1");
    }
  }

  @Test
  void lastLines_countAnUnfinishedLine() throws IOException {
    files.append("1\n2\n").rotate();
    files.append("3\n4");
    assertThat(last(1)).containsExactly("4~");
    assertThat(last(2)).containsExactly("3", "4~");
    assertThat(last(3)).containsExactly("2", "3", "4~");
    assertThat(last(9)).containsExactly("1", "2", "3", "4~");
    assertThat(last(0)).containsExactly("4~");
  }

  @Test
  void lastLines_ofALongLog_areFoundFromItsEnd() throws IOException {
    StringBuilder text = new StringBuilder();
    IntStream.range(0, 50_000).forEach(i -> text.append("line ").append(i).append('\n'));
    files.append(text.toString());
    assertThat(last(1)).containsExactly("line 49999");
    assertThat(last(30_000)).hasSize(30_000).startsWith("line 20000").endsWith("line 49999");
  }

  @Test
  void lineOverFiles_isOne() throws IOException {
    files.append("a\nlong").rotate();
    files.append("er and").rotate();
    files.append(" longest\nz\n");
    assertThat(all()).containsExactly("a", "longer and longest", "z");
    assertThat(last(2)).containsExactly("longer and longest", "z");
    assertThat(last(1)).containsExactly("z");
  }

  @Test
  void unsafeFile_endsItsLine() throws IOException {
    files.append("a\ncut o").rotate(".u");
    files.append("next\n");
    assertThat(all()).containsExactly("a", "cut o", "next");
    assertThat(last(1)).containsExactly("next");
    assertThat(last(2)).containsExactly("cut o", "next");
    assertThat(last(3)).containsExactly("a", "cut o", "next");
    try (LogCursor cursor = reader.lastLines(2)) {
      assertThat(cursor.next().orElseThrow().whole().ending()).isEqualTo(OutputLine.Ending.MISSING);
      assertThat(cursor.next().orElseThrow().whole().ending()).isEqualTo(OutputLine.Ending.NEWLINE);
    }
  }

  @Test
  void previous_isReadBeforeCurrent() throws IOException {
    files.append("1\n").rotate();
    files.append("2\n");
    Files.move(files.current(), files.directory().resolve("previous"));
    files.append("3\n");
    assertThat(all()).containsExactly("1", "2", "3");
    assertThat(last(2)).containsExactly("2", "3");
  }

  @Test
  void bytes_arePreserved_andShownWithoutHarm() throws IOException {
    byte[] every = new byte[256];
    for (int i = 0; i < every.length; i++) {
      every[i] = (byte) (i == '\n' ? 'n' : i);
    }
    files.append(every).append("\n");
    try (LogCursor cursor = reader.all()) {
      OutputLine line = cursor.next().orElseThrow().whole();
      assertThat(line.bytes()).isEqualTo(every);
      assertThat(line.text())
          .startsWith("\\x00\\x01")
          .contains("\t")
          .contains("\\x1b")
          .endsWith("\\xff");
      assertThat(line.text().chars()).allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7f));
    }
  }

  @Test
  void longLine_isCutAndSaysSo() throws IOException {
    files.append("x".repeat(100) + "\nb\n");
    reader = reader.withLineBytesMax(64);
    assertThat(all()).containsExactly("x".repeat(64) + " [36 bytes cut]", "b");
    try (LogCursor cursor = reader.all()) {
      OutputLine line = cursor.next().orElseThrow().whole();
      assertThat(line.length()).isEqualTo(64);
      assertThat(line.omittedBytes()).isEqualTo(36);
    }
  }

  @Test
  void lineOfAGigabyte_needsNoMoreMemoryThanItsLimit() throws IOException {
    long size = 1L << 30;
    files.append("a\n");
    try (RandomAccessFile file = new RandomAccessFile(files.current().toFile(), "rw")) {
      // Sparse: it takes no place on the disk.
      file.setLength(size);
      file.seek(size);
      file.write("\nb\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
    try (LogCursor cursor = reader.lastLines(2)) {
      OutputLine line = cursor.next().orElseThrow().whole();
      assertThat(line.length()).isEqualTo(64 << 10);
      assertThat(line.length() + line.omittedBytes()).isEqualTo(size - 2);
      assertThat(cursor.next()).map(LogLine::text).contains("b");
    }
  }

  @Test
  void since_leavesOutOlderLines_andWhatBelongsToThem() throws IOException {
    files.append("2026-11-21T08:00:00.500Z a\n").rotate();
    files.append("2026-11-21T08:00:01.100Z b\n\tat b\n2026-11-21T08:00:01.200Z c\n\tat c\n");
    files.append("2026-11-21T07:00:00.000Z the clock went back\n");
    assertThat(since("2026-11-21T08:00:01.150Z"))
        .containsExactly(
            "2026-11-21T08:00:01.200Z c", "\tat c", "2026-11-21T07:00:00.000Z the clock went back");
    assertThat(since("2026-11-21T08:00:00.500Z")).hasSize(6);
    assertThat(since("2026-11-21T09:00:00Z")).isEmpty();
  }

  @Test
  void since_leavesOutTheEndOfALineOfAnOlderFile() throws IOException {
    files.append("2026-11-21T08:00:00.500Z long").rotate();
    files.append("er\n2026-11-21T08:00:03.000Z b\n");
    assertThat(since("2026-11-21T08:00:02Z")).containsExactly("2026-11-21T08:00:03.000Z b");
  }

  @Test
  void since_withoutTimestamps_goesByFiles() throws IOException {
    files.append("a\n").rotate();
    files.append("b\n").rotate();
    files.append("c\n");
    assertThat(since("2026-11-21T08:00:01.500Z")).containsExactly("b", "c");
  }

  @Test
  void directories_areMergedByTime() throws IOException {
    LogFiles other = new LogFiles(root.resolve("other"));
    files.append("2026-11-21T08:00:00.100Z a\n2026-11-21T08:00:00.400Z d\n\tat d\n");
    other.append("2026-11-21_08:00:00.20000 b\n2026-11-21T08:00:00.30000 c\n");
    other.append(new Tai64n(Instant.parse("2026-11-21T08:00:00.5Z")) + " e\n");
    reader = LogReader.of(List.of(other.directory(), files.directory()));
    try (LogCursor cursor = reader.lastLines(10)) {
      List<String> texts =
          java.util.stream.Stream.generate(() -> next(cursor))
              .takeWhile(Optional::isPresent)
              .map(line -> line.orElseThrow().message().text())
              .toList();
      assertThat(texts).containsExactly("a", "b", "c", "d", "\tat d", "e");
    }
    try (LogCursor cursor = reader.all()) {
      assertThat(cursor.next()).map(LogLine::directory).contains(files.directory());
      assertThat(cursor.next()).map(LogLine::text).contains("2026-11-21T08:00:00.200Z b");
    }
  }

  private static Optional<LogLine> next(LogCursor cursor) {
    try {
      return cursor.next();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void closedCursor_saysSo() throws IOException {
    LogCursor cursor = reader.all();
    cursor.close();
    cursor.close();
    assertThatThrownBy(cursor::next).isInstanceOf(ClosedChannelException.class);
  }

  @Test
  void badSettings_areRefusedWithValueAndRule() {
    assertThatThrownBy(() -> reader.lastLines(-1)).hasMessageContaining("were -1");
    assertThatThrownBy(() -> reader.lastLines(1_000_001)).hasMessageContaining("1000000");
    assertThatThrownBy(() -> reader.withLineBytesMax(63)).hasMessageContaining("63");
    assertThatThrownBy(() -> reader.withPollInterval(java.time.Duration.ZERO))
        .hasMessageContaining("PT0S");
    assertThatThrownBy(() -> reader.withLeapSeconds(-1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> LogReader.of(List.of())).hasMessageContaining("1 to 1000");
  }
}
