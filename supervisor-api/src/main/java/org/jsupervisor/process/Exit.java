package org.jsupervisor.process;

import java.time.Duration;
import java.util.Optional;

/**
 * The end of one run.
 *
 * @param incarnation which run
 * @param status how it ended
 * @param cause who wanted it
 * @param ran how long it lived by the monotonic clock; zero if it was never started
 * @param usage what its process has used; empty for tasks and supervisors, if it was never started,
 *     and if something else in the host has reaped it
 */
public record Exit(
    Incarnation incarnation,
    ExitStatus status,
    ExitCause cause,
    Duration ran,
    Optional<ResourceUsage> usage) {
  /** An end of which no usage is known. */
  public Exit(Incarnation incarnation, ExitStatus status, ExitCause cause, Duration ran) {
    this(incarnation, status, cause, ran, Optional.empty());
  }

  /** For example {@code exit code 3 after 5.2 s}; without {@link #usage}, to keep logs short. */
  public String describe() {
    if (status.kind() == ExitStatus.Kind.NEVER_STARTED) {
      return status.describe();
    }
    String wanted =
        switch (cause) {
          case BY_ITSELF, LAUNCH_FAILED -> "";
          case ASKED_TO_STOP -> " as asked";
          case START_TIMEOUT -> " (was not ready in time)";
          case WATCHDOG -> " (missed its watchdog)";
        };
    long tenths = ran.toMillis() / 100;
    return status.describe() + wanted + " after " + tenths / 10 + "." + tenths % 10 + " s";
  }
}
