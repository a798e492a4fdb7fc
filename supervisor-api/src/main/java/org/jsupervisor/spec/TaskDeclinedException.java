package org.jsupervisor.spec;

/**
 * A task says that there is nothing for it to do: it need not run, and that is no failure. To be
 * thrown by a {@link TaskBody} before it is ready. A permanent child is FINISHED then, as a
 * transient one is, until somebody wants it up, and those that need its completion still wait; a
 * temporary one is removed. Thrown later it is a failure as any other; a task that is ready at
 * launch cannot decline.
 */
public final class TaskDeclinedException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Declines.
   *
   * @param reason one phrase for people; what is longer than an exit status holds is cut
   */
  public TaskDeclinedException(String reason) {
    super(reason);
  }
}
