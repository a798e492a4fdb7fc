package org.jsupervisor.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * Chance from a seed. {@link Random} is specified to the bit, so a seed means the same on every
 * JDK.
 */
final class Dice {
  private final Random random;

  /** Seeds that are close to each other must not be alike. */
  Dice(long seed) {
    long mixed = (seed + 0x9e3779b97f4a7c15L) * 0xbf58476d1ce4e5b9L;
    random = new Random(mixed ^ (mixed >>> 29));
  }

  /** True in so many of a hundred cases. */
  boolean percent(int chance) {
    return random.nextInt(100) < chance;
  }

  int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  Duration millis(int least, int most) {
    return Duration.ofMillis(between(least, most));
  }

  /** Mostly on a coarse grid, so that things meet at one instant. */
  Duration time(int millisMost) {
    int grid = percent(70) ? 500 : 1;
    return Duration.ofMillis((long) between(0, millisMost / grid) * grid);
  }

  <T> T of(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  @SafeVarargs
  final <T> T of(T... all) {
    return all[random.nextInt(all.length)];
  }
}
