package org.jsupervisor.posix;

import java.util.Set;

/** What is checked in the host before the C library is touched. */
final class HostCheck {
  // What the layouts of C structures in here were written for.
  private static final Set<String> ARCHITECTURES =
      Set.of("amd64", "aarch64", "riscv64", "ppc64le", "s390x");

  private HostCheck() {}

  static void requireLinux(String osName, String osArch) {
    if (!osName.equals("Linux")) {
      throw new UnsupportedOperationException("operating system '" + osName + "': must be Linux");
    }
    if (!ARCHITECTURES.contains(osArch)) {
      throw new UnsupportedOperationException(
          "architecture '" + osArch + "': must be one of " + ARCHITECTURES);
    }
  }

  /**
   * A JVM that was started with SIGCHLD ignored has its children reaped by the kernel, and their
   * status is lost. The class behind {@link ProcessBuilder} sets SIGCHLD to its default when it is
   * initialised, as any host would at its first child; there is no other way without a signal
   * handler of our own.
   */
  static void stopIgnoringChildren() {
    try {
      Class.forName("java.lang.ProcessImpl");
    } catch (ClassNotFoundException e) {
      throw new UnsupportedOperationException("this JDK has no java.lang.ProcessImpl", e);
    }
  }
}
