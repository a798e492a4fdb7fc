package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Signal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How runs end, and how they are signalled, however their end is noticed. */
abstract class ExitContract {
  /** How many live for a moment only; many more in the long run: see docs/faults.md. */
  private static final int ZERO_LIVES = Integer.getInteger("zeroLives.count", 1_000);

  private static final int BATCH = 500;

  final PlatformFixture fixture;

  ExitContract(ExitDetection detection) {
    fixture = new PlatformFixture(PosixOptions.defaults().withExitDetection(detection));
  }

  @TempDir Path directory;

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 127, 128, 137, 143, 255})
  void exitCode_isReportedAsIs(int code) {
    Incarnation run = fixture.launch("sh", "-c", "exit " + code);

    assertThat(fixture.awaitExit(run)).isEqualTo(new ExitStatus.Exited(code));
  }

  @ParameterizedTest
  @ValueSource(strings = {"KILL", "TERM", "HUP", "USR1", "RTMIN", "RTMIN+3", "RTMAX"})
  void childKilledBySignal_isNotAnExitCode(String name) {
    Incarnation run = fixture.launch("sleep", "60");
    fixture.awaitLaunched(run);

    fixture.platform.signal(run, new Signal(name));

    Signal expected = name.equals("RTMAX") ? new Signal("RTMIN+30") : new Signal(name);
    assertThat(fixture.awaitExit(run)).isEqualTo(new ExitStatus.Signalled(expected, false));
  }

  @Test
  void launched_comesBeforeExited() {
    Incarnation run = fixture.launch("true");
    fixture.awaitExit(run);

    assertThat(fixture.reports)
        .extracting(report -> report.getClass().getSimpleName())
        .containsExactly("Launched", "Exited");
  }

  /** F18. */
  @Test
  void f18_zeroLives_eachEndsOnce_andNothingIsLeft() throws IOException {
    // Whatever is loaded or started once is there, the output thread of the guard's too.
    CollectingSink sink = new CollectingSink();
    Incarnation first = fixture.launch(sink, "true");
    fixture.await(PlatformReport.OutputEnded.class, first);
    fixture.awaitExit(first);
    fixture.reports.clear();
    awaitNoWaiters();
    long descriptorsBefore = descriptors();
    Set<String> threadsBefore = ourThreads();
    List<Incarnation> runs = new ArrayList<>();

    while (runs.size() < ZERO_LIVES) {
      for (int i = 0; i < BATCH; i++) {
        runs.add(i % 2 == 0 ? fixture.launch("/bin/true") : fixture.launch(sink, "/bin/true"));
      }
      fixture.await("exits", () -> count(PlatformReport.Exited.class) >= runs.size());
      fixture.await("ends", () -> count(PlatformReport.OutputEnded.class) >= runs.size() / 2);
    }
    awaitNoWaiters();

    assertThat(fixture.reports)
        .filteredOn(PlatformReport.Exited.class::isInstance)
        .extracting(PlatformReport::incarnation)
        .containsExactlyInAnyOrderElementsOf(runs);
    assertThat(fixture.reports)
        .filteredOn(PlatformReport.Exited.class::isInstance)
        .allMatch(e -> ((PlatformReport.Exited) e).status().equals(new ExitStatus.Exited(0)));
    // What an earlier test left to be collected may have been closed meanwhile.
    assertThat(descriptors()).isLessThanOrEqualTo(descriptorsBefore);
    assertThat(ourThreads()).isEqualTo(threadsBefore);
    assertThat(zombies()).isEmpty();
    assertThat(ProcessHandle.current().children().map(ProcessHandle::pid))
        .containsExactlyElementsOf(PlatformFixture.guards(ProcessHandle.current().pid()))
        .hasSize(1);
    assertThat(sink.ended).hasSize(runs.size() / 2 + 1).doesNotHaveDuplicates();
  }

  /** Only the guard's own may be there: it lives on. Those of children end with them. */
  private void awaitNoWaiters() {
    fixture.await(
        "the end of the waiters",
        () -> ourThreads().stream().filter(name -> name.contains("waiter")).count() <= 1);
  }

  private static Set<String> ourThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("supervisor-"))
        .collect(Collectors.toSet());
  }

  /** Children of this JVM that have ended and that nobody has waited for. */
  private static List<String> zombies() throws IOException {
    String ended = ") Z " + ProcessHandle.current().pid() + " ";
    List<String> found = new ArrayList<>();
    try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        try {
          String stat = Files.readString(process.resolve("stat"));
          if (stat.contains(ended)) {
            found.add(stat);
          }
        } catch (IOException e) {
          // It is gone, so it is no zombie.
        }
      }
    }
    return found;
  }

  private long count(Class<?> kind) {
    return fixture.reports.stream().filter(kind::isInstance).count();
  }

  private static long descriptors() throws IOException {
    try (var files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }

  @Test
  void signal_reachesGrandchildren() {
    Path file = directory.resolve("pid");
    Incarnation run =
        fixture.launch("sh", "-c", "sleep 60 & echo $! > \"$0\"; wait", file.toString());
    long grandchild = Long.parseLong(fixture.awaitLine(file));

    fixture.platform.signal(run, Signal.TERM);

    assertThat(fixture.awaitExit(run)).isEqualTo(new ExitStatus.Signalled(Signal.TERM, false));
    fixture.await("end of the grandchild", () -> !PlatformFixture.isAlive(grandchild));
  }

  @Test
  void signalToAnEndedRun_doesNothing() {
    Incarnation run = fixture.launch("true");
    fixture.awaitExit(run);

    fixture.platform.signal(run, Signal.KILL);
  }

  @Test
  void signalThatLinuxDoesNotHave_isRefused() {
    Incarnation run = fixture.launch("true");

    assertThat(fixture.platform.supports(new Signal("EMT"))).isFalse();
    assertThatThrownBy(() -> fixture.platform.signal(run, new Signal("EMT")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("EMT");
  }

  @Test
  void hostsOwnChildren_keepTheirExitCodes() throws Exception {
    List<Process> hosts = new ArrayList<>();
    List<Incarnation> ours = new ArrayList<>();
    try {
      for (int i = 0; i < 200; i++) {
        ours.add(fixture.launch("sh", "-c", "exit " + (i + 50) % 256));
        hosts.add(new ProcessBuilder("sh", "-c", "exit " + i).start());
      }
      for (int i = 0; i < 200; i++) {
        assertThat(fixture.awaitExit(ours.get(i))).isEqualTo(new ExitStatus.Exited((i + 50) % 256));
        assertThat(hosts.get(i).waitFor()).isEqualTo(i);
      }
    } finally {
      hosts.forEach(Process::destroyForcibly);
    }
  }

  @Test
  void coreDump_isTold() {
    Incarnation run =
        fixture.launch(
            new OutputTarget.Null(),
            spec -> spec.withDirectory(directory),
            "sh",
            "-c",
            "ulimit -c unlimited 2>/dev/null; kill -SEGV $$");

    ExitStatus.Signalled status = (ExitStatus.Signalled) fixture.awaitExit(run);

    // Whether a core is written is the system's to decide; ExitDecoderTest has both cases.
    assertThat(status.signal()).isEqualTo(new Signal("SEGV"));
  }
}
