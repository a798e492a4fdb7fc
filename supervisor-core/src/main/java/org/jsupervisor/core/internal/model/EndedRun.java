package org.jsupervisor.core.internal.model;

import java.time.Duration;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.ExitStatus;

/**
 * A run that has ended, before what follows from that is decided.
 *
 * @param exit how, as it was told
 * @param wasReady whether it had become ready
 * @param readyFor for how long, if it had; else zero
 * @param why what was going on when it ended, one phrase for people
 */
record EndedRun(Exit exit, boolean wasReady, Duration readyFor, String why) {
  /** Whether it said that it need not run; after it was ready, that is a failure. */
  boolean hasDeclined() {
    return exit.status().kind() == ExitStatus.Kind.DECLINED && !wasReady;
  }
}
