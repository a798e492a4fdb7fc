package org.jsupervisor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jsupervisor.log.LogFixture.FIRST;
import static org.jsupervisor.log.LogFixture.bytes;
import static org.jsupervisor.log.LogFixture.content;
import static org.jsupervisor.log.LogFixture.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.jsupervisor.spec.Command;
import org.jsupervisor.spec.LogProcessing;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.LogSync;
import org.jsupervisor.spec.Timestamps;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of old files in the background. */
class LogProcessingTest {
  @TempDir Path root;
  private final LogFixture clock = new LogFixture();
  private Path directory;
  private LogSpec.Builder spec;

  @BeforeEach
  void makeSpec() {
    directory = root.resolve("log");
    spec = LogSpec.builder(directory).withTimestamps(Timestamps.NONE);
  }

  private void writeAndRotate(LogDirectory log, String text) throws IOException {
    log.accept(FIRST, bytes(text));
    log.rotate();
  }

  private List<String> names() {
    return files(directory).stream().map(file -> file.getFileName().toString()).toList();
  }

  static String unzipped(Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @Test
  void gzip_compressesWhatIsRotated_inTheBackground() throws Exception {
    spec.withProcessing(LogProcessing.gzip());
    String text = "0123456789\n".repeat(100_000);
    // With the threads that are used in earnest.
    try (LogDirectory log = new LogDirectory(spec.build(), clock)) {
      writeAndRotate(log, text);
      OldFileWork work = Objects.requireNonNull(log.work());
      assertThat(work.awaitRest(TimeUnit.MINUTES.toNanos(1))).isTrue();
    }
    assertThat(files(directory)).hasSize(2);
    assertThat(names().get(0)).endsWith(".s.gz");
    assertThat(unzipped(files(directory).get(0))).isEqualTo(text);
    assertThat(files(directory).get(0))
        .satisfies(f -> assertThat(Files.size(f)).isLessThan(50_000));
  }

  @Test
  void gzip_takesUpWhatIsThere_andKeepsWhatItsNameSays() throws IOException {
    Tai64n label = new Tai64n(clock.instant());
    Files.createDirectories(directory);
    Files.writeString(directory.resolve(label + ".u"), "one\n");
    Files.writeString(directory.resolve(label.next() + ".s"), "two\n");
    Files.writeString(directory.resolve(label.next().next() + ".s.gz"), "not looked at");
    try (LogDirectory log = clock.open(spec.withProcessing(LogProcessing.gzip()).build())) {
      log.accept(FIRST, bytes("three\n"));
    }
    assertThat(names())
        .containsExactly(
            label + ".u.gz", label.next() + ".s.gz", label.next().next() + ".s.gz", "current");
    assertThat(unzipped(files(directory).get(0))).isEqualTo("one\n");
  }

  @Test
  void sizeOfTheCompressedFile_countsForTheTotal() throws IOException {
    spec.withProcessing(LogProcessing.gzip())
        .withFileBytesMax(LogSpec.FILE_BYTES_MIN)
        .withOldBytesMax(LogSpec.FILE_BYTES_MIN);
    try (LogDirectory log = clock.open(spec.build())) {
      for (int i = 0; i < 9; i++) {
        writeAndRotate(log, "x".repeat(1000) + "\n");
      }
    }
    assertThat(files(directory)).hasSize(10);
  }

  @Test
  void command_getsTheFileOnStdin_andItsStdoutIsKept() throws IOException {
    spec.withProcessing(LogProcessing.command(List.of("tr", "a-z", "A-Z")));
    try (LogDirectory log = clock.open(spec.build())) {
      writeAndRotate(log, "one\n".repeat(100_000));
    }
    assertThat(files(directory)).hasSize(2);
    assertThat(names().get(0)).endsWith(".s");
    assertThat(content(files(directory).get(0))).isEqualTo("ONE\n".repeat(100_000));
  }

  @Test
  void commandThatFails_leavesTheFile_andIsTriedAgain() throws IOException {
    Path permission = root.resolve("permission");
    String script = "cat; test -e " + permission;
    spec.withProcessing(LogProcessing.command(List.of("sh", "-c", script)));
    try (LogDirectory log = clock.open(spec.build())) {
      writeAndRotate(log, "one\n");
      assertThat(names().get(0)).endsWith(".u");
      Files.writeString(permission, "");
      writeAndRotate(log, "two\n");
    }
    assertThat(files(directory)).hasSize(3);
    assertThat(names().subList(0, 2)).allSatisfy(name -> assertThat(name).endsWith(".s"));
    assertThat(content(files(directory).get(0))).isEqualTo("one\n");
  }

  @Test
  void programThatIsNotThere_leavesTheFile() throws IOException {
    spec.withProcessing(LogProcessing.command(List.of("/no/such/program")));
    try (LogDirectory log = clock.open(spec.build())) {
      writeAndRotate(log, "one\n");
      assertThat(content(files(directory).get(0))).isEqualTo("one\n");
      assertThat(names()).hasSize(2);
    }
  }

  @Test
  void commandThatDoesNotEnd_isKilled() throws IOException {
    Command endless = Command.of("sh", "-c", "sleep 1000 & sleep 1000");
    spec.withProcessing(new LogProcessing.ByCommand(endless, Duration.ofMillis(200)));
    try (LogDirectory log = clock.open(spec.build())) {
      writeAndRotate(log, "one\n");
      assertThat(content(files(directory).get(0))).isEqualTo("one\n");
      assertThat(names()).hasSize(2);
    }
  }

  @Test
  void closing_givesUpACommand_whoseFileWaitsForTheNextOpening() throws Exception {
    Command endless = Command.of("sh", "-c", "echo begun; exec sleep 1000");
    spec.withProcessing(new LogProcessing.ByCommand(endless, Duration.ofHours(1)));
    try (LogDirectory log = new LogDirectory(spec.build(), clock)) {
      writeAndRotate(log, "one\n");
    }
    assertThat(names()).hasSize(2);
    assertThat(names().get(0)).endsWith(".u");
    spec.withProcessing(LogProcessing.command(List.of("cat")));
    try (LogDirectory log = clock.open(spec.build())) {
      log.accept(FIRST, bytes("two\n"));
    }
    assertThat(names().get(0)).endsWith(".s");
    assertThat(content(files(directory).get(0))).isEqualTo("one\n");
  }

  @Test
  void backgroundThatLags_neverLiftsTheLimits() throws IOException {
    List<Runnable> lagging = new ArrayList<>();
    Upkeep never =
        new Upkeep() {
          @Override
          public void run(Runnable job) {
            lagging.add(job);
          }

          @Override
          public void runLater(Runnable job, long delayNanos) {
            lagging.add(job);
          }
        };
    spec.withOldFilesMax(8).withProcessing(LogProcessing.gzip());
    LogContext context = new LogContext(clock, new DiskFiles(), never);
    try (LogDirectory log = new LogDirectory(spec.build(), context)) {
      for (int i = 0; i < 20; i++) {
        writeAndRotate(log, "line " + i + "\n");
        assertThat(files(directory)).hasSizeLessThanOrEqualTo(9);
      }
      assertThat(lagging).as("one job at a time").hasSize(1);
      assertThat(names().subList(0, 8)).as("synced by the writer").allMatch(n -> n.endsWith(".s"));
      lagging.get(0).run();
      assertThat(names().subList(0, 8)).allMatch(n -> n.endsWith(".s.gz"));
    }
    assertThat(unzipped(files(directory).get(7))).isEqualTo("line 19\n");
  }

  @Test
  void oldFileThatIsDeletedWhileItIsCompressed_doesNotComeBack() throws Exception {
    spec.withOldFilesMax(1).withProcessing(LogProcessing.gzip());
    try (LogDirectory log = new LogDirectory(spec.build(), clock)) {
      for (int i = 0; i < 300; i++) {
        writeAndRotate(log, ("line " + i + "\n").repeat(1000));
      }
      OldFileWork work = Objects.requireNonNull(log.work());
      assertThat(work.awaitRest(TimeUnit.MINUTES.toNanos(1))).isTrue();
      assertThat(names()).hasSize(2);
    }
    assertThat(names().get(0)).endsWith(".gz");
    assertThat(unzipped(files(directory).get(0))).isEqualTo("line 299\n".repeat(1000));
  }

  @Test
  void neverSynced_isNamedUnsafe() throws IOException {
    try (LogDirectory log = clock.open(spec.withSync(LogSync.never()).build())) {
      writeAndRotate(log, "one\n");
    }
    assertThat(names().get(0)).endsWith(".u");
  }

  @Test
  void syncedAtIntervalsOrWrites_isNamedSafe() throws IOException {
    for (LogSync sync : List.of(LogSync.every(Duration.ofMillis(1)), LogSync.everyWrite())) {
      try (LogDirectory log = clock.open(spec.withSync(sync).build())) {
        writeAndRotate(log, "one\n");
      }
    }
    assertThat(names()).hasSize(3);
    assertThat(names().subList(0, 2)).allSatisfy(name -> assertThat(name).endsWith(".s"));
  }
}
