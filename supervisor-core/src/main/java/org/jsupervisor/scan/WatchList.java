package org.jsupervisor.scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Directories to be watched. Of some all names matter that do not begin with a dot, of others only
 * some names do: where a link leads to, only the name of its target.
 */
final class WatchList {
  /** As Linux. */
  private static final int LINKS_MAX = 40;

  private final Set<Path> whole = new HashSet<>();
  private final Map<Path, Set<String>> named = new HashMap<>();

  /** All that is in this directory matters. */
  void all(Path directory) {
    whole.add(directory);
  }

  /** This name in its directory matters. */
  void name(Path path) {
    Path directory = path.getParent();
    Path name = path.getFileName();
    if (directory != null && name != null) {
      named.computeIfAbsent(directory, any -> new HashSet<>()).add(name.toString());
    }
  }

  /**
   * The names at which a link leads on matter; nothing if it is none. Its own is not among them.
   */
  void links(Path path) throws IOException {
    Path at = path;
    for (int n = 0; n < LINKS_MAX && Files.isSymbolicLink(at); n++) {
      at = at.resolveSibling(Files.readSymbolicLink(at)).normalize();
      name(at);
    }
  }

  /** All directories that are to be watched. */
  Set<Path> directories() {
    Set<Path> all = new HashSet<>(whole);
    all.addAll(named.keySet());
    return all;
  }

  /** Whether it matters that something has happened to this name. */
  boolean matters(Path directory, String name) {
    return (whole.contains(directory) && !name.startsWith("."))
        || named.getOrDefault(directory, Set.of()).contains(name);
  }
}
