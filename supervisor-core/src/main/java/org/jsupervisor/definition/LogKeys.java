package org.jsupervisor.definition;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.Timestamps;

/** The keys of a service file that say where its output goes. */
final class LogKeys {
  private static final Map<String, Boolean> SWITCH = Map.of("on", true, "off", false);
  private static final Map<String, Timestamps> TIMESTAMPS =
      Map.of("iso", Timestamps.ISO_8601, "none", Timestamps.NONE);

  private final ServiceProperties properties;
  private final LogSpec defaults;

  /** Reads the keys of a service whose log directory is this unless it names another. */
  LogKeys(ServiceProperties properties, Path directory) {
    this.properties = properties;
    this.defaults = LogSpec.of(directory);
  }

  void read(ProcessSpec.Builder builder) {
    Path logRoot = Optional.ofNullable(defaults.directory().getParent()).orElse(Path.of("/"));
    Path directory =
        ServiceFileReader.path(properties, ServiceKey.LOG_DIRECTORY)
            .map(path -> logRoot.resolve(path).normalize())
            .orElse(defaults.directory());
    long size = properties.size(ServiceKey.LOG_SIZE).orElse(defaults.fileBytesMax());
    int files = properties.integer(ServiceKey.LOG_FILES).orElse(defaults.oldFilesMax());
    Timestamps timestamps =
        properties.choice(ServiceKey.LOG_TIMESTAMPS, TIMESTAMPS).orElse(defaults.timestamps());
    if (!properties.choice(ServiceKey.LOG, SWITCH).orElse(true)) {
      properties.refuse(
          "is for log=on only",
          ServiceKey.LOG_DIRECTORY,
          ServiceKey.LOG_SIZE,
          ServiceKey.LOG_FILES,
          ServiceKey.LOG_TIMESTAMPS);
      builder.withOutput(OutputSpec.discarded());
      return;
    }
    // One by one, so that each bound is told at its own key.
    Optional<LogSpec> sized =
        properties.build(
            () -> new LogSpec(directory, size, defaults.oldFilesMax(), timestamps),
            ServiceKey.LOG_SIZE);
    Optional<LogSpec> counted =
        properties.build(
            () -> new LogSpec(directory, defaults.fileBytesMax(), files, timestamps),
            ServiceKey.LOG_FILES);
    if (sized.isPresent() && counted.isPresent()) {
      builder.withOutput(OutputSpec.logged(new LogSpec(directory, size, files, timestamps)));
    }
  }
}
