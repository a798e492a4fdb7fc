package org.jsupervisor.core.internal.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jsupervisor.core.internal.output.ChildSink;
import org.jsupervisor.core.internal.output.Destinations;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.Probe;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;

/**
 * One sink for each child, the same for all its runs. Confined to the engine; does no I/O itself.
 */
final class Outputs {
  private final Destinations destinations;
  private final Platform platform;
  private final Consumer<Incarnation> ready;
  private final Map<ChildId, ChildSink> open = new HashMap<>();

  /** Tells {@code ready} of runs that have written the line for it; on an output thread. */
  Outputs(Destinations destinations, Platform platform, Consumer<Incarnation> ready) {
    this.destinations = destinations;
    this.platform = platform;
    this.ready = ready;
  }

  /** For a run that is about to be launched. */
  OutputTarget target(Incarnation run, ProcessSpec spec) {
    Optional<Probe.LogLine> line = awaitedLine(spec);
    if (spec.output().destinations().isEmpty() && line.isEmpty()) {
      return new OutputTarget.Null();
    }
    ChildSink sink =
        open.computeIfAbsent(spec.id(), id -> new ChildSink(destinations.of(spec.output()), ready));
    line.ifPresent(probe -> sink.search(run, probe));
    if (spec.output() instanceof OutputSpec.Separate apart) {
      return new OutputTarget.Separate(
          target(apart.stdout(), sink, line), target(apart.stderr(), sink, line));
    }
    return new OutputTarget.Piped(sink);
  }

  private static OutputTarget.Single target(
      OutputSpec.Route route, ChildSink sink, Optional<Probe.LogLine> line) {
    return route.destinations().isEmpty() && line.isEmpty()
        ? new OutputTarget.Null()
        : new OutputTarget.Piped(sink);
  }

  /** A simulation answers itself whether its children are ready. */
  private Optional<Probe.LogLine> awaitedLine(ProcessSpec spec) {
    return spec.readiness() instanceof ReadinessSpec.Probed probed
            && probed.probe() instanceof Probe.LogLine line
            && !platform.answersProbes()
        ? Optional.of(line)
        : Optional.empty();
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
