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
import java.util.concurrent.CompletableFuture;
import org.jsupervisor.output.LogSizes;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.output.RotatingSink;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.Timestamps;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sinks of an old and a new specification, while a grandchild still holds the old one. */
class LogDirectoriesTest {
  private static final int SIZE = (int) LogSpec.FILE_BYTES_MIN;

  @TempDir Path root;
  private Path directory;
  private LogSpec plain;
  private final LogFixture clock = new LogFixture();
  private final LogDirectories logs = new LogDirectories(clock);

  @BeforeEach
  void nestDirectory() {
    directory = root.resolve("log");
    plain = new LogSpec(directory, SIZE, 5, Timestamps.NONE);
  }

  private Path current() {
    return directory.resolve("current");
  }

  @Test
  void opening_touchesNoFile() throws Exception {
    try (OutputSink log = logs.open(plain)) {
      log.ended(FIRST);
    }
    assertThat(directory).doesNotExist();
  }

  @Test
  void sinksOfOneDirectory_writeOneFile_lineByLine() throws Exception {
    try (OutputSink old = logs.open(plain);
        OutputSink fresh = logs.open(plain)) {
      old.accept(FIRST, bytes("one\nbeg"));
      fresh.accept(SECOND, bytes("two\n"));
      old.accept(FIRST, bytes("un\n"));
    }
    assertThat(content(current())).isEqualTo("one\nbeg\ntwo\nun\n");
  }

  @Test
  void sizes_areThoseOfTheFiles_afterEachWriteAndRotation() throws Exception {
    RotatingSink log = (RotatingSink) logs.open(plain);
    try (log) {
      assertThat(log.sizes()).as("before the first byte").isEmpty();
      log.accept(FIRST, bytes("one\n"));
      assertThat(log.sizes()).contains(new LogSizes(4, 0, 0));
      log.rotate();
      assertThat(log.sizes()).contains(new LogSizes(0, 1, 4));
      for (int i = 0; i < 10; i++) {
        log.accept(FIRST, bytes("x".repeat(SIZE - 1) + "\n"));
      }
      LogSizes full = log.sizes().orElseThrow();
      assertThat(full.oldFiles()).as("no more than are kept").isEqualTo(5);
      assertThat(full.oldBytes()).isEqualTo(5L * SIZE);
    }
    assertThat(log.sizes()).as("when it is closed").isEmpty();
  }

  @Test
  void directoryByWayOfALink_isTheSame() throws Exception {
    Files.createDirectory(root.resolve("real"));
    Files.createSymbolicLink(root.resolve("link"), root.resolve("real"));
    LogSpec direct = LogSpec.of(root.resolve("real/not/yet"));
    LogSpec linked = LogSpec.of(root.resolve("link/not/../not/yet"));
    try (OutputSink old = logs.open(direct);
        OutputSink fresh = logs.open(linked)) {
      old.accept(FIRST, bytes("one\n"));
      fresh.accept(SECOND, bytes("two\n"));
    }
    assertThat(allContent(direct.directory())).contains("one\n").contains("two\n");
  }

  @Test
  void limitsOfTheNewest_holdForAll_alsoWhenTheOldOneWritesLater() throws Exception {
    LogSpec large = new LogSpec(directory, 4L * SIZE, 5, Timestamps.NONE);
    try (OutputSink late = logs.open(large);
        OutputSink old = logs.open(large)) {
      old.accept(FIRST, bytes("x".repeat(SIZE) + "\n"));
      assertThat(files(directory)).hasSize(1);
      try (OutputSink fresh = logs.open(new LogSpec(directory, SIZE, 1, Timestamps.ISO_8601))) {
        fresh.accept(SECOND, bytes("stamped\n"));
      }
      assertThat(files(directory)).hasSize(2);
      late.accept(FIRST, bytes("too\n"));
      assertThat(content(current()).lines())
          .containsExactly("2026-11-21T08:15:30.123Z stamped", "2026-11-21T08:15:30.123Z too");
    }
  }

  @Test
  void lastToClose_closesTheFile() throws Exception {
    OutputSink old = logs.open(plain);
    OutputSink fresh = logs.open(plain);
    old.accept(FIRST, bytes("one\n"));
    fresh.accept(SECOND, bytes("two\n"));
    fresh.close();
    old.accept(FIRST, bytes("three\n"));
    try (OutputSink other = new LogDirectories(clock).open(plain)) {
      assertThatThrownBy(() -> other.accept(SECOND, bytes("x")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("must belong to one writer");
      old.close();
      other.accept(SECOND, bytes("four\n"));
    }
    try (OutputSink again = logs.open(plain)) {
      again.accept(FIRST, bytes("five\n"));
    }
    assertThat(content(current())).isEqualTo("one\ntwo\nthree\nfour\nfive\n");
  }

  @Test
  void sinksOfManyThreads_loseNothing() throws Exception {
    LogSpec large = new LogSpec(directory, LogSpec.FILE_BYTES_MAX, 5, Timestamps.NONE);
    CompletableFuture<?>[] threads = new CompletableFuture<?>[4];
    for (int n = 0; n < threads.length; n++) {
      OutputSource source = LogFixture.source(n + 1L);
      threads[n] = CompletableFuture.runAsync(() -> writeLines(large, source));
    }
    CompletableFuture.allOf(threads).join();
    assertThat(content(current()).lines()).hasSize(400).allMatch("line"::equals);
  }

  /** Each with a sink of its own, so that the file is closed and opened again between. */
  private void writeLines(LogSpec spec, OutputSource source) {
    for (int line = 0; line < 100; line++) {
      try (OutputSink sink = logs.open(spec)) {
        sink.accept(source, bytes("line\n"));
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }
}
