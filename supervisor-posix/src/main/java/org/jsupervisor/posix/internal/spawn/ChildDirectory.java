package org.jsupervisor.posix.internal.spawn;

/**
 * Where a child works, and what a path means to it.
 *
 * @param path as given; empty for the host's own directory
 */
record ChildDirectory(String path) {
  boolean isHosts() {
    return path.isEmpty();
  }

  /** The path under which the host finds what the child would find under {@code name}. */
  String resolve(String name) {
    return isHosts() || name.startsWith("/") ? name : path + "/" + name;
  }
}
