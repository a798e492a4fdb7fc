package org.jsupervisor.posix.internal.step;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Paths as a process with another root directory sees them: symbolic links and {@code ..} do not
 * lead out of it.
 *
 * @param root the directory, as the host sees it
 */
public record RootedPaths(String root) {
  private static final int LINKS_MAX = 40;

  /**
   * The host's path of what is found there under an absolute path; empty if the way to it is
   * broken. It need not exist.
   */
  public Optional<Path> resolve(String path) {
    Path top = Path.of(root);
    if (top.getNameCount() == 0) {
      return Optional.of(Path.of(path));
    }
    Deque<String> left = new ArrayDeque<>();
    pushAll(left, Path.of(path));
    Path current = top;
    int links = 0;
    while (!left.isEmpty()) {
      String name = left.pop();
      Path next = current.resolve(name);
      if (name.equals("..")) {
        current = current.equals(top) ? top : parent(current, top);
      } else if (Files.isSymbolicLink(next)) {
        if (++links > LINKS_MAX) {
          return Optional.empty();
        }
        try {
          Path target = Files.readSymbolicLink(next);
          current = target.isAbsolute() ? top : current;
          pushAll(left, target);
        } catch (IOException e) {
          return Optional.empty();
        }
      } else {
        current = next;
      }
    }
    return Optional.of(current);
  }

  private static Path parent(Path path, Path top) {
    Path parent = path.getParent();
    return parent == null ? top : parent;
  }

  private static void pushAll(Deque<String> names, Path path) {
    for (int i = path.getNameCount() - 1; i >= 0; i--) {
      String name = path.getName(i).toString();
      if (!name.isEmpty() && !name.equals(".")) {
        names.push(name);
      }
    }
  }

  /** For a message: empty for the host's own root. */
  String suffix() {
    return root.equals("/") ? "" : " inside " + root;
  }
}
