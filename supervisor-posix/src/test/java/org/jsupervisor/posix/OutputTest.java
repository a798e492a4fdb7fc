package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jsupervisor.output.OutputLostException;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.Leftovers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What children write, and what becomes of it. */
@EnabledOnOs(OS.LINUX)
class OutputTest {
  private final PlatformFixture fixture = new PlatformFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void stdoutAndStderr_arriveInTheOrderOfWriting() {
    CollectingSink sink = new CollectingSink();

    Incarnation run = fixture.launch(sink, "sh", "-c", "echo a; echo b >&2; echo c; printf d");
    fixture.await(PlatformReport.OutputEnded.class, run);

    assertThat(sink.text()).isEqualTo("a\nb\nc\nd");
    assertThat(sink.ended).containsExactly(new OutputSource(run));
    assertThat(sink.threads).allMatch(name -> name.startsWith("supervisor-output-"));
  }

  @Test
  void burstOfMoreThanAMegabyte_arrivesWholeAndInOrder() {
    CollectingSink sink = new CollectingSink();

    Incarnation run = fixture.launch(sink, "seq", "1", "200000");
    fixture.await(PlatformReport.OutputEnded.class, run);

    String expected =
        IntStream.rangeClosed(1, 200_000)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining("\n", "", "\n"));
    assertThat(sink.text().equals(expected)).as("1.3 MB, byte by byte").isTrue();
    assertThat(fixture.all(PlatformReport.OutputLost.class, run)).isEmpty();
  }

  /** F16, peers' bug 13. */
  @Test
  void keptGrandchildThatHoldsThePipe_delaysTheEndOfOutputOnly() {
    CollectingSink sink = new CollectingSink();

    Incarnation keeper =
        fixture.launch(
            new OutputTarget.Piped(sink),
            spec -> spec.withLeftovers(Leftovers.KEPT),
            "sh",
            "-c",
            "sleep 60 & echo $!");
    fixture.awaitExit(keeper);
    fixture.await("the pid of the grandchild", () -> sink.text().endsWith("\n"));
    ProcessHandle grandchild = ProcessHandle.of(Long.parseLong(sink.text().strip())).orElseThrow();

    assertThat(fixture.all(PlatformReport.OutputEnded.class, keeper)).isEmpty();

    grandchild.destroyForcibly();
    fixture.await(PlatformReport.OutputEnded.class, keeper);
  }

  /** Peers' bug 13. */
  @Test
  void grandchildThatHoldsThePipe_isKilledWithItsGroup_soOutputEnds() {
    CollectingSink sink = new CollectingSink();

    Incarnation run = fixture.launch(sink, "sh", "-c", "sleep 60 & echo written; exit 1");

    assertThat(fixture.awaitExit(run)).isEqualTo(new ExitStatus.Exited(1));
    fixture.await(PlatformReport.OutputEnded.class, run);
    assertThat(sink.text()).isEqualTo("written\n");
  }

  @Test
  void retiredSink_isClosedOnceAfterItsLastSource() {
    CollectingSink sink = new CollectingSink();
    Incarnation run = fixture.launch(sink, "sleep", "60");
    fixture.awaitLaunched(run);

    fixture.platform.retire(sink);
    assertThat(sink.closed.get()).isZero();
    fixture.platform.signal(run, Signal.KILL);

    fixture.await("the sink is closed", () -> sink.closed.get() > 0);
    assertThat(sink.ended).hasSize(1);
    assertThat(sink.threads).allMatch(name -> name.startsWith("supervisor-output-"));
    fixture.close();
    assertThat(sink.closed.get()).isEqualTo(1);
  }

  @Test
  void sinkThatThrows_losesExactlyItsBytes_andIsAskedAgain() {
    assertThatAllIsLost(
        (source, bytes) -> {
          throw new IOException("disk full");
        });
    assertThatAllIsLost(
        (source, bytes) -> {
          throw new IllegalStateException("disk full");
        });
    assertThatAllIsLost(
        (source, bytes) -> {
          throw new StackOverflowError("disk full");
        });
  }

  private void assertThatAllIsLost(OutputSink sink) {
    Incarnation run = fixture.launch(sink, "seq", "1", "100000");
    fixture.await(PlatformReport.OutputEnded.class, run);

    var losses = fixture.all(PlatformReport.OutputLost.class, run);
    assertThat(losses.stream().mapToLong(PlatformReport.OutputLost::bytes).sum())
        .isEqualTo(588_895);
    assertThat(losses).allMatch(loss -> loss.why().contains("disk full"));
    // At once, and the rest with the end: whatever came in between was added up.
    assertThat(losses).hasSizeBetween(1, 3);
  }

  @Test
  void sinkThatTakesAPart_losesTheRestOnly() {
    AtomicLong taken = new AtomicLong();
    OutputSink sink =
        (source, bytes) -> {
          bytes.get();
          taken.incrementAndGet();
          throw new IOException("one byte is enough");
        };

    Incarnation run = fixture.launch(sink, "seq", "1", "100000");
    fixture.await(PlatformReport.OutputEnded.class, run);

    long lost =
        fixture.all(PlatformReport.OutputLost.class, run).stream()
            .mapToLong(PlatformReport.OutputLost::bytes)
            .sum();
    assertThat(lost + taken.get()).isEqualTo(588_895);
  }

  @Test
  void lossThatIsTooSoonForAReport_isReportedWhenTheIntervalIsOver() {
    PosixOptions options = PosixOptions.defaults().withLossReportInterval(Duration.ofMillis(300));
    OutputSink sink =
        (source, bytes) -> {
          throw new IOException("no");
        };
    try (var quick = new PlatformFixture(options)) {
      Incarnation run = quick.launch(sink, "sh", "-c", "echo 1; sleep 0.1; echo 22; exec sleep 60");

      quick.await("5 bytes lost", () -> lost(quick, run) == 5);

      assertThat(quick.all(PlatformReport.OutputEnded.class, run)).isEmpty();
    }
  }

  private static long lost(PlatformFixture of, Incarnation run) {
    return of.all(PlatformReport.OutputLost.class, run).stream()
        .mapToLong(PlatformReport.OutputLost::bytes)
        .sum();
  }

  @Test
  void bytesThatASinkHasTaken_andLosesAtTheEnd_areReported() {
    OutputSink sink =
        new OutputSink() {
          @Override
          public void accept(OutputSource source, ByteBuffer bytes) {}

          @Override
          public void ended(OutputSource source) throws IOException {
            throw new OutputLostException(Map.of(source, 28L), new IOException("nobody listens"));
          }
        };
    Incarnation run = fixture.launch(sink, "echo", "x");
    fixture.await(PlatformReport.OutputEnded.class, run);
    assertThat(lost(fixture, run)).isEqualTo(28);
  }

  @Test
  void sinkThatFailsAtItsEndAndAtItsClose_hurtsNobody() {
    OutputSink sink =
        new OutputSink() {
          @Override
          public void accept(OutputSource source, ByteBuffer bytes) {}

          @Override
          public void ended(OutputSource source) throws IOException {
            throw new IOException("pending lost");
          }

          @Override
          public void close() {
            throw new IllegalStateException("close failed, as this test wants");
          }
        };
    Incarnation run = fixture.launch(sink, "echo", "x");
    fixture.platform.retire(sink);
    fixture.await(PlatformReport.OutputEnded.class, run);

    assertThat(fixture.all(PlatformReport.OutputLost.class, run)).hasSize(1);
    CollectingSink next = new CollectingSink();
    fixture.await(PlatformReport.OutputEnded.class, fixture.launch(next, "echo", "still there"));
    assertThat(next.text()).isEqualTo("still there\n");
  }

  @Test
  void childThatFloods_doesNotStarveAnother() {
    AtomicLong flood = new AtomicLong();
    fixture.launch((source, bytes) -> flood.addAndGet(bytes.remaining()), "yes");
    fixture.await("a flood", () -> flood.get() > 1_000_000);
    CollectingSink quiet = new CollectingSink();

    Incarnation run = fixture.launch(quiet, "echo", "heard");
    fixture.await(PlatformReport.OutputEnded.class, run);

    assertThat(quiet.text()).isEqualTo("heard\n");
  }
}
