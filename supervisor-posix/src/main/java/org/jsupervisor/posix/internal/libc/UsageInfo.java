package org.jsupervisor.posix.internal.libc;

import java.time.Duration;
import java.util.OptionalLong;
import org.jsupervisor.process.ResourceUsage;

/**
 * A {@code struct rusage} that the kernel fills, in its layout on 64-bit Linux:
 *
 * <pre>
 *   0 ru_utime   16 ru_stime   32 ru_maxrss (KiB)   64 ru_minflt   72 ru_majflt
 *   128 ru_nvcsw   136 ru_nivcsw
 * </pre>
 *
 * <p>Not thread-safe: each thread that asks has its own.
 */
public final class UsageInfo {
  private static final int BYTES = 144;
  private static final int USER_TIME_AT = 0;
  private static final int SYSTEM_TIME_AT = 16;
  private static final int PEAK_AT = 32;
  private static final int MINOR_FAULTS_AT = 64;
  private static final int MAJOR_FAULTS_AT = 72;
  private static final int VOLUNTARY_SWITCHES_AT = 128;
  private static final int INVOLUNTARY_SWITCHES_AT = 136;
  private static final long BYTES_PER_KIB = 1024;
  private static final long NANOS_PER_MICRO = 1_000;
  // The kernel counts resident pages for each processor, and adds them up only roughly.
  private static final long ROUGHNESS = 16;

  private final NativeMemory memory = new NativeMemory(BYTES);

  long address() {
    return memory.address();
  }

  /** The most memory that was resident, as the kernel says. */
  public long peakBytes() {
    return field(PEAK_AT) * BYTES_PER_KIB;
  }

  /**
   * All of it. A child begins with the peak of the host, since it shares its memory until its exec;
   * so its own peak is known only if it is clearly above that.
   */
  public ResourceUsage usage(long hostPeakBytes) {
    long peak = peakBytes();
    boolean known = peak > hostPeakBytes + hostPeakBytes / ROUGHNESS;
    return new ResourceUsage(
        time(USER_TIME_AT),
        time(SYSTEM_TIME_AT),
        known ? OptionalLong.of(peak) : OptionalLong.empty(),
        field(MINOR_FAULTS_AT),
        field(MAJOR_FAULTS_AT),
        field(VOLUNTARY_SWITCHES_AT),
        field(INVOLUNTARY_SWITCHES_AT));
  }

  private Duration time(int at) {
    return Duration.ofSeconds(field(at), field(at + Long.BYTES) * NANOS_PER_MICRO);
  }

  private long field(int at) {
    return memory.buffer().getLong(at);
  }
}
