package org.jsupervisor.samples.benchmarks.logs;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jsupervisor.log.LogDirectory;
import org.jsupervisor.platform.LaunchRequest;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.posix.PosixPlatform;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.Timestamps;

/**
 * What the output of one child costs a host: the platform's own pipes and output thread, and a log
 * directory. Prints seconds: of the clock, of the processor for the host from the launch to the end
 * of the output, and of that for the output thread alone.
 */
public final class PumpMeter {
  private static final double NANOS = 1e9;
  private static final Map<String, Timestamps> TIMESTAMPS =
      Map.of("raw", Timestamps.NONE, "iso", Timestamps.ISO_8601, "tai", Timestamps.TAI64N);

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private PumpMeter() {}

  /**
   * Needs {@code raw}, {@code iso} or {@code tai}, the directory, the size of a file, how often the
   * command is run before it counts, and the command.
   */
  public static void main(String[] words) {
    LogSpec spec =
        LogSpec.builder(Path.of(words[1]))
            .withFileBytesMax(Long.parseLong(words[2]))
            .withTimestamps(TIMESTAMPS.get(words[0]))
            .build();
    int warmUps = Integer.parseInt(words[3]);
    List<String> command = Arrays.asList(words).subList(4, words.length);
    LogDirectory log = new LogDirectory(spec, InstantSource.system());
    try (PosixPlatform platform = PosixPlatform.open()) {
      for (int n = 1; n <= warmUps; n++) {
        run(platform, log, command, n);
      }
      long begin = System.nanoTime();
      long host = hostNanos();
      long thread = outputThreadNanos();
      run(platform, log, command, warmUps + 1);
      System.out.printf(
          "%.3f %.3f %s%n",
          (System.nanoTime() - begin) / NANOS,
          (hostNanos() - host) / NANOS,
          text(outputThreadNanos() - thread));
      platform.retire(log);
    }
  }

  private static void run(
      PosixPlatform platform, LogDirectory log, List<String> command, int number) {
    ChildId writer = ChildId.of("writer");
    Incarnation run = new Incarnation(writer, number);
    ProcessSpec spec = ProcessSpec.builder("writer", command).build();
    platform.launch(new LaunchRequest(run, spec, new OutputTarget.Piped(log)));
    boolean[] ended = new boolean[2];
    while (!ended[0] || !ended[1]) {
      platform.poll(
          PosixPlatform.FOREVER_NANOS,
          report -> {
            ended[0] |= report instanceof PlatformReport.OutputEnded;
            ended[1] |= report instanceof PlatformReport.Exited;
            if (report instanceof PlatformReport.LaunchFailed
                || report instanceof PlatformReport.OutputLost) {
              throw new IllegalStateException(report.toString());
            }
          });
    }
  }

  /** Not known if a stand-in has taken its place, which happens on a machine that is overloaded. */
  private static String text(long nanos) {
    return nanos < 0 ? "-" : "%.3f".formatted(nanos / NANOS);
  }

  private static long hostNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static long outputThreadNanos() {
    return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
        .filter(thread -> thread != null && thread.getThreadName().startsWith("supervisor-output"))
        .mapToLong(thread -> THREADS.getThreadCpuTime(thread.getThreadId()))
        .sum();
  }
}
