package org.jsupervisor.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.spec.LogSpec;

/** What the tests of log directories share: a clock that is set by hand, and reading back. */
final class LogFixture implements InstantSource {
  static final OutputSource FIRST = source(1);
  static final OutputSource SECOND = source(2);

  private Instant now = Instant.parse("2026-11-21T08:15:30.123Z");

  static OutputSource source(long run) {
    return new OutputSource(new Incarnation(ChildId.of("web"), run));
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Rotated files in the order of their names, then the current one. */
  static List<Path> files(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(file -> !file.getFileName().toString().startsWith("lock"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String content(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  static String allContent(Path directory) {
    return String.join("", files(directory).stream().map(LogFixture::content).toList());
  }

  /** What a directory needs, with all work on old files done before a call returns. */
  LogContext context(FileOperations files) {
    Upkeep atOnce =
        new Upkeep() {
          @Override
          public void run(Runnable job) {
            job.run();
          }

          @Override
          public void runLater(Runnable job, long delayNanos) {
            job.run();
          }
        };
    return new LogContext(this, files, atOnce);
  }

  /** A directory on the real disk, whose old files are always done. */
  LogDirectory open(LogSpec spec) {
    return new LogDirectory(spec, context(new DiskFiles()));
  }

  void set(String moment) {
    now = Instant.parse(moment);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
