package org.jsupervisor.samples.benchmarks.spawn;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** In a fresh JVM: how long it takes from opening the platform to the end of a first child. */
public final class FirstSpawn {
  private FirstSpawn() {}

  /** Prints the milliseconds. */
  public static void main(String[] args) throws IOException {
    long begin = System.nanoTime();
    try (PlatformStarter starter = new PlatformStarter(1)) {
      long opened = System.nanoTime();
      long unused = starter.run(1);
      System.out.printf(
          "first child has ended after %d ms, of which %d ms to open the platform%n",
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin),
          TimeUnit.NANOSECONDS.toMillis(opened - begin));
    }
  }
}
