package org.jsupervisor.spec;

/** What a child that cannot be started means while its supervisor starts. */
public enum StartFailure {
  /** The child's own policy decides, and the others are started all the same (the default). */
  IS_RETRIED,
  /**
   * The children that were started are stopped, and the supervisor's start has failed (Erlang/OTP).
   */
  FAILS_THE_SUPERVISOR
}
