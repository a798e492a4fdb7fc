package org.jsupervisor.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.jsupervisor.jmx.Children.WEB;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jsupervisor.output.LoggedLine;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.spec.BackPressure;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the log of a service tells, and what operators may ask it. */
final class LogViewTest {
  private final JmxFixture jmx = new JmxFixture();
  private final FakeSupervisor supervisor = new FakeSupervisor("main").put(Children.running(WEB));
  private final Registration registration = SupervisorMBeans.register(supervisor, jmx.server());

  @AfterEach
  void close() {
    registration.close();
  }

  private ServiceLogMXBean log() {
    return jmx.proxy(
        JmxFixture.name(JmxFixture.service("web") + ",view=Log"), ServiceLogMXBean.class);
  }

  @Test
  void log_withARouteForEachStream_tellsThem_withSizesAndLimits() {
    LogSpec spec = LogSpec.builder(Path.of("log/web")).withOldBytesMax(1 << 30).build();
    supervisor.define(
        WEB,
        ProcessSpec.builder("web", "webd")
            .withOutput(
                OutputSpec.separate(
                    OutputSpec.logged(spec).withBackPressure(BackPressure.dropOldest(65_536)),
                    OutputSpec.discarded()))
            .build());

    assertThat(log().getService()).isEqualTo(JmxFixture.service("web"));
    assertThat(log().getRoutes())
        .containsExactly(
            new RouteReport(
                OutputSource.Stream.STDOUT,
                RouteReport.Kind.LOG_DIRECTORY,
                "log/web",
                "DROP_OLDEST 65536"),
            new RouteReport(OutputSource.Stream.STDERR, RouteReport.Kind.DISCARDED, "", ""));
    assertThat(log().getLogFiles())
        .containsExactly(
            new LogFilesReport(
                "log/web", 100L, 2, 3000L, spec.fileBytesMax(), spec.oldFilesMax(), 1L << 30));
    assertThat(log().getCurrentBytes()).isEqualTo(100);
    assertThat(log().getOldFileCount()).isEqualTo(2);
    assertThat(log().getOldBytes()).isEqualTo(3000);
    assertThat(log().getWaitingBytes()).isEqualTo(4096);
    assertThat(log().getLostBytes()).isEqualTo(77);
    assertThat(log().getFailingCount()).isEqualTo(1);
    assertThat(log().getBehindCount()).isZero();
    assertThat(log().getLastFailure()).isEqualTo("No space left");
  }

  @Test
  void tail_isFromMemory_ifSoManyAreKeptThere_orTheLogHasNone() {
    supervisor.logged(CompletableFuture.failedStage(new AssertionError("must not be read")));
    assertThat(log().tail(1)).containsExactly("3 stderr: \\x1b[2J");
    assertThat(log().tail(2)).containsExactly("3: ready", "3 stderr: \\x1b[2J");

    supervisor.logged(CompletableFuture.completedStage(List.of()));
    assertThat(log().tail(3)).containsExactly("3: ready", "3 stderr: \\x1b[2J");
  }

  @Test
  void tail_elseIsFromLogDirectories_withTheirTimestamps() {
    supervisor.logged(
        CompletableFuture.completedStage(
            List.of(
                new LoggedLine("log/web", Optional.of(FakeSupervisor.NOW), "before the host"),
                new LoggedLine("log/web", Optional.empty(), "x".repeat(5000)))));

    String[] lines = log().tail(3);

    assertThat(lines).hasSize(2);
    assertThat(lines[0]).isEqualTo(FakeSupervisor.NOW + " before the host");
    assertThat(lines[1]).hasSize(4096 + " [cut]".length()).endsWith("x [cut]");
    assertThat(jmx.serviceProxy("web").tail()).isEqualTo(lines);
    assertThat(supervisor.calls()).contains("loggedLines web 3", "loggedLines web 100");
  }

  @Test
  void tail_whenTheLogCannotBeRead_orWithTooManyLines_isRefused() {
    supervisor.logged(CompletableFuture.failedStage(new IOException("disk on fire")));
    assertThatIllegalStateException()
        .isThrownBy(() -> log().tail(10))
        .withMessage("the log of 'web' could not be read: disk on fire")
        .withNoCause();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> log().tail(1001))
        .withMessage("lines must be 1 to 1000, was 1001");
    assertThatIllegalArgumentException().isThrownBy(() -> log().tail(0));
  }

  @Test
  void lastLines_areThoseOfOneRun() {
    assertThat(log().lastLines(3)).containsExactly("3: ready", "3 stderr: \\x1b[2J");
    assertThat(log().lastLines(2)).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> log().lastLines(0))
        .withMessage("incarnation must be at least 1, was 0");
  }

  @Test
  void rotate_ofTheView_isThatOfTheService() {
    supervisor.answerWith(CompletableFuture.completedStage(Children.running(WEB)));
    assertThat(log().rotate("backup")).isEqualTo("rotated: pid 4711 ready");
    assertThat(supervisor.calls()).containsExactly("rotate web, asked by jmx: backup");
  }
}
