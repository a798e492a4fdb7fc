package org.jsupervisor.snapshot;

/**
 * What is wanted of a child. Separate from what it is ({@link Phase}) and from whether it is ready.
 */
public enum Desire {
  /** It should run. */
  UP,
  /** It should not run. */
  DOWN,
  /**
   * It should run to its end, once: whatever that end is, it is no failure, and {@link #DOWN} is
   * wanted from then on.
   */
  ONCE
}
