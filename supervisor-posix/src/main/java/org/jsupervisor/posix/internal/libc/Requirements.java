package org.jsupervisor.posix.internal.libc;

import java.util.ArrayList;
import java.util.List;

/**
 * What not every Linux has, tried once at the start: a function that is missing in the C library
 * would otherwise be found out at the first launch, and by an {@link UnsatisfiedLinkError}.
 */
public final class Requirements {
  private Requirements() {}

  /**
   * Tries all.
   *
   * @throws UnsupportedOperationException naming everything that is missing
   */
  public static void check(Libc libc) throws SyscallException {
    List<String> missing = new ArrayList<>();
    try (FileActions actions = new FileActions(libc)) {
      if (!has(() -> actions.closeFrom(3))) {
        missing.add("posix_spawn_file_actions_addclosefrom_np (glibc 2.34)");
      }
      if (!has(() -> actions.changeDirectory("/"))) {
        missing.add("posix_spawn_file_actions_addchdir_np (glibc 2.29)");
      }
    }
    if (!missing.isEmpty()) {
      throw new UnsupportedOperationException("this Linux lacks " + String.join(", ", missing));
    }
  }

  private interface Attempt {
    void run() throws SyscallException;
  }

  private static boolean has(Attempt attempt) throws SyscallException {
    try {
      attempt.run();
      return true;
    } catch (UnsatisfiedLinkError e) {
      return false;
    }
  }
}
