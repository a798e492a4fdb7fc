package org.jsupervisor.scan;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.SpecProblem;

/** A log directory belongs to one service: of two that name the same, neither is taken. */
final class SharedLogs {
  private SharedLogs() {}

  /** The definitions, with those refused that share a log directory. */
  static List<Definition> refused(List<Definition> definitions) {
    Map<Path, List<String>> users = new HashMap<>();
    for (Definition definition : definitions) {
      logs(definition)
          .forEach(log -> users.merge(log, List.of(definition.name()), SharedLogs::joined));
    }
    return definitions.stream().map(definition -> judged(definition, users)).toList();
  }

  private static List<String> joined(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  private static Definition judged(Definition definition, Map<Path, List<String>> users) {
    Optional<Path> log =
        logs(definition)
            .filter(directory -> users.getOrDefault(directory, List.of()).size() > 1)
            .findFirst();
    return log.isEmpty()
        ? definition
        : refused(definition, log.get(), users.getOrDefault(log.get(), List.of()));
  }

  private static Definition refused(Definition definition, Path log, List<String> users) {
    String names = users.stream().collect(Collectors.joining(", "));
    SpecProblem problem =
        new SpecProblem(
            definition.origin().toString(),
            log.toString(),
            "the log directory must belong to one service only, is named by " + names);
    return new Definition.Refused(definition.origin(), definition.name(), List.of(problem));
  }

  private static Stream<Path> logs(Definition definition) {
    return definition instanceof Definition.Defined defined
        ? defined.specs().stream()
            .flatMap(spec -> spec.output().destinations().stream())
            .filter(OutputSpec.Logged.class::isInstance)
            .map(OutputSpec.Logged.class::cast)
            .map(logged -> logged.log().directory().toAbsolutePath().normalize())
            .distinct()
        : Stream.empty();
  }
}
