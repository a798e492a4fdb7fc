package org.jsupervisor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jsupervisor.log.LogFiles.drain;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written while it is read; each step of writer and reader by hand. */
class LogCursorTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path root;
  private LogFiles files;
  private LogReader reader;

  @BeforeEach
  void makeDirectory() {
    files = new LogFiles(root.resolve("log"));
    reader = LogReader.of(files.directory()).withPollInterval(Duration.ofMillis(5));
  }

  @Test
  void withNoLastLines_whatIsWrittenLaterComes() throws IOException {
    files.append("old\nhalf");
    try (LogCursor cursor = reader.lastLines(0)) {
      assertThat(drain(cursor)).containsExactly("half~");
      files.append(" done\nnew\n");
      assertThat(drain(cursor)).containsExactly("half done", "new");
    }
  }

  @Test
  void unfinishedLine_waitsForItsEnd_alsoOverARotation() throws IOException {
    files.append("a");
    try (LogCursor cursor = reader.all()) {
      assertThat(drain(cursor)).containsExactly("a~");
      files.append("b").rotate();
      files.append("c\n");
      assertThat(drain(cursor)).containsExactly("abc");
    }
  }

  @Test
  void rotations_thatNobodySaw_areAllRead() throws IOException {
    files.append("1\n");
    try (LogCursor cursor = reader.all()) {
      assertThat(drain(cursor)).containsExactly("1");
      files.append("2\n").rotate();
      files.append("3\n").rotate();
      files.append("4\n").rotate(".u");
      files.append("5\n");
      assertThat(drain(cursor)).containsExactly("2", "3", "4", "5");
      assertThat(cursor.gaps()).isZero();
    }
  }

  @Test
  void fileThatIsRenamedAway_isReadOnUntilThereIsANewOne() throws IOException {
    files.append("1\n");
    try (LogCursor cursor = reader.all();
        FileChannel writer = FileChannel.open(files.current(), StandardOpenOption.APPEND)) {
      assertThat(drain(cursor)).containsExactly("1");
      Files.move(files.current(), root.resolve("elsewhere"));
      writer.write(LogFixture.bytes("2\n"));
      assertThat(drain(cursor)).containsExactly("2");
      writer.write(LogFixture.bytes("3\n"));
      files.append("4\n");
      assertThat(drain(cursor)).containsExactly("3", "4");
    }
  }

  @Test
  void removedFile_isReadToItsEnd_thenTheNewOne() throws IOException {
    files.append("1\n");
    try (LogCursor cursor = reader.all()) {
      assertThat(drain(cursor)).containsExactly("1");
      files.append("2\nhalf");
      Files.delete(files.current());
      assertThat(drain(cursor)).containsExactly("2", "half~");
      files.append("3\n");
      assertThat(drain(cursor)).containsExactly("half", "3");
    }
  }

  @Test
  void directoryMadeAnew_isReadOn() throws IOException {
    files.append("0\n").rotate();
    files.append("1\n");
    try (LogCursor cursor = reader.all()) {
      assertThat(drain(cursor)).containsExactly("0", "1");
      Files.move(files.directory(), root.resolve("away"));
      assertThat(drain(cursor)).isEmpty();
      files.make();
      assertThat(drain(cursor)).isEmpty();
      files.append("2\n").rotate();
      files.append("3\n");
      assertThat(drain(cursor)).containsExactly("2", "3");
    }
  }

  @Test
  void directoryThatIsMadeLater_isReadFromItsBeginning() throws IOException {
    reader = LogReader.of(root.resolve("later"));
    try (LogCursor cursor = reader.lastLines(0)) {
      assertThat(drain(cursor)).isEmpty();
      new LogFiles(root.resolve("later")).append("1\n");
      assertThat(drain(cursor)).containsExactly("1");
    }
  }

  @Test
  void truncatedFile_isReadFromItsBeginning() throws IOException {
    files.append("1\n2\nhalf");
    try (LogCursor cursor = reader.all()) {
      assertThat(drain(cursor)).containsExactly("1", "2", "half~");
      Files.writeString(files.current(), "3\n");
      assertThat(drain(cursor)).containsExactly("half", "3");
    }
  }

  @Test
  void fileCompressedBehindTheReadersBack_isNotReadAgain() throws IOException {
    files.append("1\n");
    try (LogCursor cursor = reader.all()) {
      assertThat(drain(cursor)).containsExactly("1");
      files.append("2\nha");
      LogFiles.compress(files.rotate());
      files.append("lf\n3\n").rotate();
      files.append("4\n");
      assertThat(drain(cursor)).containsExactly("2", "half", "3", "4");
      assertThat(cursor.gaps()).isZero();
    }
  }

  @Test
  void rotatedFileCompressedWhileItIsRead_isReadOnWhereItWas() throws IOException {
    Path first = files.append("1\n2\n").rotate();
    Path second = files.append("3\n").rotate();
    files.append("4\n");
    try (LogCursor cursor = reader.all()) {
      assertThat(cursor.next()).map(LogLine::text).contains("1");
      LogFiles.compress(first);
      LogFiles.compress(second);
      assertThat(drain(cursor)).containsExactly("2", "3", "4");
      assertThat(cursor.gaps()).isZero();
    }
  }

  @Test
  void filesDeletedUnread_areAGap() throws IOException {
    files.append("1\n");
    try (LogCursor cursor = reader.all()) {
      assertThat(drain(cursor)).containsExactly("1");
      Path first = files.append("2\n").rotate();
      Path second = files.append("3\n").rotate();
      files.append("4\n").rotate();
      files.append("5\n");
      Files.delete(first);
      Files.delete(second);
      assertThat(drain(cursor)).containsExactly("2", "4", "5");
      assertThat(cursor.gaps()).isOne();
    }
  }

  @Test
  void fileThatS6LogIsAboutToRotate_isNotReadAgain() throws IOException {
    files.append("1\n").rotate();
    files.append("2\n");
    try (LogCursor cursor = reader.all()) {
      assertThat(drain(cursor)).containsExactly("1", "2");
      Path previous = files.directory().resolve("previous");
      Files.move(files.current(), previous);
      assertThat(drain(cursor)).isEmpty();
      files.append("3\n");
      assertThat(drain(cursor)).containsExactly("3");
      Files.move(previous, files.directory().resolve(new Tai64n(LogFiles.timeOf(2)) + ".s"));
      assertThat(drain(cursor)).isEmpty();
      files.append("4\n");
      assertThat(drain(cursor)).containsExactly("4");
    }
  }

  @Test
  void wait_endsWithTheLine() throws Exception {
    try (LogCursor cursor = reader.all()) {
      CompletableFuture<String> line = waiting(cursor);
      files.append("1\n");
      assertThat(line.get()).isEqualTo("1");
      assertThat(cursor.next(Duration.ofMillis(1))).isEmpty();
      assertThat(cursor.next(Duration.ofMillis(-1))).isEmpty();
    }
  }

  private static CompletableFuture<String> waiting(LogCursor cursor) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return cursor.next(LONG).orElseThrow().text();
          } catch (IOException | InterruptedException e) {
            throw new java.util.concurrent.CompletionException(e);
          }
        });
  }

  @Test
  void close_endsTheWaitOfAnother() throws Exception {
    LogCursor cursor = reader.all();
    CompletableFuture<String> line = waiting(cursor);
    cursor.close();
    assertThatThrownBy(line::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(ClosedChannelException.class);
  }

  @Test
  void interrupt_endsTheWait_andClosesTheCursor() throws Exception {
    files.append("1\n");
    try (LogCursor cursor = reader.lastLines(0)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> cursor.next(LONG)).isInstanceOf(InterruptedException.class);
      assertThat(Thread.interrupted()).isFalse();
      assertThatThrownBy(cursor::next).isInstanceOf(ClosedChannelException.class);
    }
  }

  @Test
  void interruptOfAWaitWithoutAnyFile_closesTheCursorToo() throws Exception {
    try (LogCursor cursor = reader.all()) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> cursor.next(LONG)).isInstanceOf(InterruptedException.class);
      assertThatThrownBy(cursor::next).isInstanceOf(ClosedChannelException.class);
    }
  }
}
