package org.jsupervisor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories that other loggers write: followed across their rotations, then read anew. */
class ForeignLogsTest {
  private static final int LINES = 5000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration CLOCK_ERROR = Duration.ofSeconds(60);

  @TempDir Path root;

  private Path directory() throws IOException {
    return Files.createDirectories(root.resolve("log"));
  }

  private static void assumeTool(String name) {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, name))),
        "tool missing: " + name);
  }

  private void follows(LogReader reader, String... command) throws Exception {
    assumeTool(command[0]);
    Instant before = Instant.now();
    try (LogCursor cursor = reader.lastLines(0)) {
      CompletableFuture<Integer> written = CompletableFuture.supplyAsync(() -> write(command));
      for (int i = 0; i < LINES; i++) {
        Optional<LogLine> line = cursor.next(PATIENCE);
        assertThat(line).as("line %d", i).isPresent();
        assertThat(line.orElseThrow().message().text()).isEqualTo("line " + i);
        assertThat(line.orElseThrow().time().orElseThrow())
            .isBetween(before.minus(CLOCK_ERROR), Instant.now().plus(CLOCK_ERROR));
      }
      assertThat(written.get()).isZero();
      assertThat(cursor.next()).isEmpty();
      assertThat(cursor.gaps()).isZero();
    }
    try (LogCursor all = reader.all()) {
      assertThat(messages(all)).hasSize(LINES).first().isEqualTo("line 0");
    }
    try (LogCursor last = reader.lastLines(2)) {
      assertThat(messages(last)).containsExactly("line 4998", "line 4999");
    }
    try (Stream<Path> files = Files.list(directory())) {
      assertThat(files.filter(file -> file.getFileName().toString().startsWith("@")))
          .as("it has rotated")
          .hasSizeGreaterThan(5);
    }
  }

  private static List<String> messages(LogCursor cursor) throws IOException {
    List<String> messages = new ArrayList<>();
    for (Optional<LogLine> line = cursor.next(); line.isPresent(); line = cursor.next()) {
      messages.add(line.get().message().text());
    }
    return messages;
  }

  private int write(String... command) {
    try {
      Process logger =
          new ProcessBuilder(command)
              .directory(root.toFile())
              .redirectErrorStream(true)
              .redirectOutput(root.resolve("said").toFile())
              .start();
      try (OutputStream out = new BufferedOutputStream(logger.getOutputStream())) {
        for (int i = 0; i < LINES; i++) {
          out.write(("line " + i + "\n").getBytes(StandardCharsets.US_ASCII));
        }
      }
      if (!logger.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        logger.destroyForcibly().waitFor();
      }
      return logger.exitValue();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String config(String text) throws IOException {
    Files.writeString(directory().resolve("config"), text);
    return "./log";
  }

  @Test
  void multilog_withLabels() throws Exception {
    follows(LogReader.of(directory()), "multilog", "t", "n900", "s4096", "./log");
  }

  @Test
  void multilog_thatCompresses_isReadAfterwards() throws Exception {
    assumeTool("gzip");
    assumeTool("multilog");
    assertThat(write("multilog", "t", "n900", "s16384", "!gzip", "./log")).isZero();
    try (LogCursor all = LogReader.of(directory()).all()) {
      assertThat(messages(all))
          .isEqualTo(IntStream.range(0, LINES).mapToObj(n -> "line " + n).toList());
    }
  }

  @Test
  void svlogd_withLabels() throws Exception {
    follows(LogReader.of(directory()), "svlogd", "-t", config("s4096\nn900\n"));
  }

  @Test
  void svlogd_withTimesForPeople() throws Exception {
    follows(LogReader.of(directory()), "svlogd", "-tt", config("s4096\nn900\n"));
  }

  @Test
  void svlogd_withIsoTimes() throws Exception {
    follows(LogReader.of(directory()), "svlogd", "-ttt", config("s4096\nn900\n"));
  }

  @Test
  void s6Log_withLabels() throws Exception {
    follows(LogReader.of(directory()).withLeapSeconds(27), "s6-log", "t", "n900", "s4096", "./log");
  }

  @Test
  void s6Log_withLocalTimes() throws Exception {
    follows(LogReader.of(directory()), "s6-log", "T", "n900", "s4096", "./log");
  }
}
