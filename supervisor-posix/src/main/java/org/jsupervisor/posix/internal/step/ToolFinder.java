package org.jsupervisor.posix.internal.step;

import java.util.Optional;

/** Where the small programs are that do steps. */
interface ToolFinder {
  /** The absolute path, as whoever executes it sees it; empty if there is none. */
  Optional<String> find(String name);

  /** Where it was looked for, for a message. */
  String where();
}
