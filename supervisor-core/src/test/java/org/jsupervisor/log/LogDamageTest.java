package org.jsupervisor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jsupervisor.log.LogFiles.drain;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that nobody should have made so: the lines around them can be read all the same. */
class LogDamageTest {
  @TempDir Path root;
  private LogFiles files;
  private LogReader reader;

  @BeforeEach
  void makeDirectory() {
    files = new LogFiles(root.resolve("log"));
    reader = LogReader.of(files.directory());
  }

  private Path damagedFile(String text) throws IOException {
    Path packed = LogFiles.compress(files.append(text.repeat(10_000)).rotate());
    try (RandomAccessFile file = new RandomAccessFile(packed.toFile(), "rw")) {
      file.setLength(12);
    }
    return packed;
  }

  @Test
  void linesAfterADamagedFile_areThose_andNoneComesTwice() throws IOException {
    files.append("1\n").rotate();
    Path damaged = damagedFile("2\n");
    files.append("3\n");
    try (LogCursor cursor = reader.all()) {
      assertThat(cursor.next()).map(LogLine::text).contains("1");
      assertThatThrownBy(cursor::next)
          .isInstanceOf(IOException.class)
          .hasMessageContaining(damaged.toString());
      assertThat(drain(cursor)).containsExactly("3");
    }
  }

  @Test
  void lastLines_beginBehindADamagedFile_andSaySo() throws IOException {
    files.append("1\n").rotate();
    Path damaged = damagedFile("2\n");
    files.append("3\n").rotate();
    files.append("4\n5");
    try (LogCursor cursor = reader.lastLines(9)) {
      assertThatThrownBy(cursor::next)
          .isInstanceOf(IOException.class)
          .hasMessageContaining(damaged.toString());
      assertThat(drain(cursor)).containsExactly("3", "4", "5~");
    }
    try (LogCursor cursor = reader.lastLines(2)) {
      assertThat(drain(cursor)).containsExactly("4", "5~");
    }
  }

  @Test
  void lastLines_beginBehindAFileThatIsNoGzip_thoughItBeginsLikeOne() throws IOException {
    files.append(new byte[] {0x1f, (byte) 0x8b, 8, 'x', '\n'}).rotate();
    files.append("1\n");
    try (LogCursor cursor = reader.lastLines(9)) {
      assertThatThrownBy(cursor::next).isInstanceOf(IOException.class);
      assertThat(drain(cursor)).containsExactly("1");
    }
  }

  @Test
  void since_doesNotMindADamagedFileThatIsOlder() throws IOException {
    damagedFile("1\n");
    files.append("2\n").rotate();
    files.append("3\n");
    try (LogCursor cursor = reader.since(LogFiles.timeOf(2))) {
      assertThat(drain(cursor)).containsExactly("2", "3");
    }
  }

  /** A child may write such a label, and anybody may name a file so. */
  @Test
  void labelOfTheBeginningOfTime_isALabel_alsoIfLeapSecondsAreCounted() throws IOException {
    String label = new Tai64n(Instant.MIN).toString();
    files.append(label + " first\n");
    Files.move(files.current(), files.directory().resolve(label + ".s"));
    files.append("2\n");
    try (LogCursor cursor = reader.withLeapSeconds(27).all()) {
      assertThat(drain(cursor)).containsExactly(label + " first", "2");
    }
    try (LogCursor cursor = reader.withLeapSeconds(27).since(LogFiles.timeOf(0))) {
      assertThat(drain(cursor)).containsExactly("2");
    }
  }
}
