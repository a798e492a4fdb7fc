package org.jsupervisor.posix.internal.leftover;

import org.jspecify.annotations.Nullable;

/**
 * What {@code /proc/PID/stat} says of a process that is not a zombie.
 *
 * @param pid its number
 * @param group its process group
 * @param session its session
 */
record ProcessEntry(long pid, long group, long session) {
  private static final int STATE = 0;
  private static final int GROUP = 2;
  private static final int SESSION = 3;

  /**
   * Reads the text; null for a zombie, and for what is none. The name of a program, in brackets,
   * may hold anything, brackets and newlines too: what counts comes after the last one.
   */
  static @Nullable ProcessEntry parse(long pid, String text) {
    int nameEnd = text.lastIndexOf(") ");
    if (nameEnd < 0) {
      return null;
    }
    String[] fields = text.substring(nameEnd + 2).split(" ", SESSION + 2);
    if (fields.length <= SESSION || fields[STATE].equals("Z") || fields[STATE].equals("X")) {
      return null;
    }
    try {
      return new ProcessEntry(pid, Long.parseLong(fields[GROUP]), Long.parseLong(fields[SESSION]));
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
