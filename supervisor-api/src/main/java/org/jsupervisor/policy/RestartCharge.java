package org.jsupervisor.policy;

/** What a restart is charged to: each budget counts only its own. */
public enum RestartCharge {
  /** An ordinary restart: counts in the child's limit and in its supervisor's. */
  RESTARTS,
  /**
   * Another try after a launch that failed by the child's fault: counts as a start attempt, and in
   * the supervisor's limit (in Erlang/OTP, too, each retry is a restart of its own), but not in the
   * child's.
   */
  START_ATTEMPTS,
  /**
   * Another try after a launch that the host had no room for: no failure of the child. It counts
   * nowhere, neither the supervisor's limit nor its strategy is asked, and siblings are left alone.
   * A policy that charges nothing must wait, or it is tried again at once and without end.
   */
  NOTHING
}
