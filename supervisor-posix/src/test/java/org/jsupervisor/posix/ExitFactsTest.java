package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.ResourceUsage;
import org.jsupervisor.process.Signal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is known about a run that has ended. */
@EnabledOnOs(OS.LINUX)
class ExitFactsTest {
  private final PlatformFixture fixture = new PlatformFixture();

  @TempDir Path directory;

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void busyChild_hasUsedItsTime() {
    ResourceUsage used = usage("sh", "-c", "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done");

    assertThat(used.processorTime()).isBetween(Duration.ofMillis(10), Duration.ofSeconds(60));
    assertThat(used.minorFaults()).isPositive();
  }

  @Test
  void childOfTheChild_isCountedIfItWasWaitedFor() {
    ResourceUsage used =
        usage("sh", "-c", "sh -c 'i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done'; true");

    assertThat(used.processorTime()).isGreaterThan(Duration.ofMillis(10));
  }

  @Test
  void peakOfASmallChild_isNotKnown_sinceItBeginsWithThatOfTheHost() {
    assertThat(usage("true").peakMemoryBytes()).isEmpty();
  }

  @Test
  void peakAboveThatOfTheHost_isTheChilds() throws IOException {
    long bytes = 2 * hostPeakBytes();

    OptionalLong peak =
        usage("dd", "if=/dev/zero", "of=/dev/null", "bs=" + bytes, "count=1").peakMemoryBytes();

    assertThat(peak.orElseThrow()).isBetween(bytes, bytes + (64L << 20));
  }

  private static long hostPeakBytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
        .findFirst()
        .orElseThrow();
  }

  private ResourceUsage usage(String... command) {
    Incarnation run = fixture.launch(command);
    return fixture.await(PlatformReport.Exited.class, run).usage().orElseThrow();
  }

  /** F20. */
  @Test
  void childReapedBySomethingElse_isToldByItsPidfd() {
    assumeTrue(Kernel.isAtLeast(6, 15), "exits by pidfd came with Linux 6.15");
    Incarnation run = fixture.launch("sleep", "60");
    ReaperThief.killAndReap(fixture.awaitLaunched(run).value());

    assertThat(fixture.awaitExit(run)).isEqualTo(new ExitStatus.Signalled(Signal.KILL, false));
    assertThat(fixture.await(PlatformReport.Exited.class, run).usage()).isEmpty();
  }

  /** F20. */
  @Test
  void exitCodeThatSomethingElseHasTaken_isToldByItsPidfd() throws IOException {
    assumeTrue(Kernel.isAtLeast(6, 15), "exits by pidfd came with Linux 6.15");
    Path go = directory.resolve("go");
    Incarnation run =
        fixture.launch("sh", "-c", "while [ ! -e \"$0\" ]; do :; done; exit 42", go.toString());
    Pid pid = fixture.awaitLaunched(run);

    // Nobody polls from here on, so the thief is first.
    Files.createFile(go);
    ReaperThief.reap(pid.value());

    assertThat(fixture.awaitExit(run)).isEqualTo(new ExitStatus.Exited(42));
  }
}
