package org.jsupervisor.definition.own;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsupervisor.policy.ExitSet;
import org.jsupervisor.spec.Command;
import org.jsupervisor.spec.FinishSpec;

/** The keys of a service file that say what is run after each run. Confined to one call. */
final class FinishKeys {
  private static final Map<String, FinishSpec.Style> STYLES =
      Map.of(
          "none", FinishSpec.Style.NONE,
          "runit", FinishSpec.Style.RUNIT,
          "s6", FinishSpec.Style.S6,
          "perp", FinishSpec.Style.PERP);

  private FinishKeys() {}

  /** Empty if there is none, or a value is refused. */
  static Optional<FinishSpec> read(ServiceProperties properties) {
    Optional<String> program = properties.text(ServiceKey.FINISH);
    if (program.isEmpty()) {
      properties.refuse(
          "is for finish only",
          ServiceKey.FINISH_ARGUMENT,
          ServiceKey.FINISH_STYLE,
          ServiceKey.FINISH_LIMIT,
          ServiceKey.FINISH_NEVER);
      return Optional.empty();
    }
    if (program.get().isEmpty()) {
      properties.problem(ServiceKey.FINISH, "must name a program");
      return Optional.empty();
    }
    List<String> words = new ArrayList<>(List.of(program.get()));
    properties.repeated(ServiceKey.FINISH_ARGUMENT).forEach(each -> words.add(each.value()));
    FinishSpec.Style style =
        properties.choice(ServiceKey.FINISH_STYLE, STYLES).orElse(FinishSpec.Style.NONE);
    Duration limit = properties.duration(ServiceKey.FINISH_LIMIT).orElse(FinishSpec.LIMIT_DEFAULT);
    ExitSet never =
        properties
            .text(ServiceKey.FINISH_NEVER)
            .flatMap(text -> properties.build(() -> ExitSet.parse(text), ServiceKey.FINISH_NEVER))
            .orElse(style.neverByDefault());
    Optional<FinishSpec> finish =
        properties.build(
            () -> FinishSpec.of(style, new Command(words)).withLimit(limit),
            ServiceKey.FINISH_LIMIT);
    return finish.flatMap(
        spec -> properties.build(() -> spec.withNever(never), ServiceKey.FINISH_NEVER));
  }
}
