package org.jsupervisor.snapshot;

/** What an operator can do about a child so that it runs sooner, or goes on. */
public enum Remedy {
  /** Nothing on this child: it is well, on its way, or the next reason of the chain decides. */
  NOTHING,
  /** {@link org.jsupervisor.Supervisor#up up} starts it at once, or as soon as it has ended. */
  UP,
  /** {@link org.jsupervisor.Supervisor#restart restart} gives it another run. */
  RESTART,
  /** {@link org.jsupervisor.Supervisor#resume resume} lets it go on. */
  RESUME
}
