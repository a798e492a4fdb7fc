package org.jsupervisor.samples.benchmarks.fleet;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How many times as much one series needs as another, and between what bounds that would lie in 95
 * of 100 repetitions (bootstrap over the turns, which are drawn together as they were run).
 */
record Ratio(double value, double low, double high) {
  private static final int DRAWS = 2000;

  static Ratio ofMeans(List<long[]> these, List<long[]> those) {
    return of(these, those, values -> Arrays.stream(values).average().orElseThrow());
  }

  static Ratio ofMedians(List<long[]> these, List<long[]> those) {
    return of(these, those, Ratio::median);
  }

  private static double median(long[] values) {
    return Arrays.stream(values).sorted().skip(values.length / 2).findFirst().orElseThrow();
  }

  private static Ratio of(
      List<long[]> these, List<long[]> those, ToDoubleFunction<long[]> statistic) {
    Random random = new Random(1);
    double[] draws =
        IntStream.range(0, DRAWS)
            .mapToDouble(
                draw -> {
                  int[] turns = random.ints(these.size(), 0, these.size()).toArray();
                  return statistic.applyAsDouble(joined(these, turns))
                      / statistic.applyAsDouble(joined(those, turns));
                })
            .sorted()
            .toArray();
    int[] all = IntStream.range(0, these.size()).toArray();
    return new Ratio(
        statistic.applyAsDouble(joined(these, all)) / statistic.applyAsDouble(joined(those, all)),
        draws[DRAWS * 25 / 1000],
        draws[DRAWS * 975 / 1000]);
  }

  private static long[] joined(List<long[]> series, int[] turns) {
    return Arrays.stream(turns)
        .boxed()
        .flatMapToLong(turn -> Arrays.stream(series.get(turn)))
        .toArray();
  }

  @Override
  public String toString() {
    return String.format("%.3f (%.3f to %.3f)", value, low, high);
  }
}
