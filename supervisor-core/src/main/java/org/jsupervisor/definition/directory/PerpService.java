package org.jsupervisor.definition.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.spec.Command;
import org.jsupervisor.spec.FinishSpec;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.StopSpec;

/**
 * One service directory of perp: {@code rc.main start NAME} runs the service, {@code rc.main reset
 * NAME ...} is run after each end of it, and {@code rc.log} is the same for its logger. Confined to
 * the call that reads it.
 */
final class PerpService {
  private static final String MAIN = "rc.main";
  private static final String LOG = "rc.log";
  private static final int STICKY = 01000;
  private static final int SCRIPT_BYTES_MAX = 64 * 1024;

  private final ServiceFiles files;
  private final String name;
  private final DefinitionSettings settings;

  PerpService(ServiceFiles files, String name, DefinitionSettings settings) {
    this.files = files;
    this.name = name;
    this.settings = settings;
  }

  /** Whether the directory has the sticky bit, with which perp tells what it is to supervise. */
  static boolean isActive(ServiceFiles files) {
    try {
      int mode = (int) Files.getAttribute(files.directory(), "unix:mode");
      return (mode & STICKY) != 0;
    } catch (IOException | UnsupportedOperationException e) {
      files.problem("", "", "cannot be read: " + e);
      return true;
    }
  }

  /** The service, behind its logger, if it has one. */
  List<ProcessSpec.Builder> children() {
    ProcessSpec.Builder service = child(name, MAIN).withStop(StopSpec.defaults());
    if (files.has("flag.down")) {
      service.withInitially(Desire.DOWN);
    }
    if (files.has("flag.once")) {
      service.withRestart(new RunsOnce());
    }
    Optional<ProcessSpec.Builder> logger = logger();
    String loggerName = name + ServiceDirectoryReader.LOGGER_SUFFIX;
    service.withOutput(
        logger.isPresent()
            ? OutputSpec.toChild(loggerName)
            : OutputSpec.logged(LogSpec.of(settings.logRoot().resolve(name))));
    return logger.map(each -> List.of(each, service)).orElseGet(() -> List.of(service));
  }

  private Optional<ProcessSpec.Builder> logger() {
    if (!files.hasProgram(LOG)) {
      if (files.has(LOG)) {
        files.note(LOG, "", "is not run: it is no executable file");
      }
      return Optional.empty();
    }
    String id = name + ServiceDirectoryReader.LOGGER_SUFFIX;
    Path own = settings.logRoot().resolve(id);
    return Optional.of(Loggers.fed(child(id, LOG), own, StopSpec.defaults()));
  }

  private ProcessSpec.Builder child(String id, String script) {
    files.checkProgram(script);
    tellVariables(script);
    Command reset = Command.of("./" + script, "reset", name);
    return ProcessSpec.builder(id, "./" + script, "start", name)
        .withDirectory(files.directory())
        .addVariable("PERP_BASE", String.valueOf(files.directory().getParent()))
        .withRestart(RestartPolicy.permanent())
        // perpd waits for it without limit.
        .withFinish(FinishSpec.of(FinishSpec.Style.PERP, reset).withLimit(FinishSpec.LIMIT_MAX));
  }

  /** What cannot be known before a process is there, or was. */
  private void tellVariables(String script) {
    Optional<String> text = files.head(script, SCRIPT_BYTES_MAX);
    for (String variable : List.of("PERP_SVPID", "PERP_SVSECS")) {
      if (text.filter(all -> all.contains(variable)).isPresent()) {
        files.note(script, variable, "is not set here");
      }
    }
  }
}
