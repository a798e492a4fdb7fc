package org.jsupervisor.process;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * What one run has used in all, as the operating system counts it: the process itself and those of
 * its descendants that it has waited for. What its other descendants have used is not in here.
 * Immutable.
 *
 * @param userTime time on a processor in the program's own code
 * @param systemTime time on a processor in the kernel
 * @param peakMemoryBytes the most memory that was resident at one moment, of the biggest of these
 *     processes; empty if it is not known. On Linux a new process begins with the peak of the host
 *     that started it, so the peak of a child is known only if it is above that
 * @param minorFaults page faults that needed no disk
 * @param majorFaults page faults that had to read
 * @param voluntarySwitches how often it waited for something
 * @param involuntarySwitches how often another one got its processor
 */
public record ResourceUsage(
    Duration userTime,
    Duration systemTime,
    OptionalLong peakMemoryBytes,
    long minorFaults,
    long majorFaults,
    long voluntarySwitches,
    long involuntarySwitches) {
  private static final long BYTES_PER_MIB = 1024 * 1024;

  /** Checks that nothing is negative. */
  public ResourceUsage {
    requireNotNegative("user time", userTime.isNegative() ? -1 : 0);
    requireNotNegative("system time", systemTime.isNegative() ? -1 : 0);
    requireNotNegative("peak memory bytes", peakMemoryBytes.orElse(0));
    requireNotNegative("minor faults", minorFaults);
    requireNotNegative("major faults", majorFaults);
    requireNotNegative("voluntary switches", voluntarySwitches);
    requireNotNegative("involuntary switches", involuntarySwitches);
  }

  private static void requireNotNegative(String what, long value) {
    if (value < 0) {
      throw new IllegalArgumentException("resource usage: " + what + " must not be negative");
    }
  }

  /** User and system time together. */
  public Duration processorTime() {
    return userTime.plus(systemTime);
  }

  /** For example {@code 1.25 s user, 0.10 s system, peak 212 MiB}; without a peak if unknown. */
  public String describe() {
    String times = seconds(userTime) + " s user, " + seconds(systemTime) + " s system";
    return peakMemoryBytes.isEmpty()
        ? times
        : times + ", peak " + peakMemoryBytes.getAsLong() / BYTES_PER_MIB + " MiB";
  }

  private static String seconds(Duration time) {
    long hundredths = time.toMillis() / 10;
    return String.format(Locale.ROOT, "%d.%02d", hundredths / 100, hundredths % 100);
  }
}
