package org.jsupervisor.policy;

/**
 * Which exits lead to a restart (the words are Erlang/OTP's). A {@link StandardRestartPolicy} may
 * name exits that override the type.
 */
public enum RestartType {
  /** Always restarted, also after a clean exit. */
  PERMANENT,
  /** Restarted only after an abnormal exit; after a clean one it is done and its entry is kept. */
  TRANSIENT,
  /** Never restarted; its entry disappears with the process and the id is free again. */
  TEMPORARY
}
