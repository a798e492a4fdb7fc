package org.jsupervisor.samples.benchmarks.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * What many live children cost their host: threads, memory, time to start, the CPU time and context
 * switches of doing nothing, and how long it takes until the death of one is noticed and made good.
 *
 * <p>Arguments: {@code tree} or {@code threads}, how many children, how many seconds of doing
 * nothing, how many are killed. One JVM each: {@code bin/fleet} runs both, one after the other.
 */
public final class FleetReport {
  private static final Path SELF = Path.of("/proc/self");
  private static final double NANOS_PER_MILLI = 1e6;

  private FleetReport() {}

  /** Prints one line. */
  public static void main(String[] args) throws IOException, InterruptedException {
    int children = Integer.parseInt(args[1]);
    int idleSeconds = Integer.parseInt(args[2]);
    int kills = Integer.parseInt(args[3]);
    try (Fleet fleet = args[0].equals("tree") ? new TreeFleet() : new ThreadsFleet()) {
      long begin = System.nanoTime();
      fleet.start(children);
      double startMillis = (System.nanoTime() - begin) / NANOS_PER_MILLI / children;
      int threads = Objects.requireNonNull(SELF.resolve("task").toFile().list()).length;
      String idle = idle(idleSeconds);
      String killed = kill(fleet, children, kills);
      System.out.printf(
          "%-8s %5d children: %5d threads, RSS %s, start %.2f ms a child, %s, %s%n",
          args[0], children, threads, field("VmRSS:"), startMillis, idle, killed);
    }
    System.exit(0);
  }

  private static String idle(int seconds) throws IOException, InterruptedException {
    // What the start has left to do, the compiler's work say, is not idling.
    TimeUnit.SECONDS.sleep(Math.min(10, seconds));
    ThreadTimes begin = ThreadTimes.now();
    TimeUnit.SECONDS.sleep(seconds);
    return "idle " + seconds + " s: " + ThreadTimes.now().minus(begin);
  }

  private static String kill(Fleet fleet, int children, int kills) throws InterruptedException {
    Random random = new Random(1);
    List<Integer> victims = new ArrayList<>();
    random.ints(0, children).distinct().limit(Math.min(kills, children)).forEach(victims::add);
    long[] noticed = new long[victims.size()];
    long[] restarted = new long[victims.size()];
    for (int i = 0; i < noticed.length; i++) {
      int child = victims.get(i);
      ProcessHandle victim = ProcessHandle.of(fleet.pid(child)).orElseThrow();
      long begin = System.nanoTime();
      victim.destroyForcibly();
      noticed[i] = fleet.awaitDeath(child) - begin;
      restarted[i] = fleet.awaitRestart(child) - begin;
    }
    String restart = restarted[0] < 0 ? "" : ", to restart " + percentiles(restarted);
    return "kill to detection " + percentiles(noticed) + restart;
  }

  private static String percentiles(long[] nanos) {
    Arrays.sort(nanos);
    return String.format(
        "p50 %.2f p99 %.2f ms",
        nanos[nanos.length / 2] / NANOS_PER_MILLI,
        nanos[nanos.length * 99 / 100] / NANOS_PER_MILLI);
  }

  private static String field(String name) throws IOException {
    return Files.readAllLines(SELF.resolve("status")).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024 + " MB")
        .findFirst()
        .orElse("unknown");
  }
}
