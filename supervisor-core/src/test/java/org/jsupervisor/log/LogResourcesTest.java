package org.jsupervisor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jsupervisor.log.LogFixture.FIRST;
import static org.jsupervisor.log.LogFixture.bytes;
import static org.jsupervisor.log.LogFixture.content;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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
  void tornLineOfACrash_isEnded_alsoIfTheFirstLookAtItFails() throws IOException {
    Path log = Files.createDirectories(root.resolve("torn"));
    Files.writeString(log.resolve("current"), "torn");
    AtomicBoolean hasFailed = new AtomicBoolean();
    FileOperations scarce =
        new ForwardingFiles() {
          @Override
          public FileChannel open(Path file, OpenOption... options) throws IOException {
            if (List.of(options).equals(List.of(StandardOpenOption.READ))
                && hasFailed.compareAndSet(false, true)) {
              throw new IOException("Too many open files");
            }
            return super.open(file, options);
          }
        };
    LogSpec spec = LogSpec.builder(log).withTimestamps(Timestamps.NONE).build();
    try (LogDirectory torn = new LogDirectory(spec, clock.context(scarce))) {
      assertThatThrownBy(() -> torn.accept(FIRST, bytes("one\n")))
          .hasMessage("Too many open files");
      torn.accept(FIRST, bytes("one\n"));
    }
    assertThat(content(log.resolve("current"))).isEqualTo("torn\none\n");
  }

  @Test
  void jobsThatAreRefused_doNotPileUp() throws InterruptedException {
    AtomicBoolean none = new AtomicBoolean(true);
    Upkeep upkeep =
        Upkeep.threads(
            job -> {
              if (none.get()) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              return new Thread(job);
            });
    AtomicInteger ran = new AtomicInteger();
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(() -> upkeep.run(ran::incrementAndGet))
          .isInstanceOf(RejectedExecutionException.class);
    }
    none.set(false);
    CountDownLatch last = new CountDownLatch(1);
    upkeep.run(last::countDown);
    assertThat(last.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(ran).hasValue(0);
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
