package org.jsupervisor.process;

/** Whose fault it is that a launch failed. */
public enum LaunchFault {
  /** The definition's: no such program, not executable, bad interpreter, no such directory. */
  CHILD,
  /**
   * The host's shortage: no descriptors, processes or memory. The same launch may succeed later.
   */
  HOST
}
