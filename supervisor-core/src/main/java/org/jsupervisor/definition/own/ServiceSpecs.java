package org.jsupervisor.definition.own;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.spec.Environment;
import org.jsupervisor.spec.HostDeath;
import org.jsupervisor.spec.Leftovers;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.Significance;
import org.jsupervisor.spec.Watchdog;

/** Makes specs of the keys of services. What is wrong is told to their findings. */
final class ServiceSpecs {
  private static final Map<String, Desire> DESIRES = Map.of("up", Desire.UP, "down", Desire.DOWN);
  private static final Map<String, Leftovers> LEFTOVERS =
      Map.of("killed", Leftovers.KILLED, "kept", Leftovers.KEPT);
  private static final Map<String, HostDeath> HOST_DEATHS =
      Map.of("die", HostDeath.DIE, "survive", HostDeath.SURVIVE);
  private static final Map<String, Significance> SIGNIFICANCES =
      Map.of("yes", Significance.SIGNIFICANT, "no", Significance.ORDINARY);

  private ServiceSpecs() {}

  /**
   * All that the keys say, with the defaults for what they do not say.
   *
   * @param home the directory in which relative paths begin
   */
  static ProcessSpec.Builder builder(
      String name, ServiceProperties properties, Path home, DefinitionSettings settings) {
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
    FinishKeys.read(properties).ifPresent(builder::withFinish);
    builder.withSignalPrograms(SignalKeys.read(properties, settings));
    properties.choice(ServiceKey.LEFTOVERS, LEFTOVERS).ifPresent(builder::withLeftovers);
    properties.choice(ServiceKey.HOST_DEATH, HOST_DEATHS).ifPresent(builder::withHostDeath);
    properties.choice(ServiceKey.SIGNIFICANT, SIGNIFICANCES).ifPresent(builder::withSignificance);
    NeedsKeys.read(properties).forEach(each -> builder.addDependency(each.on(), each.whenLost()));
    builder.withSteps(new StepKeys(properties, directory).read());
    new OutputKeys(properties, settings, name).read().ifPresent(builder::withOutput);
    return builder;
  }

  private static List<String> argv(ServiceProperties properties) {
    if (properties.text(ServiceKey.COMMAND).filter(program -> !program.isEmpty()).isEmpty()) {
      properties.problem(ServiceKey.COMMAND, "must name a program");
    }
    List<String> argv = new ArrayList<>();
    argv.add(properties.text(ServiceKey.COMMAND).orElse(""));
    for (Entry argument : properties.arguments()) {
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
    for (var variable : properties.named(ServiceKey.ENVIRONMENT_VARIABLE).entrySet()) {
      String place = properties.place(variable.getValue());
      environment =
          properties
              .findings()
              .set(environment, place, Map.entry(variable.getKey(), variable.getValue().value()));
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
        Set<String> names = new TreeSet<>(ServiceProperties.splitAtCommas(text.get()));
        yield properties.build(
            () -> Environment.inheritOnly(names), ServiceKey.ENVIRONMENT_INHERIT);
      }
    };
  }
}
