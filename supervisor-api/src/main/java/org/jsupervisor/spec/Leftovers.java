package org.jsupervisor.spec;

/**
 * What becomes of the rest of a child's process group when its leader has ended by itself: crashed,
 * finished, or killed by somebody else. After a stop the rest is always killed.
 */
public enum Leftovers {
  /** They are sent KILL, so that a restart does not run beside them (the default). */
  KILLED,
  /** They live on, for a program that leaves others behind on purpose. */
  KEPT
}
