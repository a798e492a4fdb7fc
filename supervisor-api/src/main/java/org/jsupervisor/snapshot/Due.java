package org.jsupervisor.snapshot;

import java.time.Instant;

/** When a child's phase changes by itself, if it does. */
public sealed interface Due {
  /** It waits for a report or for an operator. */
  record Never() implements Due {}

  /**
   * It changes at a time: the next start, the release from quarantine, the next step of the stop
   * ladder.
   *
   * @param time the moment
   */
  record At(Instant time) implements Due {}
}
