package org.jsupervisor.spec;

/**
 * What becomes of the processes that a run leaves behind when the child itself has ended: the rest
 * of its process group, and those that made groups or sessions of their own, as far as a platform
 * can find them. It counts when the child has ended by itself: crashed, finished, or killed by
 * somebody else. After a stop they are always killed. An event tells how many were found outside
 * the group.
 */
public enum Leftovers {
  /**
   * They are sent KILL, and the end of the child is told when they are gone, so that a restart does
   * not run beside them (the default). Bounded: what refuses to die does not hold it up for ever.
   */
  KILLED,
  /** They live on and are counted, for a program that leaves others behind on purpose. */
  KEPT
}
