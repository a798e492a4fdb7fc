package org.jsupervisor.definition.s6rc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.definition.directory.RunsOnce;
import org.jsupervisor.definition.directory.ServiceFiles;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;

/** A definition of something that is done once. Confined to the call that reads it. */
final class Oneshot {
  private static final int SCRIPT_BYTES_MAX = 256 * 1024;

  /** Without a script there is nothing to do, which always succeeds. */
  private static final List<String> NOTHING = List.of("true");

  private final ServiceFiles files;
  private final String name;
  private final Path ownLog;
  private final List<Path> execline;

  Oneshot(ServiceFiles files, String name, DefinitionSettings settings, List<Path> execline) {
    this.files = files;
    this.name = name;
    this.ownLog = settings.logRoot().resolve(name);
    this.execline = execline;
  }

  ProcessSpec.Builder child() {
    ProcessSpec.Builder child =
        ProcessSpec.builder(name, command())
            .withDirectory(files.directory())
            .withRestart(new RunsOnce())
            .withReadiness(
                ReadinessSpec.completed(Longrun.limit(files, "timeout-up").orElse(Longrun.LONGEST)))
            .withOutput(OutputSpec.logged(LogSpec.of(ownLog)));
    Longrun.addDependencies(child, files, new Siblings(files));
    return child;
  }

  private List<String> command() {
    Optional<String> script = files.text("up", SCRIPT_BYTES_MAX);
    if (script.filter(text -> !isEmpty(text)).isEmpty()) {
      return NOTHING;
    }
    Optional<Path> interpreter = execline.stream().filter(Files::isExecutable).findFirst();
    if (interpreter.isEmpty()) {
      String places = execline.stream().map(Path::toString).collect(Collectors.joining(", "));
      files.problem("up", "", "needs execlineb, which is none of " + places);
      return NOTHING;
    }
    // No positional parameters: s6-rc takes the script as it is.
    return List.of(interpreter.get().toString(), "-P", files.path("up").toString());
  }

  private static boolean isEmpty(String script) {
    return script.lines().map(String::strip).allMatch(line -> line.isEmpty() || isComment(line));
  }

  private static boolean isComment(String line) {
    return line.startsWith("#");
  }
}
