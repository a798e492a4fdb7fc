package org.jsupervisor.posix;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a test needs of this machine; without it the test is skipped, and says why. */
public final class Assumed {
  private static final List<String> PLACES = List.of("/usr/sbin", "/sbin", "/usr/bin", "/bin");

  private Assumed() {}

  /** These programs are installed. */
  public static void tools(String... names) {
    for (String name : names) {
      assumeTrue(hasTool(name), "tool missing: " + name);
    }
  }

  /** Whether a program is where launch steps look for it, too. */
  public static boolean hasTool(String name) {
    return PLACES.stream().anyMatch(place -> Files.isExecutable(Path.of(place, name)));
  }

  /** This JVM may do what only root may. */
  public static void root() {
    assumeTrue(isRoot(), "needs root");
  }

  private static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A host may be process 1 of a namespace of its own. */
  static void hostAsProcessOne() {
    assumeTrue(HostJvm.mayBeProcessOne(), "tool missing: unshare");
  }
}
