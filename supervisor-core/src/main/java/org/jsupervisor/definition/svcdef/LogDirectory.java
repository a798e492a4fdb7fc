package org.jsupervisor.definition.svcdef;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jsupervisor.definition.directory.Loggers;
import org.jsupervisor.definition.directory.ServiceDirectoryReader;
import org.jsupervisor.definition.directory.ServiceFiles;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.StopSpec;

/** The logger of a definition, {@code log/run}, which is executed as it is. */
final class LogDirectory {
  /** What the logger's own program finds, or makes. */
  private static final Set<String> ITS_OWN = Set.of("run", "main", "env", "supervise", "event");

  private final ServiceFiles files;
  private final String name;
  private final Path logRoot;

  LogDirectory(ServiceFiles files, String name, Path logRoot) {
    this.files = files;
    this.name = name;
    this.logRoot = logRoot;
  }

  /** The child that the logger is. */
  String loggerName() {
    return name + ServiceDirectoryReader.LOGGER_SUFFIX;
  }

  /** The logger; empty if there is none, or none that reads. */
  Optional<ProcessSpec.Builder> logger() {
    return files.logDirectory().flatMap(this::logger);
  }

  private Optional<ProcessSpec.Builder> logger(ServiceFiles log) {
    log.names().stream()
        .filter(each -> !ITS_OWN.contains(each))
        .forEach(each -> log.note(each, "", "is not honoured beside log/run"));
    // The template of the format: under a supervisor it ends at once, again and again.
    if (LinkChain.of(log.path("run")).passes("true")) {
      log.note("run", "", "is true, which reads nothing: output goes to the log root");
      return Optional.empty();
    }
    log.checkProgram("run");
    ProcessSpec.Builder logger =
        ProcessSpec.builder(loggerName(), "./run")
            .withDirectory(log.directory())
            .withRestart(RestartPolicy.permanent());
    return Optional.of(Loggers.fed(logger, logRoot.resolve(loggerName()), StopSpec.defaults()));
  }
}
