package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.platform.Ticker;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.LaunchFailure;
import org.jsupervisor.process.LaunchFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What cannot be caught by the sinks' contract: hostile sinks, and errors of an output thread. */
@EnabledOnOs(OS.LINUX)
class OutputFailureTest {
  @Test
  void exceptionsWhoseTextThrows_costTheirOwnOutputOnly() {
    try (var fixture = new PlatformFixture()) {
      var other = new CollectingSink();
      Incarnation run = fixture.launch(new HostileSink(), "echo", "lost");
      fixture.await(PlatformReport.OutputEnded.class, run);

      assertThat(fixture.all(PlatformReport.OutputLost.class, run))
          .isNotEmpty()
          .allMatch(loss -> loss.why().contains("Hostile"));
      Incarnation next = fixture.launch(other, "echo", "kept");
      fixture.await(PlatformReport.OutputEnded.class, next);
      assertThat(other.text()).isEqualTo("kept\n");
    }
  }

  @Test
  void errorOfTheThread_isToldForEachSource_andFailsLaterLaunchesWithOutput() {
    var broken = new AtomicBoolean();
    var sink = new CollectingSink();
    try (var fixture = new PlatformFixture(withClockThatBreaks(broken))) {
      Incarnation first = fixture.launch(sink, "sh", "-c", "echo before; exec sleep 60");
      Incarnation second = fixture.launch(new CollectingSink(), "sleep", "60");
      fixture.awaitLaunched(second);
      fixture.await("output", () -> sink.text().equals("before\n"));

      broken.set(true);
      fixture.platform.retire(new CollectingSink());

      for (Incarnation run : new Incarnation[] {first, second}) {
        fixture.await(PlatformReport.OutputEnded.class, run);
        assertThat(fixture.all(PlatformReport.OutputLost.class, run))
            .singleElement()
            .matches(loss -> loss.why().contains("no clock"));
      }
      LaunchFailure failure = fixture.awaitFailure(fixture.launch(sink, "true"));
      assertThat(failure.fault()).isEqualTo(LaunchFault.HOST);
      assertThat(failure.message()).contains("output is no longer read").contains("no clock");
      assertThat(fixture.awaitExit(fixture.launch("true"))).isEqualTo(new ExitStatus.Exited(0));
      fixture.platform.retire(sink);
    }
    assertThat(sink.closed.get()).isEqualTo(1);
  }

  private static PosixOptions withClockThatBreaks(AtomicBoolean broken) {
    Ticker system = Ticker.system();
    return PosixOptions.defaults()
        .withTicker(
            () -> {
              if (broken.get() && Thread.currentThread().getName().contains("output")) {
                throw new IllegalStateException("no clock");
              }
              return system.readNanos();
            });
  }

  private static final class HostileSink implements OutputSink {
    @Override
    public void accept(OutputSource source, ByteBuffer bytes) {
      throw new Hostile();
    }

    @Override
    public void ended(OutputSource source) {
      throw new Hostile();
    }

    @Override
    public void close() {
      throw new Hostile();
    }
  }

  private static final class Hostile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new IllegalStateException("no text either");
    }
  }
}
