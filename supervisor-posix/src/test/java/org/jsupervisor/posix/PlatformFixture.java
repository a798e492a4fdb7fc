package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.platform.LaunchRequest;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.LaunchFailure;
import org.jsupervisor.process.Pid;
import org.jsupervisor.spec.ProcessSpec;

/** A platform, what it has reported so far, and waits for conditions that are bounded. */
final class PlatformFixture implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final long STEP_NANOS = Duration.ofMillis(50).toNanos();

  final PosixPlatform platform;
  final List<PlatformReport> reports = new ArrayList<>();
  private long launches;

  PlatformFixture(PosixOptions options) {
    platform = PosixPlatform.open(options);
  }

  PlatformFixture() {
    this(PosixOptions.defaults());
  }

  Incarnation launch(String... command) {
    return launch(new OutputTarget.Null(), spec -> spec, command);
  }

  Incarnation launch(OutputSink sink, String... command) {
    return launch(new OutputTarget.Piped(sink), spec -> spec, command);
  }

  Incarnation launch(UnaryOperator<ProcessSpec.Builder> with, String... command) {
    return launch(new OutputTarget.Null(), with, command);
  }

  Incarnation launch(
      OutputTarget output, UnaryOperator<ProcessSpec.Builder> with, String... command) {
    return launch(with.apply(ProcessSpec.builder("child", List.of(command))), output);
  }

  Incarnation launch(ProcessSpec.Builder child, OutputTarget output) {
    ProcessSpec spec = child.build();
    var incarnation = new Incarnation(spec.id(), ++launches);
    platform.launch(new LaunchRequest(incarnation, spec, output));
    return incarnation;
  }

  /** Polls until the condition holds; fails with all reports when that takes too long. */
  void await(String what, BooleanSupplier condition) {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begin > PATIENCE.toNanos()) {
        throw new AssertionError("not within " + PATIENCE + ": " + what + "; reports: " + reports);
      }
      platform.poll(STEP_NANOS, reports::add);
    }
  }

  <T extends PlatformReport> List<T> all(Class<T> kind, Incarnation incarnation) {
    return reports.stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .filter(report -> report.incarnation().equals(incarnation))
        .toList();
  }

  <T extends PlatformReport> T await(Class<T> kind, Incarnation incarnation) {
    await(kind.getSimpleName() + " of " + incarnation, () -> !all(kind, incarnation).isEmpty());
    return all(kind, incarnation).get(0);
  }

  Pid awaitLaunched(Incarnation incarnation) {
    return await(PlatformReport.Launched.class, incarnation).pid();
  }

  ExitStatus awaitExit(Incarnation incarnation) {
    ExitStatus status = await(PlatformReport.Exited.class, incarnation).status();
    assertThat(all(PlatformReport.Launched.class, incarnation)).hasSize(1);
    assertThat(all(PlatformReport.Exited.class, incarnation)).hasSize(1);
    return status;
  }

  LaunchFailure awaitFailure(Incarnation incarnation) {
    return await(PlatformReport.LaunchFailed.class, incarnation).failure();
  }

  /** Whether a process is there and not a zombie. */
  static boolean isAlive(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException e) {
      return false;
    }
  }

  /** Sends it KILL if it is there. */
  static void kill(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }

  /** The numbers of all descriptors that this JVM has open. */
  static List<String> descriptors() {
    try (var files = Files.list(Path.of("/proc/self/fd"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The guards among the living children of a host; there is one for each platform that needs it.
   */
  static List<Long> guards(long host) {
    return ProcessHandle.of(host).stream()
        .flatMap(ProcessHandle::children)
        .map(ProcessHandle::pid)
        .filter(PlatformFixture::isAlive)
        .filter(pid -> commandLine(pid).endsWith("jsupervisor-guard"))
        .toList();
  }

  /** With blanks between the arguments; empty if it is gone. */
  static String commandLine(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/cmdline")).replace('\0', ' ').strip();
    } catch (IOException e) {
      return "";
    }
  }

  /** The numbers of the descriptors that a process has. */
  static List<String> descriptors(Pid pid) {
    try (var files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean areLaunchesTold() {
    return launches
        == reports.stream()
            .filter(
                report ->
                    report instanceof PlatformReport.Launched
                        || report instanceof PlatformReport.LaunchFailed)
            .count();
  }

  /** A file that a child fills, once it has something in it and a newline. */
  String awaitLine(Path file) {
    await(
        "a line in " + file,
        () -> {
          try {
            // A child can be faster than the word of its launch: it could not be signalled yet.
            return areLaunchesTold() && Files.exists(file) && Files.readString(file).endsWith("\n");
          } catch (IOException e) {
            return false;
          }
        });
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    platform.close();
  }
}
