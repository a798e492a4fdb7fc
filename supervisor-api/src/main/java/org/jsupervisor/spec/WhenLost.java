package org.jsupervisor.spec;

/**
 * What becomes of a child when one that it depends on is lost: when its run ends, or begins to end,
 * whoever wanted that. One that is ready by {@linkplain ReadinessSpec.Completed completing} is not
 * lost by that; a supervisor is lost when it ends itself, not when a child below it does.
 */
public enum WhenLost {
  /** It goes on: the dependency is for its start only (as systemd's {@code Wants=, After=}). */
  GOES_ON,
  /** It is stopped, and started again as soon as the dependency is there again. */
  IS_RESTARTED,
  /**
   * It is stopped and stays down until somebody wants it up (as systemd's {@code BindsTo=}): what
   * is wanted of it becomes down.
   */
  IS_STOPPED
}
