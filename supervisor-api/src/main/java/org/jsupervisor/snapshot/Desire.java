package org.jsupervisor.snapshot;

/**
 * What is wanted of a child. Separate from what it is ({@link Phase}) and from whether it is ready.
 */
public enum Desire {
  /** It should run. */
  UP,
  /** It should not run. */
  DOWN
}
