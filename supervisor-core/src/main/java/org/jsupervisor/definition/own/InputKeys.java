package org.jsupervisor.definition.own;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jsupervisor.spec.InputSpec;

/** The keys of a service file that say what the child reads. */
final class InputKeys {
  /** Not what siblings write: nothing in a service file feeds another service. */
  private static final Map<String, InputSpec.Kind> INPUTS =
      Map.of(
          "none",
          InputSpec.Kind.NONE,
          "file",
          InputSpec.Kind.FILE,
          "written",
          InputSpec.Kind.WRITTEN);

  private InputKeys() {}

  /** Empty if it is not said, or refused; a relative path begins at the child's directory. */
  static Optional<InputSpec> read(ServiceProperties properties, Path directory) {
    Optional<InputSpec.Kind> kind = properties.choice(ServiceKey.INPUT, INPUTS);
    if (kind.filter(InputSpec.Kind.FILE::equals).isEmpty()) {
      properties.refuse("is for input=file only", ServiceKey.INPUT_FILE);
      return kind.filter(InputSpec.Kind.WRITTEN::equals).map(written -> InputSpec.written());
    }
    if (properties.text(ServiceKey.INPUT_FILE).isEmpty()) {
      properties.problem(ServiceKey.INPUT_FILE, "must be there with input=file");
      return Optional.empty();
    }
    return ServiceSpecs.path(properties, ServiceKey.INPUT_FILE)
        .map(directory.toAbsolutePath()::resolve)
        .map(path -> InputSpec.file(path.normalize()));
  }
}
