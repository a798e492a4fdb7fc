package org.jsupervisor.definition.directory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jsupervisor.spec.InputSpec;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.StopStep;

/** What children have in common that read what others write. */
public final class Loggers {
  private Loggers() {}

  /**
   * Makes a child read what others write: it is ready as soon as it runs, since the pipe is there
   * already; it is stopped by the end of its input (30 s) before its signals; and what it writes
   * itself goes into a log directory.
   */
  public static ProcessSpec.Builder fed(ProcessSpec.Builder logger, Path ownLog, StopSpec stop) {
    List<StopStep> ladder = new ArrayList<>();
    ladder.add(StopSpec.endOfInput().ladder().get(0));
    ladder.addAll(stop.ladder());
    return logger
        .withInput(InputSpec.fed())
        .withReadiness(ReadinessSpec.atLaunch())
        .withOutput(OutputSpec.logged(LogSpec.of(ownLog)))
        .withStop(new StopSpec(ladder, stop.killWait()));
  }
}
