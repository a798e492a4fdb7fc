package org.jsupervisor.posix;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jsupervisor.platform.Ticker;

/**
 * Every limit of a {@link PosixPlatform}. Immutable.
 *
 * @param outputThreads how many threads read what children write; 1 to {@value #OUTPUT_THREADS_MAX}
 * @param readBufferBytes how much one read takes at most, a buffer for each output thread
 * @param turnBytesMax how much one child may deliver before the others of its thread have their
 *     turn
 * @param lossReportInterval how often the loss of output of one run is reported at most; what is
 *     lost in between is added up
 * @param launchQueueMax how many launches may wait for the spawner; one more fails as the host's
 *     fault
 * @param reapWait how long {@link PosixPlatform#close} waits for the children that it has killed
 * @param drainWait how long after that it still reads what they had written
 * @param hostEnvironment what {@code Environment} inherits from
 * @param ticker the clock
 * @param userChanges whether launch steps may change users and groups
 */
public record PosixOptions(
    int outputThreads,
    int readBufferBytes,
    int turnBytesMax,
    Duration lossReportInterval,
    int launchQueueMax,
    Duration reapWait,
    Duration drainWait,
    Map<String, String> hostEnvironment,
    Ticker ticker,
    UserChanges userChanges) {
  /** The most output threads. */
  public static final int OUTPUT_THREADS_MAX = 64;

  private static final int READ_BUFFER_BYTES_MIN = 4 * 1024;
  private static final int BYTES_MAX = 64 * 1024 * 1024;
  private static final Duration WAIT_MAX = Duration.ofHours(1);

  /**
   * Checks all values.
   *
   * @throws IllegalArgumentException with every problem: which option, its value, and the rule
   */
  public PosixOptions {
    hostEnvironment = Map.copyOf(hostEnvironment);
    List<String> problems = new ArrayList<>();
    requireWithin(problems, "output threads", outputThreads, 1, OUTPUT_THREADS_MAX);
    requireWithin(problems, "read buffer bytes", readBufferBytes, READ_BUFFER_BYTES_MIN, BYTES_MAX);
    requireWithin(problems, "turn bytes", turnBytesMax, 1, BYTES_MAX);
    requireWithin(problems, "launch queue", launchQueueMax, 1, Integer.MAX_VALUE);
    requirePositive(problems, "loss report interval", lossReportInterval);
    requirePositive(problems, "reap wait", reapWait);
    requirePositive(problems, "drain wait", drainWait);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }

  /**
   * One output thread, 64 KiB a read, 256 KiB a turn, losses once a second, 10,000 waiting
   * launches, 2 s to reap and 1 s to drain, the environment of this JVM, {@link Ticker#system},
   * users changed as specs say.
   */
  public static PosixOptions defaults() {
    return new PosixOptions(
        1,
        64 * 1024,
        256 * 1024,
        Duration.ofSeconds(1),
        10_000,
        Duration.ofSeconds(2),
        Duration.ofSeconds(1),
        System.getenv(),
        Ticker.system(),
        UserChanges.APPLIED);
  }

  /** These options with another {@link #outputThreads}. */
  public PosixOptions withOutputThreads(int replacement) {
    return new PosixOptions(
        replacement,
        readBufferBytes,
        turnBytesMax,
        lossReportInterval,
        launchQueueMax,
        reapWait,
        drainWait,
        hostEnvironment,
        ticker,
        userChanges);
  }

  /** These options with another {@link #readBufferBytes}. */
  public PosixOptions withReadBufferBytes(int replacement) {
    return new PosixOptions(
        outputThreads,
        replacement,
        turnBytesMax,
        lossReportInterval,
        launchQueueMax,
        reapWait,
        drainWait,
        hostEnvironment,
        ticker,
        userChanges);
  }

  /** These options with another {@link #turnBytesMax}. */
  public PosixOptions withTurnBytesMax(int replacement) {
    return new PosixOptions(
        outputThreads,
        readBufferBytes,
        replacement,
        lossReportInterval,
        launchQueueMax,
        reapWait,
        drainWait,
        hostEnvironment,
        ticker,
        userChanges);
  }

  /** These options with another {@link #lossReportInterval}. */
  public PosixOptions withLossReportInterval(Duration replacement) {
    return new PosixOptions(
        outputThreads,
        readBufferBytes,
        turnBytesMax,
        replacement,
        launchQueueMax,
        reapWait,
        drainWait,
        hostEnvironment,
        ticker,
        userChanges);
  }

  /** These options with another {@link #launchQueueMax}. */
  public PosixOptions withLaunchQueueMax(int replacement) {
    return new PosixOptions(
        outputThreads,
        readBufferBytes,
        turnBytesMax,
        lossReportInterval,
        replacement,
        reapWait,
        drainWait,
        hostEnvironment,
        ticker,
        userChanges);
  }

  /** These options with another {@link #reapWait}. */
  public PosixOptions withReapWait(Duration replacement) {
    return new PosixOptions(
        outputThreads,
        readBufferBytes,
        turnBytesMax,
        lossReportInterval,
        launchQueueMax,
        replacement,
        drainWait,
        hostEnvironment,
        ticker,
        userChanges);
  }

  /** These options with another {@link #drainWait}. */
  public PosixOptions withDrainWait(Duration replacement) {
    return new PosixOptions(
        outputThreads,
        readBufferBytes,
        turnBytesMax,
        lossReportInterval,
        launchQueueMax,
        reapWait,
        replacement,
        hostEnvironment,
        ticker,
        userChanges);
  }

  /** These options with another {@link #hostEnvironment}. */
  public PosixOptions withHostEnvironment(Map<String, String> replacement) {
    return new PosixOptions(
        outputThreads,
        readBufferBytes,
        turnBytesMax,
        lossReportInterval,
        launchQueueMax,
        reapWait,
        drainWait,
        replacement,
        ticker,
        userChanges);
  }

  /** These options with another {@link #ticker}. */
  public PosixOptions withTicker(Ticker replacement) {
    return new PosixOptions(
        outputThreads,
        readBufferBytes,
        turnBytesMax,
        lossReportInterval,
        launchQueueMax,
        reapWait,
        drainWait,
        hostEnvironment,
        replacement,
        userChanges);
  }

  /** These options with another {@link #userChanges}. */
  public PosixOptions withUserChanges(UserChanges replacement) {
    return new PosixOptions(
        outputThreads,
        readBufferBytes,
        turnBytesMax,
        lossReportInterval,
        launchQueueMax,
        reapWait,
        drainWait,
        hostEnvironment,
        ticker,
        replacement);
  }

  /** Without the environment, which may hold secrets. */
  @Override
  public String toString() {
    return "PosixOptions[outputThreads="
        + outputThreads
        + ", readBufferBytes="
        + readBufferBytes
        + ", turnBytesMax="
        + turnBytesMax
        + ", lossReportInterval="
        + lossReportInterval
        + ", launchQueueMax="
        + launchQueueMax
        + ", reapWait="
        + reapWait
        + ", drainWait="
        + drainWait
        + ", userChanges="
        + userChanges
        + "]";
  }

  private static void requireWithin(
      List<String> problems, String option, int value, int min, int max) {
    if (value < min || value > max) {
      problems.add(
          "posix option '" + option + "': must be " + min + " to " + max + ", was " + value);
    }
  }

  private static void requirePositive(List<String> problems, String option, Duration value) {
    if (value.isNegative() || value.isZero() || value.compareTo(WAIT_MAX) > 0) {
      problems.add(
          "posix option '" + option + "': must be above 0 and at most 1 hour, was " + value);
    }
  }
}
