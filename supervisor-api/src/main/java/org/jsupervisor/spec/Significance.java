package org.jsupervisor.spec;

/** Whether a child's end can be the end of its supervisor (Erlang/OTP's significant children). */
public enum Significance {
  /** It cannot. */
  ORDINARY,
  /**
   * It can, by the supervisor's {@link AutoShutdown}. Not for permanent children: they never end.
   */
  SIGNIFICANT
}
