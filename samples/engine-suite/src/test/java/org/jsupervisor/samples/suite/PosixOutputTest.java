package org.jsupervisor.samples.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.log.LogCursor;
import org.jsupervisor.log.LogLine;
import org.jsupervisor.log.LogReader;
import org.jsupervisor.log.TailSink;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.RestartLimit;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.snapshot.DestinationSnapshot;
import org.jsupervisor.snapshot.DestinationSnapshot.State;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.BackPressure;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.Timestamps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Output of real processes, through the engine, to where its spec says. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the POSIX platform knows Linux only so far")
class PosixOutputTest extends PosixCase {
  private static final int RESTARTS = 1000;
  private static final int LINES_A_RUN = 200;

  private void start(String script, OutputSpec output) {
    start(
        ProcessSpec.builder("c", "/bin/sh", "-c", script)
            .withDirectory(directory)
            .withOutput(output)
            .withRestart(
                RestartPolicy.permanent()
                    .withBackoff(Backoff.fixed(Duration.ofMillis(1)))
                    .withLimit(RestartLimit.none())));
  }

  private LogSpec plain(Path log) {
    return LogSpec.builder(log).withTimestamps(Timestamps.NONE).withOldFilesMax(10_000).build();
  }

  private static List<String> lines(Path log) {
    List<String> lines = new ArrayList<>();
    try (LogCursor cursor = LogReader.of(log).all()) {
      for (Optional<LogLine> line = cursor.next(); line.isPresent(); line = cursor.next()) {
        lines.add(line.get().message().text());
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
  }

  /** F31: nothing is lost while there is no place for it, and all goes on when there is. */
  @Test
  void placeThatIsGone_stopsTheChild_andNothingIsLost() throws IOException {
    Path place = Files.createFile(directory.resolve("place"));
    Path log = place.resolve("log");
    start("seq 200000; echo $$ > done; exec sleep 1000", OutputSpec.logged(plain(log)));
    world.awaitUntil("the child runs", () -> now().pid().isPresent());
    long pid = now().pid().orElseThrow().value();
    // The pipe and one read take about a tenth of all.
    world.awaitUntil("the child has filled its pipe", () -> hasFilledItsPipe(pid));
    assertThat(directory.resolve("done")).doesNotExist();

    Files.delete(place);
    world.awaitUntil("the child goes on", () -> Files.exists(directory.resolve("done")));
    world.awaitUntil("all lines", () -> lines(log).size() == 200_000);

    assertThat(lines(log)).isEqualTo(numbers(1, 200_000));
    assertThat(now().counters().outputBytesLost()).isZero();
    assertThat(events).noneMatch(event -> event instanceof SupervisorEvent.OutputLost);
  }

  /** Whether the shell's child has filled its pipe. */
  private static boolean hasFilledItsPipe(long shell) {
    return ProcessHandle.of(shell).stream()
        .flatMap(ProcessHandle::children)
        .anyMatch(child -> bytesWritten(child.pid()) >= 65_536);
  }

  private static long bytesWritten(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/io"))) {
      return lines
          .filter(line -> line.startsWith("wchar: "))
          .mapToLong(line -> Long.parseLong(line.substring("wchar: ".length())))
          .sum();
    } catch (IOException | UncheckedIOException gone) {
      return 0;
    }
  }

  /** What is held back shows while it is, and is no loss. */
  @Test
  void placeThatIsGone_showsAsFailing_untilItIsBack() throws IOException {
    Path place = Files.createFile(directory.resolve("place"));
    Path log = place.resolve("log");
    start("echo one; exec sleep 1000", OutputSpec.logged(plain(log)));
    world.awaitUntil("it shows", () -> destination().state() == State.FAILING);
    assertThat(destination().place()).isEqualTo(log.toString());
    assertThat(destination().waitingBytes()).isEqualTo(4);
    assertThat(destination().lastFailure()).contains("place");

    Files.delete(place);
    world.awaitUntil("it is well", () -> destination().state() == State.OK);
    assertThat(destination().waitingBytes()).isZero();
    assertThat(destination().lostBytes()).isZero();
    assertThat(lines(log)).containsExactly("one");
  }

  private DestinationSnapshot destination() {
    return tree.destinations(C).get(0);
  }

  @Test
  void rotationsThatAreAskedFor_whileItWrites_loseAndDoubleNothing() throws IOException {
    Path log = directory.resolve("log");
    start(
        "for n in $(seq 300); do seq $((n * 1000 - 999)) $((n * 1000)); done; exec sleep 1000",
        OutputSpec.logged(plain(log)));
    for (int rotations = 0; rotations < 20; rotations++) {
      world.await(tree.rotate(C));
    }
    world.awaitUntil("all lines", () -> lines(log).size() == 300_000);
    world.await(tree.rotate(C));

    assertThat(lines(log)).isEqualTo(numbers(1, 300_000));
    assertThat(log.resolve("current")).isEmptyFile();
    try (var files = Files.list(log)) {
      assertThat(files.filter(file -> file.getFileName().toString().startsWith("@")).count())
          .isPositive();
    }
  }

  @Test
  void restarts_loseAndDoubleNothing_acrossRotations() throws Exception {
    Path log = directory.resolve("log");
    String script =
        "n=$(cat n 2>/dev/null || echo 0); m=$((n + %d)); seq $((n + 1)) $m; echo $m > m; mv m n"
            .formatted(LINES_A_RUN);
    LogSpec small = plain(log).toBuilder().withFileBytesMax(LogSpec.FILE_BYTES_MIN).build();
    start(script, OutputSpec.logged(small));
    world.awaitUntil("its runs", () -> now().counters().restarts() >= RESTARTS);
    world.await(tree.down(C));
    int last = Integer.parseInt(Files.readString(directory.resolve("n")).strip());
    world.awaitUntil("all lines", () -> lines(log).size() >= last);

    // A run that was asked to stop in its middle has written lines that are not counted in n.
    List<String> all = lines(log);
    assertThat(all.stream().map(Integer::valueOf).sorted().map(Object::toString))
        .startsWith(numbers(1, last).toArray(String[]::new))
        .doesNotHaveDuplicates();
    assertThat(all.size() - last).isLessThanOrEqualTo(LINES_A_RUN);
    assertThat(now().counters().outputBytesLost()).isZero();
    try (var files = Files.list(log)) {
      assertThat(files.filter(file -> file.getFileName().toString().startsWith("@")).count())
          .isGreaterThan(100);
    }
  }

  /** F38: a writer at full speed, and small files. */
  @ParameterizedTest
  @CsvSource({"NONE, 16", "ISO_8601, 64"})
  void f38_fiveHundredRotationsAtFullSpeed_loseAndDoubleNothing(
      Timestamps timestamps, int fileKibibytes) throws IOException {
    int last = 1_300_000;
    Path log = directory.resolve("log");
    LogSpec small =
        plain(log).toBuilder()
            .withTimestamps(timestamps)
            .withFileBytesMax(fileKibibytes * 1024L)
            .build();
    start("seq " + last + "; exec sleep 1000", OutputSpec.logged(small));
    world.awaitUntil("the last line", () -> OptionalInt.of(last).equals(lastNumber(log)));

    int expected = 0;
    try (LogCursor cursor = LogReader.of(log).all()) {
      for (Optional<LogLine> line = cursor.next(); line.isPresent(); line = cursor.next()) {
        expected++;
        assertThat(line.get().message().text()).isEqualTo(Integer.toString(expected));
      }
    }
    assertThat(expected).isEqualTo(last);
    assertThat(now().counters().outputBytesLost()).isZero();
    try (var files = Files.list(log)) {
      assertThat(files.filter(file -> file.getFileName().toString().startsWith("@")).count())
          .isGreaterThanOrEqualTo(500);
    }
  }

  private static OptionalInt lastNumber(Path log) {
    try (LogCursor cursor = LogReader.of(log).lastLines(1)) {
      return cursor
          .next()
          .map(line -> OptionalInt.of(Integer.parseInt(line.message().text())))
          .orElse(OptionalInt.empty());
    } catch (IOException | NumberFormatException e) {
      // Not there yet, or a rotation at this moment.
      return OptionalInt.empty();
    }
  }

  /** F32: a sink that blocks costs neither its child nor anybody else, if it has a buffer. */
  @Test
  void sinkThatBlocks_withABuffer_holdsUpNobody_andItsLossIsCounted() {
    CountDownLatch release = new CountDownLatch(1);
    long[] counts = new long[2];
    OutputSink stuck =
        new OutputSink() {
          @Override
          public void accept(OutputSource source, ByteBuffer bytes) throws IOException {
            try {
              release.await();
            } catch (InterruptedException e) {
              throw new InterruptedIOException();
            }
            synchronized (counts) {
              counts[0] += bytes.remaining();
            }
          }

          @Override
          public void lost(OutputSource source, long bytes) {
            synchronized (counts) {
              counts[1] += bytes;
            }
          }
        };
    TailSink tail = TailSink.of(5, 4096);
    start(
        "head -c 10000000 /dev/zero | tr '\\0' '\\n'; echo out; touch done; exec sleep 1000",
        OutputSpec.toAll(
            OutputSpec.to(stuck).withBackPressure(BackPressure.dropNewest(1 << 20)),
            OutputSpec.to(tail)));
    world.awaitUntil("the child is done", () -> Files.exists(directory.resolve("done")));
    world.awaitUntil(
        "the last line",
        () -> tail.lines().stream().anyMatch(last -> last.line().text().equals("out")));
    world.awaitUntil("the loss is told", () -> now().counters().outputBytesLost() > 0);
    assertThat(now().phase()).isEqualTo(Phase.RUNNING);

    release.countDown();
    world.awaitUntil(
        "the books",
        () -> {
          synchronized (counts) {
            return counts[0] + counts[1] == 10_000_004
                && now().counters().outputBytesLost() == counts[1];
          }
        });
    assertThat(counts[0]).isBetween(500_000L, 2_000_000L);
  }

  @Test
  void streamsApart_goToTheirOwnPlaces() {
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    start(
        "seq 1 1000; seq 2001 3000 >&2; exec sleep 1000",
        OutputSpec.separate(
            OutputSpec.logged(plain(out)),
            OutputSpec.logged(plain(err))
                .withBackPressure(BackPressure.spill(directory.resolve("spill"), 1 << 20))));
    world.awaitUntil("all of stdout", () -> lines(out).size() == 1000);
    world.awaitUntil("all of stderr", () -> lines(err).size() == 1000);

    assertThat(lines(out)).isEqualTo(numbers(1, 1000));
    assertThat(lines(err)).isEqualTo(numbers(2001, 3000));
  }
}
