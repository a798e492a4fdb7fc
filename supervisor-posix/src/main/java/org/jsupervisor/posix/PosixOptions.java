package org.jsupervisor.posix;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jsupervisor.platform.Ticker;

/**
 * Every limit and choice of a {@link PosixPlatform}. Immutable.
 *
 * @param outputThreads how many threads read what children write; 1 to {@value #OUTPUT_THREADS_MAX}
 * @param readBufferBytes how much one read takes at most, a buffer for each output thread and
 *     stand-in; more than 64 KiB comes only from large pipes; 4 KiB to 64 MiB
 * @param turnBytesMax how much one child may deliver before the others of its thread have their
 *     turn, whatever one read could take; 1 byte to 64 MiB
 * @param largePipesMax how many pipes may be large at one time: the pipe of a child that fills it
 *     again and again, and whose sink is quick, is made to hold 1 MiB (or what {@code
 *     /proc/sys/fs/pipe-max-size} allows) instead of 64 KiB, until it is closed, or has been quiet
 *     for 10 seconds while another child needs its place. All that may wait in the kernel's memory,
 *     is not yet in a log, and is lost if the host dies. The kernel gives a user without privileges
 *     64 MiB for its pipes, then its new pipes hold 8 KiB; what it refuses stays as it is. 0 to
 *     {@value #LARGE_PIPES_MAX}; with 0 no pipe is changed
 * @param lossReportInterval how often the loss of output of one run is reported at most; what is
 *     lost in between is added up; as every time here above 0 and at most an hour
 * @param launchQueueMax how many launches may wait for the spawner; one more fails as the host's
 *     fault; at least 1
 * @param reapWait how long {@link PosixPlatform#close} waits for the children that it has killed
 * @param drainWait how long after that it still reads what they had written
 * @param leftoverWait how long the end of a child is held back at most, while what it may have left
 *     behind is searched for
 * @param runtimeDirectory where a directory is made, only for the host's user, as soon as the
 *     output of a child has to have a name because it survives its host; must exist by then and
 *     stay as long as such a child does, must not be swept by others, and has no newline in its
 *     path
 * @param exitDetection how the end of children is noticed
 * @param userChanges whether launch steps may change users and groups
 * @param hostEnvironment what {@code Environment} inherits from
 * @param ticker the clock
 */
public record PosixOptions(
    int outputThreads,
    int readBufferBytes,
    int turnBytesMax,
    int largePipesMax,
    Duration lossReportInterval,
    int launchQueueMax,
    Duration reapWait,
    Duration drainWait,
    Duration leftoverWait,
    Path runtimeDirectory,
    ExitDetection exitDetection,
    UserChanges userChanges,
    Map<String, String> hostEnvironment,
    Ticker ticker) {
  /** The most output threads. */
  public static final int OUTPUT_THREADS_MAX = 64;

  /**
   * How many threads more there may be, for all output threads together, while sinks do not come
   * back from a call: each stands in for a thread that one sink holds up, with a buffer of its own.
   * A sink that comes back counts no more: its thread ends, and the other stays in its place.
   */
  public static final int STAND_INS_MAX = 8;

  /** The largest limit of large pipes: a gigabyte. */
  public static final int LARGE_PIPES_MAX = 1_024;

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
    requireWithin(problems, "large pipes", largePipesMax, 0, LARGE_PIPES_MAX);
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

  private PosixOptions(Draft draft) {
    this(
        draft.outputThreads,
        draft.readBufferBytes,
        draft.turnBytesMax,
        draft.largePipesMax,
        draft.lossReportInterval,
        draft.launchQueueMax,
        draft.reapWait,
        draft.drainWait,
        draft.leftoverWait,
        draft.runtimeDirectory,
        draft.exitDetection,
        draft.userChanges,
        draft.hostEnvironment,
        draft.ticker);
  }

  /**
   * One output thread, 128 KiB a read, 256 KiB a turn, 16 large pipes, losses once a second, 10,000
   * waiting launches, 2 s to reap, 1 s to drain and 1 s for leftovers, {@code /run} if this host
   * may write in it, else the JVM's directory for temporary files, {@link ExitDetection#automatic},
   * users changed as specs say, the environment of this JVM, {@link Ticker#system}.
   */
  public static PosixOptions defaults() {
    return new PosixOptions(new Draft());
  }

  /** These options with another {@link #outputThreads}. */
  public PosixOptions withOutputThreads(int replacement) {
    return with(draft -> draft.outputThreads = replacement);
  }

  /** These options with another {@link #readBufferBytes}. */
  public PosixOptions withReadBufferBytes(int replacement) {
    return with(draft -> draft.readBufferBytes = replacement);
  }

  /** These options with another {@link #turnBytesMax}. */
  public PosixOptions withTurnBytesMax(int replacement) {
    return with(draft -> draft.turnBytesMax = replacement);
  }

  /** These options with another {@link #largePipesMax}. */
  public PosixOptions withLargePipesMax(int replacement) {
    return with(draft -> draft.largePipesMax = replacement);
  }

  /** These options with another {@link #lossReportInterval}. */
  public PosixOptions withLossReportInterval(Duration replacement) {
    return with(draft -> draft.lossReportInterval = replacement);
  }

  /** These options with another {@link #launchQueueMax}. */
  public PosixOptions withLaunchQueueMax(int replacement) {
    return with(draft -> draft.launchQueueMax = replacement);
  }

  /** These options with another {@link #reapWait}. */
  public PosixOptions withReapWait(Duration replacement) {
    return with(draft -> draft.reapWait = replacement);
  }

  /** These options with another {@link #drainWait}. */
  public PosixOptions withDrainWait(Duration replacement) {
    return with(draft -> draft.drainWait = replacement);
  }

  /** These options with another {@link #leftoverWait}. */
  public PosixOptions withLeftoverWait(Duration replacement) {
    return with(draft -> draft.leftoverWait = replacement);
  }

  /** These options with another {@link #runtimeDirectory}. */
  public PosixOptions withRuntimeDirectory(Path replacement) {
    return with(draft -> draft.runtimeDirectory = replacement);
  }

  /** These options with another {@link #exitDetection}. */
  public PosixOptions withExitDetection(ExitDetection replacement) {
    return with(draft -> draft.exitDetection = replacement);
  }

  /** These options with another {@link #userChanges}. */
  public PosixOptions withUserChanges(UserChanges replacement) {
    return with(draft -> draft.userChanges = replacement);
  }

  /** These options with another {@link #hostEnvironment}. */
  public PosixOptions withHostEnvironment(Map<String, String> replacement) {
    return with(draft -> draft.hostEnvironment = replacement);
  }

  /** These options with another {@link #ticker}. */
  public PosixOptions withTicker(Ticker replacement) {
    return with(draft -> draft.ticker = replacement);
  }

  /**
   * The one that nobody sweeps, if we may use it. Not that in {@code XDG_RUNTIME_DIR}: by its
   * specification it goes when its user has logged out, which a host may well outlive.
   */
  static Path runtimeDirectory(Path run, Path temporary) {
    return Files.isDirectory(run) && Files.isWritable(run) ? run : temporary;
  }

  private PosixOptions with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return new PosixOptions(draft);
  }

  /** So that a component is named in few places; begins with the defaults. */
  private static final class Draft {
    private int outputThreads = 1;
    private int readBufferBytes = 128 * 1024;
    private int turnBytesMax = 256 * 1024;
    private int largePipesMax = 16;
    private Duration lossReportInterval = Duration.ofSeconds(1);
    private int launchQueueMax = 10_000;
    private Duration reapWait = Duration.ofSeconds(2);
    private Duration drainWait = Duration.ofSeconds(1);
    private Duration leftoverWait = Duration.ofSeconds(1);
    private Path runtimeDirectory;
    private ExitDetection exitDetection = ExitDetection.automatic();
    private UserChanges userChanges = UserChanges.APPLIED;
    private Map<String, String> hostEnvironment = System.getenv();
    private Ticker ticker = Ticker.system();

    private Draft() {
      Path temporary = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
      runtimeDirectory = runtimeDirectory(Path.of("/run"), temporary);
    }

    private Draft(PosixOptions options) {
      outputThreads = options.outputThreads;
      readBufferBytes = options.readBufferBytes;
      turnBytesMax = options.turnBytesMax;
      largePipesMax = options.largePipesMax;
      lossReportInterval = options.lossReportInterval;
      launchQueueMax = options.launchQueueMax;
      reapWait = options.reapWait;
      drainWait = options.drainWait;
      leftoverWait = options.leftoverWait;
      runtimeDirectory = options.runtimeDirectory;
      exitDetection = options.exitDetection;
      userChanges = options.userChanges;
      hostEnvironment = options.hostEnvironment;
      ticker = options.ticker;
    }
  }

  /** Without the environment, which may hold secrets, and the clock, which says nothing. */
  @Override
  public String toString() {
    return "PosixOptions["
        + "outputThreads="
        + outputThreads
        + ", readBufferBytes="
        + readBufferBytes
        + ", turnBytesMax="
        + turnBytesMax
        + ", largePipesMax="
        + largePipesMax
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
        + ", exitDetection="
        + exitDetection
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
