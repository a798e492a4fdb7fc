package org.jsupervisor.posix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.ChildInput;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.LaunchFault;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.InputSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stdin from a file, and written by the host. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class InputTest {
  private final PlatformFixture fixture = new PlatformFixture();
  private final CollectingSink kept = new CollectingSink();

  @TempDir Path directory;

  @AfterEach
  void close() {
    fixture.close();
  }

  private Incarnation launch(InputSpec input, String... command) {
    return fixture.launch(new OutputTarget.Piped(kept), spec -> spec.withInput(input), command);
  }

  private ChildInput written(String... command) {
    Incarnation run = launch(InputSpec.written(), command);
    fixture.awaitLaunched(run);
    return fixture.platform.input(run).orElseThrow();
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  private void awaitOutput(Incarnation run) {
    fixture.await(PlatformReport.OutputEnded.class, run);
  }

  @Test
  void file_isReadFromItsBeginning_byEachRun() throws IOException {
    Path file = Files.writeString(directory.resolve("in"), "line\n");
    for (int n = 0; n < 2; n++) {
      Incarnation run = launch(InputSpec.file(file), "cat");
      assertThat(fixture.awaitExit(run)).isEqualTo(new ExitStatus.Exited(0));
      awaitOutput(run);
    }
    assertThat(kept.text()).isEqualTo("line\nline\n");
  }

  @Test
  void fileThatIsMissing_failsTheLaunch() {
    Path file = directory.resolve("missing");
    var failure = fixture.awaitFailure(launch(InputSpec.file(file), "cat"));

    assertThat(failure.fault()).isEqualTo(LaunchFault.CHILD);
    assertThat(failure.error()).isEqualTo("ENOENT");
    assertThat(failure.subject()).isEqualTo(file.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"fifo", "directory", "/dev/zero", "link"})
  void whatIsNoRegularFile_failsTheLaunch(String name) throws Exception {
    Path file = directory.resolve(name);
    switch (name) {
      case "fifo" ->
          assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
      case "directory" -> Files.createDirectory(file);
      case "link" -> Files.createSymbolicLink(file, Path.of("/dev/zero"));
      default -> {}
    }
    var failure = fixture.awaitFailure(launch(InputSpec.file(file), "cat"));

    assertThat(failure.message()).isEqualTo("input '" + file + "': must be a regular file");
  }

  @Test
  void written_isRead_andEndsWhenItIsClosed() {
    ChildInput input = written("cat");

    assertThat(input.write(bytes("one\n"))).hasValue(4);
    ByteBuffer direct = ByteBuffer.allocateDirect(4).put(bytes("two\n")).flip();
    assertThat(input.write(direct)).hasValue(4);
    assertThat(direct.hasRemaining()).isFalse();
    input.close();
    input.close();

    assertThat(fixture.awaitExit(input.incarnation())).isEqualTo(new ExitStatus.Exited(0));
    awaitOutput(input.incarnation());
    assertThat(kept.text()).isEqualTo("one\ntwo\n");
    assertThat(input.write(bytes("three\n"))).isEmpty();
  }

  @Test
  void fullPipe_takesNothing_andNobodyWaits() {
    ChildInput input = written("sh", "-c", "read line; exec cat");
    ByteBuffer big = ByteBuffer.allocate(1 << 20);

    int taken = input.write(big).orElseThrow();

    // It may have been read from meanwhile, but the shell does not read on without a newline.
    assertThat(taken).isPositive().isEqualTo(big.position());
    fixture.await("a full pipe", () -> input.write(big).orElseThrow() == 0 || !big.hasRemaining());
    fixture.platform.stop(input.incarnation(), Signal.KILL);
    fixture.awaitExit(input.incarnation());
  }

  @Test
  void muchMoreThanAPipeHolds_arrivesWhole() {
    ChildInput input = written("wc", "-c");
    ByteBuffer big = ByteBuffer.allocate(10 << 20);

    fixture.await(
        "all is taken",
        () -> {
          input.write(big).orElseThrow();
          return !big.hasRemaining();
        });
    input.close();

    awaitOutput(input.incarnation());
    assertThat(kept.text().strip()).isEqualTo(Integer.toString(10 << 20));
  }

  /** EPIPE is an answer, not a signal that ends the host. */
  @Test
  void childThatHasClosedItsStdin_isTold() throws IOException {
    Path closed = directory.resolve("closed");
    ChildInput input = written("sh", "-c", "exec 0<&-; echo yes >" + closed + "; sleep 60");
    fixture.awaitLine(closed);

    // The child may be so fast that the spawner has not closed its own end of the pipe yet.
    fixture.await("a refusal", () -> input.write(bytes("x")).isEmpty());
    assertThat(input.write(bytes("x"))).isEmpty();
  }

  @Test
  void endedRun_isTold_andNothingReachesTheNext() {
    ChildInput first = written("sleep", "60");
    fixture.platform.stop(first.incarnation(), Signal.KILL);
    fixture.awaitExit(first.incarnation());
    assertThat(fixture.platform.input(first.incarnation())).isEmpty();
    ChildInput second = written("cat");

    assertThat(first.write(bytes("for the dead\n"))).isEmpty();
    assertThat(second.write(bytes("for the living\n"))).hasValue(15);
    second.close();

    awaitOutput(second.incarnation());
    assertThat(kept.text()).isEqualTo("for the living\n");
  }

  @Test
  void stopByEndOfInput_endsIt() {
    ChildInput input = written("cat");

    fixture.platform.endInput(input.incarnation());

    assertThat(fixture.awaitExit(input.incarnation())).isEqualTo(new ExitStatus.Exited(0));
    assertThat(input.write(bytes("x"))).isEmpty();
  }

  @Test
  void launchThatFails_leavesNothingToWriteTo() {
    // The first launch brings the guard.
    fixture.awaitExit(fixture.launch("true"));
    int before = PlatformFixture.descriptors().size();
    Incarnation run = launch(InputSpec.written(), "/no/such/program");

    fixture.awaitFailure(run);

    assertThat(fixture.platform.input(run)).isEmpty();
    fixture.await("no descriptor is left", () -> PlatformFixture.descriptors().size() <= before);
  }

  @Test
  void otherInputs_areNotForTheHost() {
    Incarnation run = launch(InputSpec.none(), "sleep", "60");
    fixture.awaitLaunched(run);

    assertThat(fixture.platform.input(run)).isEmpty();
  }

  @Test
  void severalThreads_loseAndDoubleNothing() {
    ChildInput input = written("wc", "-l");
    AtomicLong left = new AtomicLong(4);
    IntStream.range(0, 4)
        .forEach(
            n ->
                new Thread(
                        () -> {
                          for (int i = 0; i < 5_000; i++) {
                            writeAll(input, bytes("a line\n"));
                          }
                          left.decrementAndGet();
                        })
                    .start());
    fixture.await("all threads are done", () -> left.get() == 0);
    input.close();

    awaitOutput(input.incarnation());
    assertThat(kept.text().strip()).isEqualTo("20000");
  }

  private static void writeAll(ChildInput input, ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      OptionalInt taken = input.write(bytes);
      if (taken.isEmpty()) {
        return;
      }
      Thread.onSpinWait();
    }
  }
}
