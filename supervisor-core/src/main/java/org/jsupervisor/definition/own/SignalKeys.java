package org.jsupervisor.definition.own;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.Command;
import org.jsupervisor.spec.SignalPrograms;

/**
 * The keys of a service file that say what is run instead of sending signals. Confined to one call.
 */
final class SignalKeys {
  private final ServiceProperties properties;
  private final DefinitionSettings settings;

  private SignalKeys(ServiceProperties properties, DefinitionSettings settings) {
    this.properties = properties;
    this.settings = settings;
  }

  /** None if there are no such keys. */
  static SignalPrograms read(ServiceProperties properties, DefinitionSettings settings) {
    return new SignalKeys(properties, settings).read();
  }

  private SignalPrograms read() {
    SignalPrograms programs = SignalPrograms.none();
    for (var entry : properties.named(ServiceKey.SIGNAL_COMMAND).entrySet()) {
      Optional<Signal> signal = signal(entry.getKey(), entry.getValue());
      Optional<Command> command = command(entry.getKey(), entry.getValue());
      if (signal.flatMap(programs::instead).isPresent()) {
        problem(entry.getValue(), "is the same signal as another key");
      } else if (signal.isPresent() && command.isPresent()) {
        programs = programs.with(signal.get(), command.get());
      }
    }
    properties.repeated(ServiceKey.SIGNAL_ARGUMENT).stream()
        .filter(entry -> !properties.named(ServiceKey.SIGNAL_COMMAND).containsKey(name(entry)))
        .forEach(entry -> problem(entry, "is for " + command(entry) + " only"));
    if (properties.named(ServiceKey.SIGNAL_COMMAND).isEmpty()) {
      properties.refuse("is for signal.command.NAME only", ServiceKey.SIGNAL_LIMIT);
      return programs;
    }
    SignalPrograms all = programs;
    return properties
        .duration(ServiceKey.SIGNAL_LIMIT)
        .flatMap(limit -> properties.build(() -> all.withLimit(limit), ServiceKey.SIGNAL_LIMIT))
        .orElse(all);
  }

  private Optional<Signal> signal(String name, Entry entry) {
    return properties
        .findings()
        .attempt(properties.place(entry), name, () -> settings.signal(name));
  }

  private Optional<Command> command(String name, Entry entry) {
    if (entry.value().isEmpty()) {
      problem(entry, "must name a program");
      return Optional.empty();
    }
    List<String> words = new ArrayList<>(List.of(entry.value()));
    properties.repeated(ServiceKey.SIGNAL_ARGUMENT).stream()
        .filter(argument -> name(argument).equals(name))
        .forEach(argument -> words.add(argument.value()));
    return properties.findings().attempt(properties.place(entry), "", () -> new Command(words));
  }

  private static String name(Entry argument) {
    return argument.key().substring(ServiceKey.SIGNAL_ARGUMENT.prefix().length());
  }

  private static String command(Entry argument) {
    return ServiceKey.SIGNAL_COMMAND.prefix() + name(argument);
  }

  private void problem(Entry entry, String rule) {
    properties.findings().problem(properties.place(entry), "", rule);
  }
}
