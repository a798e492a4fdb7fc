package org.jsupervisor.samples.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.RestartLimit;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Run;
import org.jsupervisor.spec.InputSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real processes that write to real loggers. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the POSIX platform knows Linux only so far")
@Timeout(600)
class PosixLoggerTest extends PosixCase {
  private static final ChildId WEB = ChildId.of("web");
  private static final ChildId LOG = ChildId.of("log");
  private static final int KILLS = 100;
  private static final String LINES_A_RUN_MAX = "100000";

  /** Appends its stdin to a file; what it takes from the pipe is in the file, or is not taken. */
  private static final String LOGGER =
      """
      use Fcntl;
      sysopen(my $file, $ARGV[1], O_WRONLY | O_CREAT) or die "$ARGV[1]: $!";
      sysseek($file, 0, 2);
      while (1) {
        my $count = syscall($ARGV[0] + 0, 0, 0, fileno($file), 0, 65536, 0);
        exit 0 if $count == 0;
        die "splice: $!" if $count < 0 && !$!{EINTR};
      }
      """;

  private static void requireTool(String name) {
    boolean found =
        Stream.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin")
            .anyMatch(place -> Files.isExecutable(Path.of(place, name)));
    assumeTrue(found, "tool missing: " + name);
  }

  private ProcessSpec.Builder child(String id, String... command) {
    return ProcessSpec.builder(id, List.of(command))
        .withDirectory(directory)
        .withReadiness(ReadinessSpec.atLaunch())
        .withRestart(
            RestartPolicy.permanent()
                .withBackoff(Backoff.fixed(Duration.ofMillis(1)))
                .withLimit(RestartLimit.none()));
  }

  private ProcessSpec.Builder logger(String... command) {
    return child("log", command).withInput(InputSpec.fed());
  }

  private static long number(ChildSnapshot child) {
    return child.run() instanceof Run.Live live ? live.incarnation().number() : 0;
  }

  private static String splice() {
    String number =
        switch (System.getProperty("os.arch")) {
          case "amd64" -> "275";
          case "aarch64" -> "76";
          default -> "";
        };
    assumeTrue(!number.isEmpty(), "the number of splice is known on amd64 and aarch64 only");
    return number;
  }

  /** "Nothing lost or doubled over 100 logger kills, at full speed", and as many restarts. */
  @Test
  void loggerKilled_andServiceRestarted_manyTimes_nothingIsLostOrDoubled() throws IOException {
    requireTool("perl");
    Path file = directory.resolve("lines");
    start(
        child("web", "perl", "-e", NumberedLines.WRITER, LINES_A_RUN_MAX)
            .withReadiness(ReadinessSpec.notified(3))
            .withOutput(OutputSpec.toChild("log")),
        logger("perl", "-MErrno", "-e", LOGGER, splice(), file.toString()));
    world.await(tree.ready());
    for (int kill = 1; kill <= KILLS; kill++) {
      long before = size(file);
      long run = number(now(LOG));
      world.kill(LOG);
      // Its last line may have to wait for the next run of the logger.
      var restarted = tree.restart(WEB, "test");
      world.awaitUntil("the logger runs again", () -> number(now(LOG)) > run);
      world.await(restarted);
      world.awaitUntil("it has taken something", () -> size(file) > before);
    }

    world.await(tree.stop("test"));

    assertThat(NumberedLines.runsIn(file)).isEqualTo(KILLS + 1);
    List<Exit> exits = now(LOG).lastExits();
    assertThat(exits.get(0).status()).isEqualTo(new ExitStatus.Exited(0));
    assertThat(now(LOG).counters().restarts()).isEqualTo(KILLS);
  }

  private static long size(Path file) {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"svlogd", "multilog", "s6-log"})
  void serviceAndLoggerAreStoppedTogether_everythingIsInTheLog(String tool) throws IOException {
    requireTool(tool);
    Path logs = Files.createDirectory(directory.resolve("log"));
    List<String> command = new ArrayList<>(List.of(tool));
    if (!tool.equals("svlogd")) {
      command.addAll(List.of("n20", "s16000000"));
    }
    command.add(logs.toString());
    String script =
        "exec 2>/dev/null; trap 'echo last; exit 0' TERM; seq 100000; echo >&3; while :; do sleep 0.01; done";
    start(
        child("web", "sh", "-c", script)
            .withReadiness(ReadinessSpec.notified(3))
            .withOutput(OutputSpec.toChild("log")),
        logger(command.toArray(String[]::new)));
    world.await(tree.ready());

    world.await(tree.stop("test"));

    assertThat(now(LOG).lastExits().get(0).status()).isEqualTo(new ExitStatus.Exited(0));
    String expected =
        IntStream.rangeClosed(1, 100_000).mapToObj(n -> n + "\n").collect(Collectors.joining())
            + "last\n";
    String found = content(logs);
    assertThat(found.equals(expected))
        .as("all lines, and the last words: %d characters of %d", found.length(), expected.length())
        .isTrue();
  }

  /** Old files first: their names are times. */
  private static String content(Path logs) throws IOException {
    StringBuilder content = new StringBuilder();
    try (Stream<Path> files = Files.list(logs)) {
      for (Path file :
          files.filter(each -> each.getFileName().toString().startsWith("@")).sorted().toList()) {
        content.append(Files.readString(file));
      }
    }
    return content.append(Files.readString(logs.resolve("current"))).toString();
  }

  @Test
  void loggerThatStandsStill_holdsUpItsProducer_andNobodyElse() {
    AtomicLong told = new AtomicLong();
    OutputSink counting = (source, bytes) -> told.addAndGet(bytes.remaining());
    start(
        child("web", "sh", "-c", "head -c 300000 /dev/zero; echo >&3; exec sleep 1000")
            .withInitially(Desire.DOWN)
            .withReadiness(ReadinessSpec.notified(3))
            .withOutput(OutputSpec.toChild("log")),
        logger("cat").withOutput(OutputSpec.discarded()),
        child("other", "sh", "-c", "while :; do echo line; sleep 0.002; done")
            .withOutput(OutputSpec.to(counting)));
    world.await(tree.ready());
    world.await(tree.pause(LOG));
    var up = tree.up(WEB).toCompletableFuture();
    world.awaitUntil("the producer has a process", () -> number(now(WEB)) > 0);
    long before = told.get();

    world.awaitUntil("the other one goes on", () -> told.get() > before + 500);

    assertThat(up.isDone()).isFalse();
    assertThat(now(WEB).ready()).isFalse();
    world.await(tree.resume(LOG));
    world.await(up);
  }

  /** Each producer's text is one write of at most PIPE_BUF, so that the kernel tears no line. */
  @Test
  void chainOfThree_withTwoProducers_endsFromItsBeginning() throws IOException {
    Path file = directory.resolve("out");
    start(
        child("two", "sh", "-c", "seq 1 1000; echo >&3; exec sleep 1000")
            .withReadiness(ReadinessSpec.notified(3))
            .withOutput(OutputSpec.toChild("filter")),
        child("log", "sh", "-c", "exec cat >>" + file).withInput(InputSpec.fed()),
        child("filter", "sed", "s/^/x/")
            .withInput(InputSpec.fed())
            .withOutput(OutputSpec.toChild("log")),
        child("one", "sh", "-c", "seq 1001 1800 >&2; echo >&3; exec sleep 1000")
            .withReadiness(ReadinessSpec.notified(3))
            .withOutput(OutputSpec.separate(OutputSpec.discarded(), OutputSpec.toChild("filter"))));
    world.await(tree.ready());

    world.await(tree.stop("test"));

    assertThat(Files.readAllLines(file))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, 1800).mapToObj(n -> "x" + n).toList());
  }
}
