package org.jsupervisor.simulation;

import org.jsupervisor.process.LaunchFailure;
import org.jsupervisor.process.LaunchFault;

/** Launch failures as a real system reports them. */
public final class SimulatedErrors {
  private SimulatedErrors() {}

  /** There is no such program: the definition's fault. */
  public static LaunchFailure noSuchProgram(String program) {
    return new LaunchFailure(
        LaunchFault.CHILD, "ENOENT", program, "program '" + program + "' does not exist");
  }

  /** The host has no room for one process more: its own shortage. */
  public static LaunchFailure noMoreProcesses(String program) {
    return new LaunchFailure(
        LaunchFault.HOST, "EAGAIN", program, "the host's limit of processes is reached");
  }
}
