package org.jsupervisor.core.internal.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;

/**
 * One sink for each child, the same for all its runs. Confined to the engine; does no I/O itself.
 */
final class Outputs {
  private final Function<LogSpec, OutputSink> logs;
  private final Platform platform;
  private final Map<ChildId, OutputSink> open = new HashMap<>();

  Outputs(Function<LogSpec, OutputSink> logs, Platform platform) {
    this.logs = logs;
    this.platform = platform;
  }

  OutputTarget target(ProcessSpec spec) {
    if (spec.output() instanceof OutputSpec.Discarded) {
      return new OutputTarget.Null();
    }
    return new OutputTarget.Piped(open.computeIfAbsent(spec.id(), id -> sink(spec.output())));
  }

  private OutputSink sink(OutputSpec output) {
    if (output instanceof OutputSpec.Logged logged) {
      return logSink(logged.log());
    }
    return new OwnSink(((OutputSpec.Custom) output).sink());
  }

  /** What makes sinks may be code of others: if it fails, output is lost, and it is told why. */
  private OutputSink logSink(LogSpec log) {
    try {
      return logs.apply(log);
    } catch (RuntimeException failure) {
      return new FailingSink("the sink for " + log.directory() + " could not be made: " + failure);
    }
  }

  void retire(ChildId child) {
    OutputSink sink = open.remove(child);
    if (sink != null) {
      platform.retire(sink);
    }
  }

  void retireAll() {
    open.values().forEach(platform::retire);
    open.clear();
  }
}
