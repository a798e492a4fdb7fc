package org.jsupervisor.core.internal.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jsupervisor.core.internal.model.Failures;
import org.jsupervisor.core.internal.probe.LineSearch;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.Probe;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;

/**
 * One sink for each child, the same for all its runs. Confined to the engine; does no I/O itself.
 */
final class Outputs {
  /** For a child whose output is searched, but not kept. */
  private static final OutputSink DISCARDING = (source, bytes) -> {};

  private final Function<LogSpec, OutputSink> logs;
  private final Platform platform;
  private final Consumer<Incarnation> ready;
  private final Map<ChildId, ChildSink> open = new HashMap<>();

  /** Tells {@code ready} of runs that have written the line for it; on an output thread. */
  Outputs(Function<LogSpec, OutputSink> logs, Platform platform, Consumer<Incarnation> ready) {
    this.logs = logs;
    this.platform = platform;
    this.ready = ready;
  }

  /** For a run that is about to be launched. */
  OutputTarget target(Incarnation run, ProcessSpec spec) {
    Optional<Probe.LogLine> line = awaitedLine(spec);
    if (spec.output() instanceof OutputSpec.Discarded && line.isEmpty()) {
      return new OutputTarget.Null();
    }
    ChildSink sink =
        open.computeIfAbsent(spec.id(), id -> new ChildSink(sink(spec.output()), ready));
    line.ifPresent(probe -> sink.search(run, new LineSearch(probe)));
    return new OutputTarget.Piped(sink);
  }

  /** A simulation answers itself whether its children are ready. */
  private Optional<Probe.LogLine> awaitedLine(ProcessSpec spec) {
    return spec.readiness() instanceof ReadinessSpec.Probed probed
            && probed.probe() instanceof Probe.LogLine line
            && !platform.answersProbes()
        ? Optional.of(line)
        : Optional.empty();
  }

  private OutputSink sink(OutputSpec output) {
    if (output instanceof OutputSpec.Logged logged) {
      return logSink(logged.log());
    }
    return output instanceof OutputSpec.Custom custom ? custom.sink() : DISCARDING;
  }

  /** What makes sinks may be code of others: if it fails, output is lost, and it is told why. */
  private OutputSink logSink(LogSpec log) {
    try {
      return logs.apply(log);
    } catch (RuntimeException failure) {
      return new FailingSink(
          "the sink for " + log.directory() + " could not be made: " + Failures.text(failure));
    }
  }

  void retire(ChildId child) {
    ChildSink sink = open.remove(child);
    if (sink != null) {
      platform.retire(sink);
    }
  }

  void retireAll() {
    open.values().forEach(platform::retire);
    open.clear();
  }
}
