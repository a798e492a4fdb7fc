package org.jsupervisor.spec;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether a child has to say again and again that it is well. Immutable.
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
