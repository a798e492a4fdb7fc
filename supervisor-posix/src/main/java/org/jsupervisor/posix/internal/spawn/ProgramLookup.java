package org.jsupervisor.posix.internal.spawn;

import org.jsupervisor.posix.internal.libc.CString;
import org.jsupervisor.posix.internal.libc.Errno;
import org.jsupervisor.posix.internal.libc.Libc;

/**
 * Finds a program as the child's own {@code execvp} would: a name with a slash is a path, any other
 * is looked for in the child's {@code PATH}; an empty or relative element of it starts from the
 * child's directory. {@code posix_spawnp} will not do, as it searches the host's {@code PATH}.
 */
final class ProgramLookup {
  private final Libc libc;

  /**
   * Where the program is.
   *
   * @param path what the child executes, as the child sees it
   * @param errno 0 if it was found or was not looked for; ENOENT, or EACCES if the only ones there
   *     are may not be executed
   */
  record Located(String path, int errno) {}

  ProgramLookup(Libc libc) {
    this.libc = libc;
  }

  Located locate(CommandLine line) {
    String program = line.program();
    if (program.indexOf('/') >= 0) {
      return new Located(program, 0);
    }
    Located best = new Located(program, Errno.ENOENT);
    for (String element : line.searchPath().split(":", -1)) {
      String candidate = element.isEmpty() ? "./" + program : element + "/" + program;
      String seenFromHost = line.directory().resolve(candidate);
      if (isProgram(seenFromHost)) {
        return new Located(candidate, 0);
      }
      if (best.errno() == Errno.ENOENT && isForbidden(seenFromHost)) {
        best = new Located(candidate, Errno.EACCES);
      }
    }
    return best;
  }

  private boolean isProgram(String path) {
    return libc.files().mayExecute(CString.of(path)) == 0 && !isDirectory(path);
  }

  /** There, but not to be executed; a directory is no candidate at all. */
  private boolean isForbidden(String path) {
    return libc.files().exists(CString.of(path)) == 0 && !isDirectory(path);
  }

  private boolean isDirectory(String path) {
    // EACCES: a directory that may not be searched; for a file it would be ENOTDIR.
    int result = libc.files().exists(CString.of(path + "/."));
    return result == 0 || result == -Errno.EACCES;
  }
}
