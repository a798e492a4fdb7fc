package org.jsupervisor.definition.s6rc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.definition.directory.RunsOnce;
import org.jsupervisor.definition.directory.ServiceFiles;
import org.jsupervisor.spec.Command;
import org.jsupervisor.spec.FinishSpec;
import org.jsupervisor.spec.Leftovers;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;

/**
 * A definition of something that is done once. Confined to the call that reads it.
 *
 * <p>Without {@code down} it is a child that is ready when it has completed. With {@code down}
 * there must be something to be stopped: a shell does {@code up}, says that it is ready, and waits
 * for TERM, after which {@code down} is its finish; after a failed {@code up} it is not, as in
 * s6-rc.
 */
final class Oneshot {
  private static final int SCRIPT_BYTES_MAX = 256 * 1024;
  private static final int READY_DESCRIPTOR = 3;

  /** Without a script there is nothing to do, which always succeeds. */
  private static final String NOTHING = "true";

  private static final String THEN_WAIT =
      " || exit; trap 'exit 0' TERM; echo >&3; exec 3>&-; while :; do sleep 86400 & wait $!; done";

  /** The arguments are execlineb, the exit code, and the low byte of the wait status. */
  private static final String DOWN = "test \"$2 $3\" = '0 0' || exit 0; exec \"$1\" -P ./down";

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
    boolean hasUp = hasScript("up");
    boolean hasDown = files.has("down") && hasScript("down");
    String interpreter = hasUp || hasDown ? interpreter(hasUp ? "up" : "down") : NOTHING;
    Duration upWithin = Longrun.limit(files, "timeout-up").orElse(Longrun.LONGEST);
    Optional<Duration> downWithin = Longrun.limit(files, "timeout-down");
    ProcessSpec.Builder child;
    if (hasDown) {
      String up = hasUp ? "\"$1\" -P ./up 3>&-" : NOTHING;
      child =
          ProcessSpec.builder(name, "/bin/sh", "-c", up + THEN_WAIT, name, interpreter)
              .withReadiness(new ReadinessSpec.Notified(READY_DESCRIPTOR, upWithin))
              .withFinish(down(interpreter, downWithin.orElse(Longrun.LONGEST)));
    } else {
      child =
          (hasUp
                  ? ProcessSpec.builder(name, interpreter, "-P", "./up")
                  : ProcessSpec.builder(name, NOTHING))
              .withReadiness(ReadinessSpec.completed(upWithin));
    }
    Longrun.addDependencies(child, files, new Siblings(files));
    return child
        .withDirectory(files.directory())
        .withRestart(new RunsOnce())
        // What it has started in the background is what it was for.
        .withLeftovers(Leftovers.KEPT)
        .withOutput(OutputSpec.logged(LogSpec.of(ownLog)));
  }

  private FinishSpec down(String interpreter, Duration within) {
    Duration limit = within.compareTo(FinishSpec.LIMIT_MAX) > 0 ? FinishSpec.LIMIT_MAX : within;
    Command command = Command.of("/bin/sh", "-c", DOWN, name, interpreter);
    return FinishSpec.of(FinishSpec.Style.RUNIT, command).withLimit(limit);
  }

  private boolean hasScript(String script) {
    return files.text(script, SCRIPT_BYTES_MAX).filter(text -> !isEmpty(text)).isPresent();
  }

  private String interpreter(String script) {
    Optional<Path> found = execline.stream().filter(Files::isExecutable).findFirst();
    if (found.isEmpty()) {
      String places = execline.stream().map(Path::toString).collect(Collectors.joining(", "));
      files.problem(script, "", "needs execlineb, which is none of " + places);
    }
    return found.map(Path::toString).orElse(NOTHING);
  }

  private static boolean isEmpty(String script) {
    return script.lines().map(String::strip).allMatch(line -> line.isEmpty() || isComment(line));
  }

  private static boolean isComment(String line) {
    return line.startsWith("#");
  }
}
