package org.jsupervisor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jsupervisor.log.LogFixture.FIRST;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.Timestamps;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A writer that rotates as fast as it can, and a reader that follows it. */
class LogFollowTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LINES = 30_000;
  private static final int ROUNDS = 3_000;

  @TempDir Path root;
  private final ExecutorService others = Executors.newCachedThreadPool();

  @AfterEach
  void endOthers() {
    others.shutdownNow();
  }

  private LogReader reader() {
    return LogReader.of(root.resolve("log")).withPollInterval(Duration.ofMillis(1));
  }

  /** Writes numbered lines, some of which are longer than what is left of a file. */
  private Callable<Integer> writer(int oldFiles) {
    LogSpec spec =
        new LogSpec(root.resolve("log"), LogSpec.FILE_BYTES_MIN, oldFiles, Timestamps.ISO_8601);
    return () -> {
      try (LogDirectory log = new LogDirectory(spec, InstantSource.system())) {
        for (int i = 0; i < LINES; i++) {
          String filling = i % 100 == 0 ? "x".repeat(5000) : "";
          log.accept(FIRST, LogFixture.bytes(i + " " + filling));
          log.accept(FIRST, LogFixture.bytes("\n"));
        }
      }
      return LINES;
    };
  }

  private static int number(LogLine line) {
    String text = line.message().text();
    return Integer.parseInt(text.substring(0, text.indexOf(' ')));
  }

  private static void readAllInOrder(LogCursor cursor) throws Exception {
    for (int expected = 0; expected < LINES; expected++) {
      Optional<LogLine> line = cursor.next(PATIENCE);
      assertThat(line).as("line %d", expected).isPresent();
      assertThat(number(line.orElseThrow())).isEqualTo(expected);
      assertThat(line.orElseThrow().message().length())
          .isEqualTo(Integer.toString(expected).length() + 1 + (expected % 100 == 0 ? 5000 : 0));
    }
    assertThat(cursor.next()).isEmpty();
    assertThat(cursor.unfinished()).isEmpty();
    assertThat(cursor.gaps()).isZero();
  }

  @Test
  void rotationsAtFullSpeed_loseNoLine_andDoubleNone() throws Exception {
    try (LogCursor cursor = reader().lastLines(0)) {
      Future<Integer> written = others.submit(writer(LogSpec.OLD_FILES_MAX));
      readAllInOrder(cursor);
      assertThat(written.get()).isEqualTo(LINES);
    }
  }

  @Test
  void rotationsAtFullSpeed_whileOldFilesAreCompressed_loseNoLine_andDoubleNone() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    try (LogCursor cursor = reader().lastLines(0)) {
      Future<Integer> written = others.submit(writer(LogSpec.OLD_FILES_MAX));
      Future<Integer> compressed = others.submit(() -> compressUntil(over));
      readAllInOrder(cursor);
      assertThat(written.get()).isEqualTo(LINES);
      over.set(true);
      assertThat(compressed.get()).isPositive();
    }
    try (LogCursor again = reader().all()) {
      readAllInOrder(again);
    }
  }

  private int compressUntil(AtomicBoolean over) throws IOException {
    int compressed = 0;
    while (!over.get()) {
      for (Path file : rotated()) {
        LogFiles.compress(file);
        compressed++;
      }
    }
    return compressed;
  }

  private List<Path> rotated() throws IOException {
    try (Stream<Path> entries = Files.list(root.resolve("log"))) {
      List<Path> files = entries.filter(file -> file.toString().endsWith(".s")).sorted().toList();
      // The writer has to see the newest: it takes care that the next name is greater.
      return files.subList(0, Math.max(0, files.size() - 3));
    } catch (NoSuchFileException notYet) {
      return List.of();
    }
  }

  @Test
  void retentionFasterThanTheReader_losesLinesInOrder_andSaysSo() throws Exception {
    try (LogCursor cursor = reader().lastLines(0)) {
      Future<Integer> written = others.submit(writer(1));
      int expected = 0;
      boolean missed = false;
      while (expected < LINES) {
        LogLine line = cursor.next(PATIENCE).orElseThrow();
        if (line.message().text().matches("x* ?")) {
          // The end of a line whose beginning is deleted.
          missed = true;
          continue;
        }
        if (line.whole().ending() == OutputLine.Ending.MISSING) {
          missed = true;
        }
        int number = number(line);
        assertThat(number).isGreaterThanOrEqualTo(expected);
        missed |= number > expected;
        expected = number + 1;
      }
      assertThat(written.get()).isEqualTo(LINES);
      if (missed) {
        assertThat(cursor.gaps()).isPositive();
      }
    }
  }

  @Test
  void lastLinesDuringRotations_areFollowedWithoutAGap() throws Exception {
    Future<Integer> written = others.submit(writer(LogSpec.OLD_FILES_MAX));
    for (boolean over = false; !over; ) {
      over = written.isDone();
      try (LogCursor cursor = reader().lastLines(50)) {
        Optional<LogLine> first = cursor.next();
        int expected = first.isPresent() ? number(first.get()) + 1 : 0;
        for (int i = 0; i < 200; i++) {
          Optional<LogLine> line = cursor.next();
          if (line.isPresent()) {
            assertThat(number(line.get())).isEqualTo(expected);
            expected++;
          }
        }
        if (over) {
          assertThat(expected).isEqualTo(LINES);
        }
      }
    }
  }

  /** One rotation at any moment of the search, so that it can be found out and made up for. */
  @Test
  void lastLinesDuringARotation_areNoMoreThanWanted() throws Exception {
    LogFiles files = new LogFiles(root.resolve("log"));
    files.append("0 \n");
    for (int round = 0; round < ROUNDS; round++) {
      int first = round * 10 + 1;
      String ten =
          IntStream.range(first, first + 10).mapToObj(i -> i + " \n").collect(Collectors.joining());
      CountDownLatch go = new CountDownLatch(1);
      int wait = round % 100 * 20;
      Future<?> rotated =
          others.submit(
              () -> {
                go.await();
                for (int i = 0; i < wait; i++) {
                  Thread.onSpinWait();
                }
                files.rotate();
                return files.append(ten);
              });
      go.countDown();
      try (LogCursor cursor = reader().lastLines(3)) {
        assertThat(number(cursor.next(PATIENCE).orElseThrow())).isGreaterThanOrEqualTo(first - 3);
      }
      var unused = rotated.get();
      Files.deleteIfExists(root.resolve("log/" + new Tai64n(LogFiles.timeOf(round - 9)) + ".s"));
    }
  }
}
