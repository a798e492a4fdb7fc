package org.jsupervisor.samples.benchmarks.fleet;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jsupervisor.log.LogDirectories;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.platform.LaunchRequest;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.posix.PosixPlatform;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.ProcessSpec;

/**
 * What the output of many children costs whoever takes it: each writes into a log of its own.
 *
 * <p>Arguments: {@code pump} (the platform's output thread and log directories), {@code threads}
 * ({@link ProcessBuilder} and a thread for each child that copies to a file), or the name of a
 * logger that is started for each child; the directory; how many children; lines a second of each,
 * 0 for children that are quiet after one line; for how many seconds.
 */
public final class OutputFleet {
  private static final double MEBI = 1 << 20;

  private final LogDirectories logs = new LogDirectories(InstantSource.system());
  private final Path directory;
  private final List<Process> processes = new ArrayList<>();
  private final List<Process> loggers = new ArrayList<>();

  private OutputFleet(Path directory) {
    this.directory = directory;
  }

  /** Prints one line. */
  public static void main(String[] words) throws IOException, InterruptedException {
    OutputFleet fleet = new OutputFleet(Path.of(words[1]));
    int children = Integer.parseInt(words[2]);
    int seconds = Integer.parseInt(words[4]);
    List<String> command = command(Integer.parseInt(words[3]));
    try (PosixPlatform platform = PosixPlatform.open()) {
      long heap = heapBytes();
      long resident = fleet.residentBytes();
      fleet.start(words[0], platform, children, command);
      if (!fleet.loggers.isEmpty()) {
        // What is resident is theirs then, and there was none of them.
        resident = 0;
      }
      // What the start has left to do is not the cost of output.
      TimeUnit.SECONDS.sleep(5);
      long begin = System.nanoTime();
      long cpu = fleet.cpuNanos();
      TimeUnit.SECONDS.sleep(seconds);
      double percent = 100.0 * (fleet.cpuNanos() - cpu) / (System.nanoTime() - begin);
      System.out.printf(
          "%-10s %5d children, %3s lines/s each: %5.1f %% of a processor, %d threads,"
              + " heap %+.1f MiB, resident %+.0f MiB, logs %.1f MiB%n",
          words[0],
          children,
          words[3],
          percent,
          Objects.requireNonNull(Path.of("/proc/self/task").toFile().list()).length,
          (heapBytes() - heap) / MEBI,
          (fleet.residentBytes() - resident) / MEBI,
          fleet.written() / MEBI);
    } finally {
      fleet.processes.forEach(Process::destroyForcibly);
      fleet.loggers.forEach(Process::destroyForcibly);
    }
    System.exit(0);
  }

  private static List<String> command(int linesPerSecond) {
    String line = "$|=1; $l=('x' x 99).\"\\n\"; ";
    return linesPerSecond == 0
        ? List.of("sh", "-c", "echo a line; exec sleep 100000")
        : List.of(
            "perl",
            "-e",
            line
                + "while (1) { print $l; select(undef, undef, undef, "
                + 1.0 / linesPerSecond
                + ") }");
  }

  private void start(String kind, PosixPlatform platform, int children, List<String> command)
      throws IOException {
    for (int n = 0; n < children; n++) {
      Path log = directory.resolve(kind + "-" + n);
      switch (kind) {
        case "pump" -> pump(platform, n, command, log);
        case "threads" -> thread(command, log);
        default -> logger(kind, command, log);
      }
    }
    int[] live = new int[1];
    while (kind.equals("pump") && live[0] < children) {
      platform.poll(
          PosixPlatform.FOREVER_NANOS,
          report -> live[0] += report instanceof PlatformReport.Launched ? 1 : 0);
    }
  }

  private void pump(PosixPlatform platform, int n, List<String> command, Path log) {
    String name = "c" + n;
    ProcessSpec spec = ProcessSpec.builder(name, command).build();
    OutputSink sink = logs.open(LogSpec.of(log));
    platform.launch(
        new LaunchRequest(
            new Incarnation(ChildId.of(name), 1), spec, new OutputTarget.Piped(sink)));
  }

  private void thread(List<String> command, Path log) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    processes.add(process);
    OutputStream file = Files.newOutputStream(log);
    Thread thread = new Thread(() -> copy(process, file), log.getFileName().toString());
    thread.setDaemon(true);
    thread.start();
  }

  private static void copy(Process process, OutputStream file) {
    try (InputStream output = process.getInputStream();
        file) {
      output.transferTo(file);
    } catch (IOException e) {
      System.err.println(e);
    }
  }

  private void logger(String tool, List<String> command, Path log) throws IOException {
    Files.createDirectory(log);
    List<String> line =
        switch (tool) {
          case "svlogd" -> List.of("svlogd", "-tt", log.toString());
          case "multilog", "s6-log" -> List.of(tool, "t", log.toString());
          default -> throw new IllegalArgumentException("no such logger: " + tool);
        };
    List<Process> both =
        ProcessBuilder.startPipeline(
            List.of(
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD),
                new ProcessBuilder(line)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)));
    processes.add(both.get(0));
    loggers.add(both.get(1));
  }

  /** Of whoever takes the output: the loggers, or this JVM. */
  private long cpuNanos() {
    if (loggers.isEmpty()) {
      return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
          .getProcessCpuTime();
    }
    return loggers.stream()
        .map(logger -> logger.info().totalCpuDuration().orElse(Duration.ZERO))
        .mapToLong(Duration::toNanos)
        .sum();
  }

  /** Likewise, without what a program shares with others. */
  private long residentBytes() throws IOException {
    long kibibytes = loggers.isEmpty() ? anonymousKibibytes("self") : 0;
    for (Process logger : loggers) {
      kibibytes += anonymousKibibytes(Long.toString(logger.pid()));
    }
    return kibibytes * 1024;
  }

  private static long anonymousKibibytes(String pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", pid, "status")).stream()
        .filter(line -> line.startsWith("RssAnon:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  private static long heapBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private long written() throws IOException {
    try (var files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
