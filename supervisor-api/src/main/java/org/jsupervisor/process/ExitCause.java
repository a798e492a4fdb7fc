package org.jsupervisor.process;

/** Why a run ended: who wanted it. Separate from {@link ExitStatus}, which says how. */
public enum ExitCause {
  /** Nobody asked: the child ended, crashed or was killed from outside. */
  BY_ITSELF,
  /** It was asked to stop by an operation, a restart or the end of the tree. */
  ASKED_TO_STOP,
  /** It was stopped because it did not become ready in its time. */
  START_TIMEOUT,
  /** It was stopped because it gave no sign of life in its time, or said itself that it is ill. */
  WATCHDOG,
  /** There was no process: the launch failed; or a supervisor gave up before it was up. */
  LAUNCH_FAILED
}
