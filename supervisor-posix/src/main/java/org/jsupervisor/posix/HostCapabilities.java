package org.jsupervisor.posix;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsupervisor.posix.internal.reap.ExitWatch;
import org.jsupervisor.posix.internal.reap.ExitWatches;
import org.jsupervisor.posix.internal.step.StepTools;
import org.jsupervisor.process.Capability;
import org.jsupervisor.process.Capability.Level;

/** What a platform can do on this host, and by what. */
final class HostCapabilities {
  private HostCapabilities() {}

  static List<Capability> of(ExitWatch watch, PosixOptions options) {
    List<Capability> all = new ArrayList<>();
    all.add(exitDetection(watch, options));
    all.add(processFacts());
    all.add(userChanges(options));
    StepTools.of(options.hostEnvironment()).forEach((step, tool) -> all.add(tool(step, tool)));
    return List.copyOf(all);
  }

  private static Capability exitDetection(ExitWatch watch, PosixOptions options) {
    return ExitWatches.isByWaiters(watch)
        ? new Capability(
            "exit detection",
            Level.LIMITED,
            "a waiting thread for each child, at most " + options.exitDetection().waitersMax())
        : new Capability("exit detection", Level.FULL, "pidfd");
  }

  private static Capability processFacts() {
    String name = "process facts and leftovers";
    return Files.isReadable(Path.of("/proc/self/stat"))
        ? new Capability(name, Level.FULL, "/proc")
        : new Capability(name, Level.NONE, "/proc is not there");
  }

  private static Capability userChanges(PosixOptions options) {
    return switch (options.userChanges()) {
      case APPLIED -> new Capability("user changes", Level.FULL, "applied, if the host may");
      case SWITCHED_OFF ->
          new Capability(
              "user changes", Level.LIMITED, "switched off: children keep the user of the host");
    };
  }

  private static Capability tool(String step, Optional<String> tool) {
    return tool.map(path -> new Capability("launch step: " + step, Level.FULL, path))
        .orElseGet(() -> new Capability("launch step: " + step, Level.NONE, "no tool found"));
  }
}
