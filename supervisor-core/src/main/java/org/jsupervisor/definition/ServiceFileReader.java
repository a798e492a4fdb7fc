package org.jsupervisor.definition;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.spec.Environment;
import org.jsupervisor.spec.Leftovers;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.Watchdog;

/**
 * Reads service files: {@code NAME.properties} with the keys of {@code docs/definitions.md}.
 * Stateless and thread-safe.
 *
 * <pre>
 * command = /usr/bin/redis-server
 * argument = --port
 * argument = 7001
 * restart = permanent
 * </pre>
 *
 * <p>Values are taken as they are: nothing is substituted, split at commas or included.
 */
public final class ServiceFileReader implements DefinitionReader {
  /** The largest file that is read. */
  public static final int FILE_BYTES_MAX = 1 << 20;

  /** What the names of service files end with. */
  public static final String SUFFIX = ".properties";

  private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");
  private static final Map<String, Desire> DESIRES = Map.of("up", Desire.UP, "down", Desire.DOWN);
  private static final Map<String, Leftovers> LEFTOVERS =
      Map.of("killed", Leftovers.KILLED, "kept", Leftovers.KEPT);

  /** A reader without settings. */
  public ServiceFileReader() {}

  @Override
  public boolean reads(DirectoryEntry entry) {
    return entry.kind() != DirectoryEntry.Kind.DIRECTORY && entry.name().endsWith(SUFFIX);
  }

  @Override
  public List<Definition> read(DirectoryEntry entry, DefinitionSettings settings) {
    Findings findings = new Findings();
    String name = entry.name().substring(0, entry.name().length() - SUFFIX.length());
    String file = entry.path().toString();
    Optional<ProcessSpec.Builder> builder =
        new TrustedFiles(settings, findings)
            .readAll(entry.path(), FILE_BYTES_MAX)
            .filter(content -> ChildId.isName(name))
            .flatMap(content -> new PropertiesText(file, findings).parse(content))
            .map(entries -> new ServiceProperties(file, entries, findings))
            .map(properties -> builder(name, properties, entry.path(), settings));
    return List.of(findings.conclude(entry, name, () -> builder.orElseThrow().build()));
  }

  private static ProcessSpec.Builder builder(
      String name, ServiceProperties properties, Path file, DefinitionSettings settings) {
    Path home = Optional.ofNullable(file.getParent()).orElse(file);
    Path directory =
        path(properties, ServiceKey.DIRECTORY).map(home::resolve).orElse(home).normalize();
    ProcessSpec.Builder builder =
        ProcessSpec.builder(name, argv(properties))
            .withDirectory(directory)
            .withEnvironment(environment(properties));
    InputKeys.read(properties, directory).ifPresent(builder::withInput);
    properties.choice(ServiceKey.INITIALLY, DESIRES).ifPresent(builder::withInitially);
    ReadyKeys.read(properties).ifPresent(builder::withReadiness);
    new RestartKeys(properties).read().ifPresent(builder::withRestart);
    StopKeys.read(properties, settings).ifPresent(builder::withStop);
    properties
        .duration(ServiceKey.WATCHDOG)
        .flatMap(time -> properties.build(() -> Watchdog.every(time), ServiceKey.WATCHDOG))
        .ifPresent(builder::withWatchdog);
    properties.choice(ServiceKey.LEFTOVERS, LEFTOVERS).ifPresent(builder::withLeftovers);
    new OutputKeys(properties, settings, name).read().ifPresent(builder::withOutput);
    return builder;
  }

  private static List<String> argv(ServiceProperties properties) {
    if (properties.text(ServiceKey.COMMAND).filter(program -> !program.isEmpty()).isEmpty()) {
      properties.problem(ServiceKey.COMMAND, "must name a program");
    }
    List<String> argv = new ArrayList<>();
    argv.add(properties.text(ServiceKey.COMMAND).orElse(""));
    for (PropertiesText.Entry argument : properties.arguments()) {
      if (argument.value().indexOf('\0') >= 0) {
        // Told here, not by the spec, so that it has its line and is told with the others.
        properties.findings().problem(properties.place(argument), "", "must not contain a NUL");
      }
      argv.add(argument.value());
    }
    return argv;
  }

  /** A path that can be one. */
  static Optional<Path> path(ServiceProperties properties, ServiceKey key) {
    try {
      Optional<String> text = properties.text(key);
      if (text.isPresent() && text.get().isEmpty()) {
        properties.problem(key, "must not be empty");
      }
      return text.map(Path::of);
    } catch (InvalidPathException e) {
      properties.problem(key, "must be a path");
      return Optional.empty();
    }
  }

  private static Environment environment(ServiceProperties properties) {
    Environment environment = inherited(properties).orElse(Environment.inheritAll());
    for (var variable : properties.variables().entrySet()) {
      Environment sofar = environment;
      environment =
          properties
              .findings()
              .attempt(
                  properties.place(variable.getValue()),
                  "",
                  () -> sofar.with(variable.getKey(), variable.getValue().value()))
              .orElse(sofar);
    }
    return environment;
  }

  private static Optional<Environment> inherited(ServiceProperties properties) {
    Optional<String> text = properties.text(ServiceKey.ENVIRONMENT_INHERIT);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return switch (text.get()) {
      case "all" -> Optional.of(Environment.inheritAll());
      case "none" -> Optional.of(Environment.empty());
      default -> {
        Set<String> names = new TreeSet<>(List.of(COMMA.split(text.get(), -1)));
        yield properties.build(
            () -> Environment.inheritOnly(names), ServiceKey.ENVIRONMENT_INHERIT);
      }
    };
  }
}
