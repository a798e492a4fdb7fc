package org.jsupervisor.core.internal.model;

import org.jsupervisor.spec.FinishSpec;

/**
 * What is run after a run, and what it follows. Immutable.
 *
 * @param spec as the run's own spec has it: a new one does not change it
 * @param run what it follows
 * @param again why another run was asked for since the end of that one; empty if none was
 * @param killed whether it was sent KILL
 */
record Finishing(FinishSpec spec, EndedRun run, String again, boolean killed) {
  /** The same, and another run has been asked for. */
  Finishing wantedAgain(String why) {
    return new Finishing(spec, run, why, killed);
  }

  /** The same, after KILL. */
  Finishing afterKill() {
    return new Finishing(spec, run, again, true);
  }
}
