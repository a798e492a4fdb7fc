package org.jsupervisor.posix.internal.step;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds tools in the host's {@code PATH}, then in the standard directories; never in the child's
 * {@code PATH}, which may be another user's. What was found is remembered, and looked for again
 * when it is gone. Not thread-safe.
 */
final class HostTools implements ToolFinder {
  private static final List<String> STANDARD = List.of("/usr/sbin", "/sbin", "/usr/bin", "/bin");

  // Those of its programs that understand all that the table gives them.
  private static final Set<String> GOOD_IN_BUSYBOX =
      Set.of("sh", "env", "nice", "ionice", "chrt", "taskset", "setuidgid", "softlimit");

  private final List<String> directories;
  private final RootedPaths paths;
  private final Map<String, String> found = new HashMap<>();

  /** Those of the host. */
  HostTools(Map<String, String> hostEnvironment) {
    this(directories(hostEnvironment.getOrDefault("PATH", "")), new RootedPaths("/"));
  }

  private HostTools(List<String> directories, RootedPaths paths) {
    this.directories = directories;
    this.paths = paths;
  }

  /** Those in the standard directories inside another root. */
  static HostTools inside(String root) {
    return new HostTools(STANDARD, new RootedPaths(root));
  }

  /** Relative elements are left out: what they mean changes with the directory. */
  private static List<String> directories(String path) {
    Set<String> all = new LinkedHashSet<>();
    for (String element : path.split(":", -1)) {
      if (element.startsWith("/")) {
        all.add(element);
      }
    }
    all.addAll(STANDARD);
    return List.copyOf(all);
  }

  @Override
  public Optional<String> find(String name) {
    String known = found.get(name);
    if (known != null && isTool(known, name)) {
      return Optional.of(known);
    }
    found.remove(name);
    for (String directory : directories) {
      String candidate = directory + "/" + name;
      if (isTool(candidate, name)) {
        found.put(name, candidate);
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private boolean isTool(String path, String name) {
    Optional<Path> real = paths.resolve(path);
    return real.isPresent()
        && Files.isRegularFile(real.get())
        && Files.isExecutable(real.get())
        && (!isBusybox(real.get()) || GOOD_IN_BUSYBOX.contains(name));
  }

  private static boolean isBusybox(Path file) {
    try {
      Path name = file.toRealPath().getFileName();
      return name != null && name.toString().startsWith("busybox");
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public String where() {
    return String.join(":", directories) + paths.suffix();
  }
}
