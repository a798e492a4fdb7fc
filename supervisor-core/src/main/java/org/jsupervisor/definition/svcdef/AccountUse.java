package org.jsupervisor.definition.svcdef;

/** What {@code T_UID} and {@code T_GID} of a definition are used for. */
public enum AccountUse {
  /**
   * They get the run-state directory and the FIFO, and no more, as the format's own {@code run.sh}
   * has it: many daemons have to be started as root and change their user themselves, others are
   * given theirs by {@code PRELAUNCH}.
   */
  OWNS_FILES,
  /** They get both, and the daemon, with all that is in front of it, is run as them. */
  RUNS_DAEMON
}
