package org.jsupervisor.posix;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jsupervisor.platform.Ticker;

// Above its budget: each component has a method that replaces it.
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
 * @param leftoverWait how long the end of a child is held back at most, while what it may have left
 *     behind is searched for
 * @param runtimeDirectory where a directory is made, only for the host's user, as soon as the
 *     output of a child has to have a name because it survives its host; must exist by then, and
 *     must not be swept by others
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
    Duration leftoverWait,
    Path runtimeDirectory) {
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
    requirePositive(problems, "leftover wait", leftoverWait);
    if (runtimeDirectory.toString().indexOf('\n') >= 0) {
      problems.add("posix option 'runtime directory': must not contain a newline");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }

  /**
   * One output thread, 64 KiB a read, 256 KiB a turn, losses once a second, 10,000 waiting
   * launches, 2 s to reap and 1 s to drain, the environment of this JVM, {@link Ticker#system}, 1 s
   * for leftovers, the JVM's directory for temporary files.
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
        Duration.ofSeconds(1),
        Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
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
        leftoverWait,
        runtimeDirectory);
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
        leftoverWait,
        runtimeDirectory);
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
        leftoverWait,
        runtimeDirectory);
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
        leftoverWait,
        runtimeDirectory);
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
        leftoverWait,
        runtimeDirectory);
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
        leftoverWait,
        runtimeDirectory);
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
        leftoverWait,
        runtimeDirectory);
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
        leftoverWait,
        runtimeDirectory);
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
        leftoverWait,
        runtimeDirectory);
  }

  /** These options with another {@link #leftoverWait}. */
  public PosixOptions withLeftoverWait(Duration replacement) {
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
        replacement,
        runtimeDirectory);
  }

  /** These options with another {@link #runtimeDirectory}. */
  public PosixOptions withRuntimeDirectory(Path replacement) {
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
        leftoverWait,
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
        + ", leftoverWait="
        + leftoverWait
        + ", runtimeDirectory="
        + runtimeDirectory
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
