package org.jsupervisor.snapshot;

/** What a tree is. */
public enum TreePhase {
  /** It was built; no child has been started. */
  NEW,
  /** It supervises. */
  RUNNING,
  /** Its children are being stopped in reverse order; nothing is started any more. */
  STOPPING,
  /** It is over. */
  STOPPED
}
