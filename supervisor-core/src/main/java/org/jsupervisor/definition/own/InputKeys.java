package org.jsupervisor.definition.own;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jsupervisor.spec.InputSpec;

/** The keys of a service file that say what the child reads. */
final class InputKeys {
  private static final Map<String, InputSpec.Kind> INPUTS =
      Map.of(
          "none",
          InputSpec.Kind.NONE,
          "file",
          InputSpec.Kind.FILE,
          "written",
          InputSpec.Kind.WRITTEN,
          "fed",
          InputSpec.Kind.FED);

  private InputKeys() {}

  /** Empty if it is not said, or refused; a relative path begins at the child's directory. */
  static Optional<InputSpec> read(ServiceProperties properties, Path directory) {
    Optional<InputSpec.Kind> kind = properties.choice(ServiceKey.INPUT, INPUTS);
    if (kind.filter(InputSpec.Kind.FILE::equals).isEmpty()) {
      properties.refuse("is for input=file only", ServiceKey.INPUT_FILE);
      return kind.flatMap(InputKeys::withoutFile);
    }
    if (properties.text(ServiceKey.INPUT_FILE).isEmpty()) {
      properties.problem(ServiceKey.INPUT_FILE, "must be there with input=file");
      return Optional.empty();
    }
    return ServiceSpecs.path(properties, ServiceKey.INPUT_FILE)
        .map(directory.toAbsolutePath()::resolve)
        .map(path -> InputSpec.file(path.normalize()));
  }

  private static Optional<InputSpec> withoutFile(InputSpec.Kind kind) {
    return switch (kind) {
      case NONE, FILE -> Optional.empty();
      case WRITTEN -> Optional.of(InputSpec.written());
      case FED -> Optional.of(InputSpec.fed());
    };
  }

  /** Whether it reads what siblings write, and so is stopped by the end of that at first. */
  static boolean isFed(ServiceProperties properties) {
    return properties.text(ServiceKey.INPUT).equals(Optional.of("fed"));
  }
}
