package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.Incarnation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What becomes of output that a sink refuses, and of stdout and stderr apart. */
@EnabledOnOs(OS.LINUX)
class OutputRefusedTest {
  private static final int LINES = 200_000;
  private static final String NUMBERS =
      IntStream.rangeClosed(1, LINES).mapToObj(n -> n + "\n").collect(Collectors.joining());

  private static final String TEXT =
      "far more than can be taken in parts of seven bytes".repeat(20);

  private final PlatformFixture fixture = new PlatformFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  /** Takes a little, then refuses, for so many times; then takes all. */
  private static final class Reluctant implements OutputSink {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final List<Long> lost = new ArrayList<>();
    private final OnFailure onFailure;
    private int refusals;

    Reluctant(OnFailure onFailure, int refusals) {
      this.onFailure = onFailure;
      this.refusals = refusals;
    }

    @Override
    public synchronized OnFailure onFailure(OutputSource source) {
      return onFailure;
    }

    @Override
    public synchronized void accept(OutputSource source, ByteBuffer bytes) throws IOException {
      int take = refusals > 0 ? Math.min(7, bytes.remaining()) : bytes.remaining();
      for (int n = 0; n < take; n++) {
        kept.write(bytes.get());
      }
      if (bytes.hasRemaining()) {
        refusals--;
        throw new IOException("not now");
      }
    }

    @Override
    public synchronized void lost(OutputSource source, long bytes) {
      lost.add(bytes);
    }

    synchronized String text() {
      return kept.toString(StandardCharsets.US_ASCII);
    }

    synchronized long lostBytes() {
      return lost.stream().mapToLong(Long::longValue).sum();
    }
  }

  @Test
  void sinkThatInsists_getsEverythingOnce_whileTheChildWaits() {
    Reluctant sink = new Reluctant(OutputSink.OnFailure.OFFER_AGAIN, 5);
    Incarnation run = fixture.launch(sink, "seq", Integer.toString(LINES));
    fixture.await(PlatformReport.OutputEnded.class, run);

    assertThat(sink.text()).isEqualTo(NUMBERS);
    assertThat(sink.lostBytes()).isZero();
    assertThat(fixture.all(PlatformReport.OutputLost.class, run)).isEmpty();
  }

  @Test
  void oneThatIsRefused_holdsUpNoOther() {
    Reluctant stuck = new Reluctant(OutputSink.OnFailure.OFFER_AGAIN, Integer.MAX_VALUE);
    Incarnation waiting = fixture.launch(stuck, "seq", Integer.toString(LINES));
    Reluctant free = new Reluctant(OutputSink.OnFailure.LOSE, 0);
    Incarnation other = fixture.launch(free, "seq", Integer.toString(LINES));
    fixture.await(PlatformReport.OutputEnded.class, other);

    assertThat(free.text()).isEqualTo(NUMBERS);
    assertThat(fixture.all(PlatformReport.Exited.class, waiting)).isEmpty();
    assertThat(fixture.all(PlatformReport.OutputLost.class, waiting)).isEmpty();
  }

  @Test
  void whatIsStillRefusedAtTheEnd_isLost_andCounted() {
    Reluctant stuck = new Reluctant(OutputSink.OnFailure.OFFER_AGAIN, Integer.MAX_VALUE);
    try (var own =
        new PlatformFixture(PosixOptions.defaults().withDrainWait(Duration.ofMillis(300)))) {
      Incarnation run = own.launch(stuck, "echo", TEXT);
      own.awaitExit(run);
      own.await("a refusal", () -> !stuck.text().isEmpty());
    }

    assertThat(stuck.text().length() + stuck.lostBytes()).isEqualTo(TEXT.length() + 1);
    assertThat(stuck.lostBytes()).isPositive();
  }

  @Test
  void whatIsLost_isToldToTheSink_too() {
    Reluctant sink = new Reluctant(OutputSink.OnFailure.LOSE, 1);
    Incarnation run = fixture.launch(sink, "echo", "more than seven bytes");
    fixture.await(PlatformReport.OutputEnded.class, run);

    assertThat(sink.lostBytes()).isEqualTo(15);
    assertThat(fixture.all(PlatformReport.OutputLost.class, run))
        .extracting(PlatformReport.OutputLost::bytes)
        .containsExactly(15L);
  }

  /** Notes which stream wrote what. */
  private static final class ByStream implements OutputSink {
    private final List<String> heard = new ArrayList<>();

    @Override
    public synchronized void accept(OutputSource source, ByteBuffer bytes) {
      heard.add(source.stream() + " " + StandardCharsets.US_ASCII.decode(bytes).toString().strip());
    }

    @Override
    public synchronized void ended(OutputSource source) {
      heard.add(source.stream() + " ended");
    }

    synchronized List<String> heard() {
      return List.copyOf(heard);
    }
  }

  @Test
  void stdoutAndStderr_apart_areToldApart_andEndOnce() {
    ByStream sink = new ByStream();
    var piped = new OutputTarget.Piped(sink);
    Incarnation run =
        fixture.launch(
            new OutputTarget.Separate(piped, piped),
            spec -> spec,
            "sh",
            "-c",
            "echo out; echo err >&2");
    fixture.await(PlatformReport.OutputEnded.class, run);

    assertThat(sink.heard())
        .containsExactlyInAnyOrder("STDOUT out", "STDERR err", "STDOUT ended", "STDERR ended");
    fixture.awaitExit(run);
    assertThat(fixture.all(PlatformReport.OutputEnded.class, run)).hasSize(1);
  }

  @Test
  void oneStreamDiscarded_leavesTheOther() {
    ByStream sink = new ByStream();
    Incarnation run =
        fixture.launch(
            new OutputTarget.Separate(new OutputTarget.Null(), new OutputTarget.Piped(sink)),
            spec -> spec,
            "sh",
            "-c",
            "echo out; echo err >&2; link=$(readlink /proc/$$/fd/1); echo \"$link\" >&2");
    fixture.await(PlatformReport.OutputEnded.class, run);

    assertThat(String.join("\n", sink.heard()))
        .contains("STDERR err", "/dev/null")
        .doesNotContain("STDOUT");
  }
}
