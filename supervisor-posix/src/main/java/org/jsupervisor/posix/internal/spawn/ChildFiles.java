package org.jsupervisor.posix.internal.spawn;

import org.jsupervisor.posix.internal.libc.FileActions;
import org.jsupervisor.posix.internal.libc.SyscallException;

/**
 * What a new process does with its descriptors and its directory before it is the program. All
 * sources are above 2.
 *
 * @param stdin what is copied to 0
 * @param stdout what is copied to 1
 * @param stderr what is copied to 2
 * @param notification what is copied to {@code notificationNumber}; {@link #NONE} if nothing is
 * @param notificationNumber above 2; {@link #NONE} without a notification
 * @param directory where to go; empty to stay
 */
record ChildFiles(
    int stdin, int stdout, int stderr, int notification, int notificationNumber, String directory) {
  /** No descriptor. */
  static final int NONE = -1;

  /** Above stdin, stdout and stderr: the first number a child does not get unasked. */
  private static final int FIRST_FREE = 3;

  /**
   * Gives the child exactly its own descriptors. No source is overwritten before it is used: all
   * are above 2, and the one target that is too comes last.
   */
  void describe(FileActions actions) throws SyscallException {
    actions.duplicate(stdin, 0);
    actions.duplicate(stdout, 1);
    actions.duplicate(stderr, 2);
    if (notification == NONE) {
      actions.closeFrom(FIRST_FREE);
    } else {
      // By way of 3, so that one closeFrom does for everything between 3 and its number.
      actions.duplicate(notification, FIRST_FREE);
      actions.closeFrom(FIRST_FREE + 1);
      if (notificationNumber != FIRST_FREE) {
        actions.duplicate(FIRST_FREE, notificationNumber);
        actions.close(FIRST_FREE);
      }
    }
    if (!directory.isEmpty()) {
      actions.changeDirectory(directory);
    }
  }
}
