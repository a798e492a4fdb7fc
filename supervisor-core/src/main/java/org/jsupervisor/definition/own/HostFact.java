package org.jsupervisor.definition.own;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** What parameters may say about the host: four facts, none of which needs a look-up by name. */
final class HostFact {
  private static final Path NAME = Path.of("/proc/sys/kernel/hostname");

  private HostFact() {}

  /** Empty if there is no such fact, or it is not known here. */
  static Optional<String> of(String fact) {
    return switch (fact) {
      case "name" -> name();
      case "cpus" -> Optional.of(Integer.toString(Runtime.getRuntime().availableProcessors()));
      case "os" -> Optional.of(System.getProperty("os.name").toLowerCase(Locale.ROOT));
      case "arch" -> Optional.of(System.getProperty("os.arch"));
      default -> Optional.empty();
    };
  }

  /** Not by InetAddress, which would ask a name server. */
  private static Optional<String> name() {
    try {
      return Optional.of(Files.readString(NAME).strip());
    } catch (IOException notLinux) {
      return Optional.ofNullable(System.getenv("HOSTNAME"));
    }
  }
}
