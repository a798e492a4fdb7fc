package org.jsupervisor.posix.internal.io;

import java.time.Duration;
import java.util.Optional;
import org.jsupervisor.process.Incarnation;

/**
 * What is expected of a run on its notification socket.
 *
 * @param incarnation which run
 * @param readiness whether it says there that it is ready
 * @param watchdog how long it may be silent
 */
public record NotifyTerms(
    Incarnation incarnation, Readiness readiness, Optional<Duration> watchdog) {
  /** Where a run says that it is ready. */
  public enum Readiness {
    HERE,
    ELSEWHERE
  }

  boolean readinessAwaited() {
    return readiness == Readiness.HERE;
  }
}
