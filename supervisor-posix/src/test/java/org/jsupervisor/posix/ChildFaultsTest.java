package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.SignalNumbers;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.Leftovers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What children may do that confuses supervisors; the numbers are those of docs/faults.md. */
@EnabledOnOs(OS.LINUX)
class ChildFaultsTest {
  /** Stop the process, or are ignored; 32 and 33 are the C library's own. */
  private static final List<Integer> NOT_DEADLY = List.of(17, 18, 19, 20, 21, 22, 23, 28, 32, 33);

  private final PlatformFixture fixture = new PlatformFixture();

  @TempDir Path directory;

  @AfterEach
  void close() {
    fixture.close();
  }

  /** F16, peers' bug 13. */
  @Test
  void f16_bug13_whatAKeptGrandchildWritesLate_isCaptured_andTheEndIsNotDelayed()
      throws IOException {
    Path go = directory.resolve("go");
    CollectingSink sink = new CollectingSink();
    Incarnation run =
        fixture.launch(
            new OutputTarget.Piped(sink),
            spec -> spec.withLeftovers(Leftovers.KEPT),
            "sh",
            "-c",
            "(while [ ! -e \"$0\" ]; do sleep 0.02; done; echo late) & echo early",
            go.toString());

    assertThat(fixture.awaitExit(run)).isEqualTo(new ExitStatus.Exited(0));
    assertThat(fixture.all(PlatformReport.OutputEnded.class, run)).isEmpty();
    Files.createFile(go);
    fixture.await(PlatformReport.OutputEnded.class, run);

    assertThat(sink.text()).isEqualTo("early\nlate\n");
  }

  /** F17. Its stdin is empty from the beginning, so that it cannot be left unread. */
  @Test
  void f17_childThatClosesItsOutput_runsOn_andNobodySpins() throws IOException {
    CollectingSink sink = new CollectingSink();
    Incarnation run =
        fixture.launch(sink, "sh", "-c", "echo closing; exec >&- 2>&-; exec sleep 60");
    fixture.await(PlatformReport.OutputEnded.class, run);
    long before = nanosOnProcessor("supervisor-outp");
    long begin = System.nanoTime();
    int polls = 0;

    while (System.nanoTime() - begin < 300_000_000) {
      fixture.platform.poll(100_000_000, fixture.reports::add);
      polls++;
    }

    assertThat(polls).as("returns of a poll of 100 ms within 300 ms").isLessThan(10);
    assertThat(nanosOnProcessor("supervisor-outp") - before).isLessThan(50_000_000);
    assertThat(sink.text()).isEqualTo("closing\n");
    assertThat(fixture.all(PlatformReport.Exited.class, run)).isEmpty();
    assertThat(PlatformFixture.isAlive(fixture.awaitLaunched(run).value())).isTrue();
  }

  /** Of the threads with this name, as far as the kernel keeps it. */
  private static long nanosOnProcessor(String name) throws IOException {
    long sum = 0;
    try (var tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
      for (Path task : tasks) {
        if (Files.readString(task.resolve("comm")).strip().equals(name)) {
          sum += Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ", -1)[0]);
        }
      }
    }
    assertThat(sum).as("there is such a thread").isPositive();
    return sum;
  }

  /** F21, peers' bug 12. */
  @ParameterizedTest
  @EnumSource(
      value = ExitDetection.Method.class,
      names = {"PIDFD", "WAITERS"})
  void f21_bug12_everyExitCodeAndEverySignal_ofARealProcess(ExitDetection.Method method) {
    SignalNumbers signals = SignalNumbers.of(Libc.load());
    var options = PosixOptions.defaults().withExitDetection(new ExitDetection(method, 1_000));
    try (var own = new PlatformFixture(options)) {
      List<Incarnation> runs = new ArrayList<>();
      List<ExitStatus> expected = new ArrayList<>();
      for (int code = 0; code <= 255; code++) {
        runs.add(own.launch("sh", "-c", "exit " + code));
        expected.add(new ExitStatus.Exited(code));
      }
      for (int number = 1; number <= 64; number++) {
        if (!NOT_DEADLY.contains(number)) {
          runs.add(own.launch("sh", "-c", "ulimit -c 0; kill -" + number + " $$"));
          expected.add(new ExitStatus.Signalled(signals.signal(number), false));
        }
      }

      assertThat(runs.stream().map(own::awaitExit)).containsExactlyElementsOf(expected);
    }
  }

  /** F21: where the kernel writes cores beside the program, one can look. */
  @Test
  void f21_coreFlag_isSetIfAndOnlyIfThereIsACore() throws IOException {
    Incarnation run =
        fixture.launch(
            spec -> spec.withDirectory(directory),
            "sh",
            "-c",
            "ulimit -c unlimited 2>/dev/null; kill -SEGV $$");

    ExitStatus status = fixture.awaitExit(run);

    boolean isHere = !Files.readString(Path.of("/proc/sys/kernel/core_pattern")).matches("[/|].*");
    if (isHere) {
      try (var files = Files.list(directory)) {
        boolean dumped = files.anyMatch(file -> file.getFileName().toString().startsWith("core"));
        assertThat(status).isEqualTo(new ExitStatus.Signalled(new Signal("SEGV"), dumped));
      }
    } else {
      assertThat(((ExitStatus.Signalled) status).signal()).isEqualTo(new Signal("SEGV"));
    }
  }

  /** Peers' bug 18. */
  @Test
  void bug18_closedPortOfTheHost_canBeBoundAgain_whileChildrenLive() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
      fixture.awaitLaunched(fixture.launch("sleep", "60"));
      fixture.awaitLaunched(fixture.launch(new CollectingSink(), "sleep", "60"));
    }

    try (var again = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(again.getLocalPort()).isEqualTo(port);
    }
  }

  /** Peers' bug 18: every thread of a JVM has it blocked. */
  @Test
  void bug18_quit_reachesTheChild() {
    Incarnation run =
        fixture.launch(
            spec -> spec.withDirectory(directory), "sh", "-c", "ulimit -c 0; exec sleep 60");
    fixture.awaitLaunched(run);

    fixture.platform.signal(run, new Signal("QUIT"));

    ExitStatus.Signalled status = (ExitStatus.Signalled) fixture.awaitExit(run);
    assertThat(status.signal()).isEqualTo(new Signal("QUIT"));
  }

  /** Peers' bug 11. */
  @Test
  void bug11_failedSpawn_isToldOnceWithItsErrno_andIsNoExit() {
    for (int i = 0; i < 20; i++) {
      Incarnation run = fixture.launch(new CollectingSink(), "/no/such/program");

      assertThat(fixture.awaitFailure(run).error()).isEqualTo("ENOENT");
    }
    fixture.awaitExit(fixture.launch("true"));

    assertThat(fixture.reports)
        .filteredOn(PlatformReport.LaunchFailed.class::isInstance)
        .hasSize(20);
    assertThat(fixture.reports).hasSize(22);
  }
}
