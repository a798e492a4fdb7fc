package org.jsupervisor.platform;

import org.jsupervisor.process.Incarnation;
import org.jsupervisor.spec.TaskSpec;

/**
 * A platform that runs tasks, too, as a simulation does. On any other the engine gives each run of
 * a task a thread of its own.
 *
 * <p>Thread and order as with {@link Platform}.
 */
public interface TaskPlatform extends Platform {
  /**
   * Starts a run of a task. Returns at once; {@code TaskStarted} or {@code LaunchFailed} is
   * reported later, one of them exactly once.
   */
  void launchTask(Incarnation incarnation, TaskSpec spec);

  /** Asks a run of a task to end. Nothing happens if it has ended. */
  void interrupt(Incarnation incarnation);
}
