package org.jsupervisor.definition.svcdef;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a symbolic link leads to, hop by hop. Templates and settings are shared by links in this
 * format, so it matters what is on the way, and what is at an end that does not exist.
 *
 * @param hops the path itself, and what each link leads to; the last one is no link
 */
record LinkChain(List<Path> hops) {
  /** As Linux. */
  private static final int LINKS_MAX = 40;

  LinkChain {
    hops = List.copyOf(hops);
  }

  /** Follows the path; one that goes round ends somewhere on the way. */
  static LinkChain of(Path path) {
    List<Path> hops = new ArrayList<>();
    Path at = path;
    hops.add(at);
    try {
      while (Files.isSymbolicLink(at) && hops.size() <= LINKS_MAX) {
        at =
            real(at.toAbsolutePath().resolveSibling(""))
                .resolve(Files.readSymbolicLink(at))
                .normalize();
        hops.add(at);
      }
    } catch (IOException unreadable) {
      // What can be told of it was found; whoever opens it will be told the rest.
      return new LinkChain(hops);
    }
    return new LinkChain(hops);
  }

  /** The directory as the kernel sees it: a {@code ..} behind a link is that of its target. */
  static Path real(Path directory) {
    try {
      return directory.toRealPath();
    } catch (IOException missing) {
      return directory.toAbsolutePath().normalize();
    }
  }

  boolean isLink() {
    return hops.size() > 1;
  }

  /** Where it leads; need not be there. */
  Path end() {
    return hops.get(hops.size() - 1);
  }

  /** Whether something on the way has this name. */
  boolean passes(String name) {
    return hops.stream().anyMatch(hop -> String.valueOf(hop.getFileName()).equals(name));
  }
}
