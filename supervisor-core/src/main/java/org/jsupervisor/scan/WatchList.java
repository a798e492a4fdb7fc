package org.jsupervisor.scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
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
  private final Set<Path> onTheWay = new HashSet<>();

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
   * Every link matters that is met on the way of this path, and what the last one leads to: who
   * exchanges one of them makes the path lead elsewhere. So does the first part that is not there:
   * who makes it makes the path lead somewhere.
   */
  void links(Path path) throws IOException {
    Deque<Path> ahead = new ArrayDeque<>();
    path.forEach(ahead::add);
    Path at = path.getRoot();
    for (int links = 0; !ahead.isEmpty() && links < LINKS_MAX; ) {
      Path next = at.resolve(ahead.remove()).normalize();
      if (isLink(next)) {
        links++;
        name(next);
        Path target = Files.readSymbolicLink(next);
        for (int n = target.getNameCount() - 1; n >= 0; n--) {
          ahead.addFirst(target.getName(n));
        }
        at = target.isAbsolute() ? target.getRoot() : at;
      } else if (isMissing(next)) {
        name(next);
        return;
      } else {
        at = next;
      }
    }
    if (!at.equals(path)) {
      name(at);
    }
  }

  private boolean isLink(Path path) {
    // What was a directory is one still: many entries have most of their way in common.
    if (onTheWay.contains(path)) {
      return false;
    }
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      onTheWay.add(path);
      return false;
    }
    return Files.isSymbolicLink(path);
  }

  private boolean isMissing(Path path) {
    return !onTheWay.contains(path) && Files.notExists(path, LinkOption.NOFOLLOW_LINKS);
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
