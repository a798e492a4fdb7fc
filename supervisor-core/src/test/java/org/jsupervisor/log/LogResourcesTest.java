package org.jsupervisor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jsupervisor.log.LogFixture.FIRST;
import static org.jsupervisor.log.LogFixture.bytes;
import static org.jsupervisor.log.LogFixture.content;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import org.jsupervisor.spec.LogProcessing;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.Timestamps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a log directory holds besides its lines: descriptors, its lock, threads. */
class LogResourcesTest {
  @TempDir Path root;
  private final LogFixture clock = new LogFixture();

  private LogSpec.Builder spec() {
    return LogSpec.builder(root.resolve("log")).withTimestamps(Timestamps.NONE);
  }

  @Test
  void fileThatCannotBeMarkedAsOpen_isClosedAgain() throws IOException {
    List<FileChannel> opened = new ArrayList<>();
    FileOperations ofAnother =
        new ForwardingFiles() {
          @Override
          void before(String operation) throws IOException {
            if (operation.startsWith("reopen")) {
              throw new IOException("Operation not permitted");
            }
          }

          @Override
          FileChannel wrap(Path file, FileChannel channel) {
            opened.add(channel);
            return channel;
          }
        };
    LogDirectory log = new LogDirectory(spec().build(), clock.context(ofAnother));
    assertThatThrownBy(() -> log.accept(FIRST, bytes("one\n"))).isInstanceOf(IOException.class);
    assertThat(opened).isNotEmpty().noneMatch(FileChannel::isOpen);
  }

  @Test
  void threadThatCannotBeMade_costsTheWriterNothing() throws IOException {
    Path directory = Files.createDirectories(root.resolve("log"));
    Files.writeString(directory.resolve(new Tai64n(clock.instant()) + ".u"), "old\n");
    LogSpec spec = spec().withProcessing(LogProcessing.gzip()).build();
    Upkeep noThreads =
        new Upkeep() {
          @Override
          public void run(Runnable job) {
            throw new RejectedExecutionException("no thread");
          }

          @Override
          public void runLater(Runnable job, long delayNanos) {
            run(job);
          }
        };
    LogContext context = new LogContext(clock, new DiskFiles(), noThreads);
    try (LogDirectory log = new LogDirectory(spec, context)) {
      log.accept(FIRST, bytes("one\n"));
      log.accept(FIRST, bytes("two\n"));
    }
    assertThat(content(directory.resolve("current"))).isEqualTo("one\ntwo\n");
  }

  @Test
  void threadThatTheKernelRefuses_isARejection() {
    // Not by a thread whose start throws: newer releases of the JDK start threads another way.
    ThreadFactory none =
        job -> {
          throw new OutOfMemoryError("unable to create native thread");
        };
    Upkeep upkeep = Upkeep.threads(none);
    assertThatThrownBy(() -> upkeep.run(() -> {})).isInstanceOf(RejectedExecutionException.class);
    assertThatThrownBy(() -> upkeep.runLater(() -> {}, 1))
        .isInstanceOf(RejectedExecutionException.class);
  }
}
