package org.jsupervisor.definition.own;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.spec.BackPressure;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.OutputSpec;

/**
 * The keys of a service file that say where its output goes, and what happens when a place is slow.
 */
final class OutputKeys {
  private enum Stderr {
    JOINED,
    SEPARATE,
    OFF
  }

  private static final Map<String, Stderr> STDERR =
      Map.of("joined", Stderr.JOINED, "separate", Stderr.SEPARATE, "off", Stderr.OFF);

  private static final PressureKeys OF_LOG =
      new PressureKeys(
          ServiceKey.LOG_BACK_PRESSURE,
          ServiceKey.LOG_BACK_PRESSURE_BUDGET,
          ServiceKey.LOG_BACK_PRESSURE_FILE);

  /** What may name a place that another one has; the last that is there is told. */
  private static final ServiceKey[] PLACES = {
    ServiceKey.LOG_SYSLOG_BACK_PRESSURE_FILE,
    ServiceKey.LOG_SLF4J_BACK_PRESSURE_FILE,
    ServiceKey.LOG_BACK_PRESSURE_FILE,
    ServiceKey.LOG_DIRECTORY,
    ServiceKey.LOG_SYSLOG_BACK_PRESSURE,
    ServiceKey.LOG_SLF4J_BACK_PRESSURE,
    ServiceKey.LOG_BACK_PRESSURE
  };

  private static final String STDERR_SUFFIX = ".stderr";

  private final ServiceProperties properties;
  private final DefinitionSettings settings;
  private final String name;

  /** Reads the keys of a service of this name. */
  OutputKeys(ServiceProperties properties, DefinitionSettings settings, String name) {
    this.properties = properties;
    this.settings = settings;
    this.name = name;
  }

  /** Empty if something is refused. */
  Optional<OutputSpec> read() {
    if (properties.has(ServiceKey.LOG_SERVICE)) {
      return toService();
    }
    int before = properties.findings().count();
    Path logRoot = settings.logRoot();
    Optional<LogSpec> log = new LogKeys(properties, logRoot.resolve(name)).read();
    BackPressure pressure =
        log.flatMap(spec -> OF_LOG.read(properties, logRoot.resolve(name + ".spill")))
            .orElse(BackPressure.block());
    List<OutputSpec.Destination> besides = new SinkKeys(properties, settings, name).read();
    Stderr stderr = properties.choice(ServiceKey.LOG_STDERR, STDERR).orElse(Stderr.JOINED);
    Optional<LogSpec> logOfStderr = logOfStderr(log, stderr);
    if (properties.findings().count() > before) {
      return Optional.empty();
    }
    return properties
        .build(() -> route(log, pressure, besides), PLACES)
        .flatMap(
            stdout -> with(stdout, stderr, () -> route(logOfStderr, apart(pressure), besides)));
  }

  /** The kernel's pipe has no other ends. */
  private Optional<OutputSpec> toService() {
    for (ServiceKey key : ServiceKey.values()) {
      if (key.text().matches("log(\\..*)?") && key != ServiceKey.LOG_SERVICE) {
        properties.refuse("has no effect with log.service", key);
      }
    }
    Optional<String> other = properties.text(ServiceKey.LOG_SERVICE);
    if (!other.filter(ChildId::isName).isPresent()) {
      properties.problem(ServiceKey.LOG_SERVICE, "must be the name of a service");
      return Optional.empty();
    }
    return other.map(OutputSpec::toChild);
  }

  private Optional<OutputSpec> with(
      OutputSpec.Route stdout, Stderr stderr, Supplier<OutputSpec.Route> ofStderr) {
    return switch (stderr) {
      case JOINED -> Optional.of(stdout);
      case OFF -> Optional.of(OutputSpec.separate(stdout, OutputSpec.discarded()));
      case SEPARATE ->
          properties.build(
              () -> OutputSpec.separate(stdout, ofStderr.get()),
              ServiceKey.LOG_STDERR_DIRECTORY,
              ServiceKey.LOG_STDERR);
    };
  }

  private Optional<LogSpec> logOfStderr(Optional<LogSpec> log, Stderr stderr) {
    if (stderr != Stderr.SEPARATE) {
      properties.refuse("is for log.stderr=separate only", ServiceKey.LOG_STDERR_DIRECTORY);
      return Optional.empty();
    }
    Optional<Path> named =
        ServiceSpecs.path(properties, ServiceKey.LOG_STDERR_DIRECTORY)
            .map(path -> settings.logRoot().resolve(path).normalize());
    return log.map(
        spec ->
            spec.toBuilder()
                .withDirectory(named.orElseGet(() -> suffixed(spec.directory())))
                .build());
  }

  /** A spill file belongs to one place. */
  private static BackPressure apart(BackPressure pressure) {
    return pressure instanceof BackPressure.Spill spill
        ? BackPressure.spill(suffixed(spill.file()), spill.budgetBytes())
        : pressure;
  }

  private static Path suffixed(Path path) {
    return path.resolveSibling(path.getFileName() + STDERR_SUFFIX);
  }

  private static OutputSpec.Route route(
      Optional<LogSpec> log, BackPressure pressure, List<OutputSpec.Destination> besides) {
    List<OutputSpec.Destination> all = new ArrayList<>();
    log.ifPresent(spec -> all.add(OutputSpec.logged(spec).withBackPressure(pressure)));
    all.addAll(besides);
    return switch (all.size()) {
      case 0 -> OutputSpec.discarded();
      case 1 -> all.get(0);
      default -> new OutputSpec.Several(all);
    };
  }
}
