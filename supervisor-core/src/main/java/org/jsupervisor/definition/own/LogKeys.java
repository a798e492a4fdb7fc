package org.jsupervisor.definition.own;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jsupervisor.spec.LineRule;
import org.jsupervisor.spec.LogProcessing;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.LogSync;
import org.jsupervisor.spec.Timestamps;

/** The keys of a service file that describe its log directory. */
final class LogKeys {
  private static final Map<String, Boolean> SWITCH = Map.of("on", true, "off", false);
  private static final Map<String, Timestamps> TIMESTAMPS =
      Map.of("iso", Timestamps.ISO_8601, "tai64n", Timestamps.TAI64N, "none", Timestamps.NONE);

  private enum Processing {
    NONE,
    GZIP,
    COMMAND
  }

  private static final Map<String, Processing> PROCESSING =
      Map.of("none", Processing.NONE, "gzip", Processing.GZIP, "command", Processing.COMMAND);

  private enum Sync {
    NEVER,
    ROTATION,
    INTERVAL,
    WRITE
  }

  private static final Map<String, Sync> SYNC =
      Map.of(
          "never",
          Sync.NEVER,
          "rotation",
          Sync.ROTATION,
          "interval",
          Sync.INTERVAL,
          "write",
          Sync.WRITE);

  private static final ServiceKey[] FOR_ON_ONLY = {
    ServiceKey.LOG_DIRECTORY,
    ServiceKey.LOG_SIZE,
    ServiceKey.LOG_FILES,
    ServiceKey.LOG_TOTAL,
    ServiceKey.LOG_AGE,
    ServiceKey.LOG_LINE,
    ServiceKey.LOG_TIMESTAMPS,
    ServiceKey.LOG_PREFIX,
    ServiceKey.LOG_SELECTION,
    ServiceKey.LOG_PROCESSING,
    ServiceKey.LOG_COMMAND,
    ServiceKey.LOG_ARGUMENT,
    ServiceKey.LOG_SYNC,
    ServiceKey.LOG_SYNC_INTERVAL,
    ServiceKey.LOG_BACK_PRESSURE,
    ServiceKey.LOG_BACK_PRESSURE_BUDGET,
    ServiceKey.LOG_BACK_PRESSURE_FILE,
    ServiceKey.LOG_STDERR_DIRECTORY
  };

  private final ServiceProperties properties;
  private final LogSpec defaults;

  /** What is right so far; a part that is refused is left out of it, and told. */
  private LogSpec log;

  /** Reads the keys of a service whose log directory is this unless it names another. */
  LogKeys(ServiceProperties properties, Path directory) {
    this.properties = properties;
    this.defaults = LogSpec.of(directory);
    this.log = defaults;
  }

  /** The log directory, if there is to be one. */
  Optional<LogSpec> read() {
    if (!properties.choice(ServiceKey.LOG, SWITCH).orElse(true)) {
      properties.refuse("is for log=on only", FOR_ON_ONLY);
      return Optional.empty();
    }
    Path logRoot = Optional.ofNullable(defaults.directory().getParent()).orElse(Path.of("/"));
    ServiceSpecs.path(properties, ServiceKey.LOG_DIRECTORY)
        .map(path -> logRoot.resolve(path).normalize())
        .ifPresent(path -> log = log.toBuilder().withDirectory(path).build());
    readLimits();
    readLines();
    readProcessing();
    readSync();
    return Optional.of(log);
  }

  /** One by one, so that each bound is told at its own key. */
  private void readLimits() {
    properties
        .size(ServiceKey.LOG_SIZE)
        .ifPresent(s -> add(ServiceKey.LOG_SIZE, log.toBuilder().withFileBytesMax(s)));
    properties
        .integer(ServiceKey.LOG_FILES)
        .ifPresent(n -> add(ServiceKey.LOG_FILES, log.toBuilder().withOldFilesMax(n)));
    // Behind the size of a file, which it must not be below.
    properties
        .size(ServiceKey.LOG_TOTAL)
        .ifPresent(s -> add(ServiceKey.LOG_TOTAL, log.toBuilder().withOldBytesMax(s)));
    properties
        .duration(ServiceKey.LOG_AGE)
        .ifPresent(age -> add(ServiceKey.LOG_AGE, log.toBuilder().withFileAgeMax(age)));
    properties
        .size(ServiceKey.LOG_LINE)
        .map(size -> (int) Math.min(size, Integer.MAX_VALUE))
        .ifPresent(size -> add(ServiceKey.LOG_LINE, log.toBuilder().withLineBytesMax(size)));
  }

  private void readLines() {
    properties
        .choice(ServiceKey.LOG_TIMESTAMPS, TIMESTAMPS)
        .ifPresent(kind -> add(ServiceKey.LOG_TIMESTAMPS, log.toBuilder().withTimestamps(kind)));
    properties
        .text(ServiceKey.LOG_PREFIX)
        .ifPresent(p -> add(ServiceKey.LOG_PREFIX, log.toBuilder().withPrefix(p + " ")));
    for (Entry entry : properties.repeated(ServiceKey.LOG_SELECTION)) {
      attempt(entry, () -> log.toBuilder().addSelection(rule(entry)).build())
          .ifPresent(grown -> log = grown);
    }
  }

  private LineRule rule(Entry entry) {
    String value = entry.value();
    if (value.startsWith("+")) {
      return LineRule.select(value.substring(1));
    }
    if (!value.startsWith("-")) {
      properties
          .findings()
          .problem(
              properties.place(entry), entry.written(), "must begin with + or -, as in -debug:*");
    }
    return LineRule.deselect(value.isEmpty() ? value : value.substring(1));
  }

  private void readProcessing() {
    Processing processing =
        properties.choice(ServiceKey.LOG_PROCESSING, PROCESSING).orElse(Processing.NONE);
    switch (processing) {
      case NONE -> {}
      case GZIP ->
          add(ServiceKey.LOG_PROCESSING, log.toBuilder().withProcessing(LogProcessing.gzip()));
      case COMMAND -> readCommand();
    }
    if (processing != Processing.COMMAND) {
      properties.refuse(
          "is for log.processing=command only", ServiceKey.LOG_COMMAND, ServiceKey.LOG_ARGUMENT);
    }
  }

  private void readCommand() {
    List<String> argv = new ArrayList<>();
    argv.add(properties.text(ServiceKey.LOG_COMMAND).orElse(""));
    properties.repeated(ServiceKey.LOG_ARGUMENT).forEach(entry -> argv.add(entry.value()));
    properties
        .build(() -> LogProcessing.command(argv), ServiceKey.LOG_COMMAND)
        .ifPresent(p -> add(ServiceKey.LOG_PROCESSING, log.toBuilder().withProcessing(p)));
  }

  private void readSync() {
    Sync sync = properties.choice(ServiceKey.LOG_SYNC, SYNC).orElse(Sync.ROTATION);
    Optional<LogSync> chosen =
        switch (sync) {
          case NEVER -> Optional.of(LogSync.never());
          case ROTATION -> Optional.of(LogSync.onRotation());
          case WRITE -> Optional.of(LogSync.everyWrite());
          case INTERVAL -> interval();
        };
    chosen.ifPresent(value -> add(ServiceKey.LOG_SYNC, log.toBuilder().withSync(value)));
    if (sync != Sync.INTERVAL) {
      properties.refuse("is for log.sync=interval only", ServiceKey.LOG_SYNC_INTERVAL);
    }
  }

  private Optional<LogSync> interval() {
    if (!properties.has(ServiceKey.LOG_SYNC_INTERVAL)) {
      properties.problem(ServiceKey.LOG_SYNC_INTERVAL, "must be there with log.sync=interval");
      return Optional.empty();
    }
    return properties
        .duration(ServiceKey.LOG_SYNC_INTERVAL)
        .flatMap(time -> properties.build(() -> LogSync.every(time), ServiceKey.LOG_SYNC_INTERVAL));
  }

  private void add(ServiceKey key, LogSpec.Builder grown) {
    properties.build(grown::build, key).ifPresent(built -> log = built);
  }

  private <T> Optional<T> attempt(Entry entry, Supplier<T> maker) {
    return properties.findings().attempt(properties.place(entry), entry.written(), maker);
  }
}
