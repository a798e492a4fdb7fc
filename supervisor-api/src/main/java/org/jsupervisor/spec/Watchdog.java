package org.jsupervisor.spec;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether a child has to say again and again that it is well. Immutable.
 *
 * <p>A sign of life is {@code WATCHDOG=1} on the socket in {@code NOTIFY_SOCKET}; the child finds
 * the time in {@code WATCHDOG_USEC}, as {@code sd_watchdog_enabled} wants it. One that is silent
 * for longer, or says {@code WATCHDOG=trigger}, is sent ABRT, then its stop ladder, and its end has
 * the cause {@link org.jsupervisor.process.ExitCause#WATCHDOG}. A ladder without steps has no ABRT
 * either: it begins with KILL. As long as a child is paused nothing is expected of it; when it goes
 * on it has its whole time again.
 *
 * @param within how long it may be silent, counted from its readiness and from each sign of life;
 *     empty: it need not say anything
 */
public record Watchdog(Optional<Duration> within) {
  /**
   * Checks the time.
   *
   * @throws InvalidSpecException if it is not positive
   */
  public Watchdog {
    Problems problems = new Problems();
    within.ifPresent(time -> problems.requirePositive("watchdog: time between signs", time));
    problems.throwIfAny();
  }

  /** No sign of life is asked for (the default). */
  public static Watchdog off() {
    return new Watchdog(Optional.empty());
  }

  /** One sign of life at least in this time. */
  public static Watchdog every(Duration within) {
    return new Watchdog(Optional.of(within));
  }
}
