package org.jsupervisor.samples.benchmarks.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the threads of this process have cost so far, by the scheduler's own count, which is exact;
 * that of the whole process goes by ticks of 10 ms.
 *
 * @param ours CPU time of the threads that the library has started
 * @param rest CPU time of all others: the JVM's own, and the main thread
 * @param switches how often any of them went to sleep or was put off
 */
record ThreadTimes(long ours, long rest, long switches) {
  private static final Path TASKS = Path.of("/proc/self/task");
  private static final double NANOS_PER_MILLI = 1e6;
  private static final String OUR_NAMES = "supervisor-";

  static ThreadTimes now() throws IOException {
    ThreadTimes sum = new ThreadTimes(0, 0, 0);
    try (Stream<Path> tasks = Files.list(TASKS)) {
      for (Path task : tasks.toList()) {
        sum = sum.plus(of(task));
      }
    }
    return sum;
  }

  private static ThreadTimes of(Path task) throws IOException {
    String[] times = Files.readString(task.resolve("schedstat")).strip().split(" ");
    long cpu = Long.parseLong(times[0]);
    List<String> status = Files.readAllLines(task.resolve("status"));
    long switches =
        status.stream()
            .filter(line -> line.contains("ctxt_switches"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .sum();
    // The kernel keeps 15 letters of a name.
    boolean isOurs = Files.readString(task.resolve("comm")).startsWith(OUR_NAMES);
    return new ThreadTimes(isOurs ? cpu : 0, isOurs ? 0 : cpu, switches);
  }

  private ThreadTimes plus(ThreadTimes other) {
    return new ThreadTimes(ours + other.ours, rest + other.rest, switches + other.switches);
  }

  ThreadTimes minus(ThreadTimes other) {
    return new ThreadTimes(ours - other.ours, rest - other.rest, switches - other.switches);
  }

  @Override
  public String toString() {
    return String.format(
        "%.1f ms CPU, %.1f ms of them of threads of ours, and %d context switches",
        (ours + rest) / NANOS_PER_MILLI, ours / NANOS_PER_MILLI, switches);
  }
}
