package org.jsupervisor.samples.benchmarks.spawn;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What it costs to start {@code /bin/true} and to hear of its end, with this library and with its
 * peers, in one run: round after round each of them has its turn, and medians are compared.
 *
 * <p>Arguments: how many rounds, how many starts in each, and how many MiB of heap are touched
 * before (a JVM that forks pays for them).
 */
public final class SpawnComparison {
  static final String PROGRAM = "/bin/true";
  static final String OURS = "jsupervisor";

  private static final int AT_ONCE = 20;

  // Small blocks: the collector gives a big one whole regions of its own, up to twice its size.
  private static final int BLOCK = 16 * 1024 - 16;
  private static final int BLOCKS_A_MIB = 64;

  /** NuProcess polls: a hundredth of the starts is enough to see it. */
  private static final int SLOW_SHARE = 100;

  private SpawnComparison() {}

  /** Prints one line for each of them. */
  public static void main(String[] args) throws IOException, InterruptedException {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 15;
    int starts = args.length > 1 ? Integer.parseInt(args[1]) : 200;
    List<byte[]> heap = touched(args.length > 2 ? Integer.parseInt(args[2]) : 0);
    List<Starter> starters = new ArrayList<>();
    CLoop.compiled().ifPresent(starters::add);
    starters.add(new PlatformStarter(1));
    starters.add(new PlatformStarter(AT_ONCE));
    starters.add(new JdkStarter());
    starters.add(new CommonsExecStarter());
    starters.add(new NuProcessStarter());
    try {
      Map<String, Double> micros = measure(starters, rounds, starts);
      print(micros, heap.size() / BLOCKS_A_MIB);
    } finally {
      starters.forEach(Starter::close);
    }
  }

  private static Map<String, Double> measure(List<Starter> starters, int rounds, int starts)
      throws IOException, InterruptedException {
    Map<String, double[]> all = new LinkedHashMap<>();
    // The first rounds warm up.
    int warmUp = Math.max(2, rounds / 5);
    for (int round = -warmUp; round < rounds; round++) {
      for (Starter starter : starters) {
        int times = starter instanceof NuProcessStarter ? starts / SLOW_SHARE + 1 : starts;
        double micros = starter.run(times) / 1000.0 / times;
        if (round >= 0) {
          all.computeIfAbsent(starter.name(), any -> new double[rounds])[round] = micros;
        }
      }
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    all.forEach((name, values) -> medians.put(name, median(values)));
    return medians;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static void print(Map<String, Double> micros, int mib) {
    System.out.printf(
        "java %s, %d MiB of heap touched; microseconds a start and end, median%n",
        Runtime.version(), mib);
    Double ours = micros.get(OURS);
    micros.forEach(
        (name, value) ->
            System.out.printf(
                "%-24s %10.1f   %s needs %.2f of it%n", name, value, OURS, ours / value));
  }

  /** The pages are written, so that they are there. */
  private static List<byte[]> touched(int mib) {
    List<byte[]> heap = new ArrayList<>();
    for (int i = 0; i < mib * BLOCKS_A_MIB; i++) {
      byte[] block = new byte[BLOCK];
      Arrays.fill(block, (byte) 1);
      heap.add(block);
    }
    return heap;
  }

  static void requireZero(String who, int code) throws IOException {
    if (code != 0) {
      throw new IOException(who + ": exit code " + code);
    }
  }
}
