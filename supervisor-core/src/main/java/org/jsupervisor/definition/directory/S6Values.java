package org.jsupervisor.definition.directory;

import java.time.Duration;
import java.util.Optional;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.Command;
import org.jsupervisor.spec.FinishSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.StopSpec;

/**
 * What the files of s6 say about one service, in its service directories and in the definitions of
 * s6-rc. Confined to the call that reads a definition.
 */
public final class S6Values {
  /** The file that says how long {@code finish} may take. */
  public static final String TIMEOUT_FINISH = "timeout-finish";

  private static final String KILL = "timeout-kill";

  private final ServiceFiles files;

  /** The values in this directory. */
  public S6Values(ServiceFiles files) {
    this.files = files;
  }

  /**
   * When it counts as ready, if it says so itself.
   *
   * @param within how long that may take
   */
  public Optional<ReadinessSpec> readiness(Duration within) {
    return files.notified("notification-fd", within);
  }

  /**
   * How it is stopped.
   *
   * @param grace how long it has before KILL, if it does not say so itself
   */
  public StopSpec stop(Duration grace) {
    Signal signal = files.signal("down-signal").orElse(Signal.TERM);
    Optional<Duration> kill = files.millis(KILL);
    if (kill.filter(Duration::isZero).isPresent()) {
      files.note(KILL, "0", "is not honoured: KILL always comes, here after " + words(grace));
    }
    return StopSpec.of(signal, kill.filter(time -> !time.isZero()).orElse(grace));
  }

  /** What is run after each end of it, if there is such a program. */
  public Optional<FinishSpec> finish() {
    Optional<Duration> limit = files.millis(TIMEOUT_FINISH);
    if (limit.filter(time -> time.isZero() || isTooLong(time)).isPresent()) {
      files.note(TIMEOUT_FINISH, "", "is not honoured: finish may take a day at most");
    }
    if (!files.checkOptionalProgram("finish")) {
      return Optional.empty();
    }
    Duration time =
        limit
            .map(each -> each.isZero() || isTooLong(each) ? FinishSpec.LIMIT_MAX : each)
            .orElse(FinishSpec.LIMIT_DEFAULT);
    return Optional.of(FinishSpec.of(FinishSpec.Style.S6, Command.of("./finish")).withLimit(time));
  }

  private static String words(Duration time) {
    return time.toMillisPart() == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }

  private static boolean isTooLong(Duration time) {
    return time.compareTo(FinishSpec.LIMIT_MAX) > 0;
  }
}
