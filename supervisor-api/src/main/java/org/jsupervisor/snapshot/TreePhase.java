package org.jsupervisor.snapshot;

/** What a tree is. */
public enum TreePhase {
  /** It was built; no child has been started. */
  NEW,
  /** It supervises. */
  RUNNING,
  /**
   * Its children are being stopped in reverse order. A supervisor among them goes on supervising
   * until its turn comes: what is stopped before it may still need what is below it.
   */
  STOPPING,
  /** It is over. */
  STOPPED
}
