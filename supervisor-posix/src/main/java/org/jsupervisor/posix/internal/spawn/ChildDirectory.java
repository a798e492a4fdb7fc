package org.jsupervisor.posix.internal.spawn;

import org.jsupervisor.posix.internal.step.RootedPaths;

/**
 * Where a child works, and what a path means to it.
 *
 * @param root what is {@code /} to the child
 * @param path as given; empty for the host's own directory, or the root itself if that is another
 */
record ChildDirectory(RootedPaths root, String path) {
  /** Whether the new process stays where the host is until a tool changes its root. */
  boolean isHosts() {
    return path.isEmpty() || isRooted();
  }

  boolean isRooted() {
    return !root.root().equals("/");
  }

  /** The path under which the host finds what the child would find under {@code name}. */
  String resolve(String name) {
    if (isRooted()) {
      String absolute = name.startsWith("/") ? name : "/" + path + "/" + name;
      return root.resolve(absolute).map(Object::toString).orElse(root.root() + absolute);
    }
    return path.isEmpty() || name.startsWith("/") ? name : path + "/" + name;
  }
}
