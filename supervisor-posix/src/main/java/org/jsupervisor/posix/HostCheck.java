package org.jsupervisor.posix;

import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is checked in the host before the C library is touched. */
final class HostCheck {
  private static final Logger LOG = LoggerFactory.getLogger(HostCheck.class);

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

  /** As {@link #warningOf}, in the log. */
  static void warn(long hostPid) {
    Optional<String> warning = warningOf(hostPid);
    if (warning.isPresent()) {
      LOG.warn(warning.get());
    }
  }

  /**
   * What is to be said about a host with this number; empty if nothing is. Process 1 of a container
   * gets the orphans of all others. It is not ours to wait for them: nobody can tell them from
   * children that the host has started by other means and waits for itself.
   */
  static Optional<String> warningOf(long hostPid) {
    return hostPid == 1
        ? Optional.of(
            "this JVM is process 1: orphans become its children, which nobody waits for, so they"
                + " stay zombies and keep their pids; run it under an init (docker run --init,"
                + " tini, dumb-init)")
        : Optional.empty();
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
