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
    boolean isSearched = line.isPresent();
    Optional<ChildSink> sink =
        spec.output().passesHere() && (isSearched || !spec.output().destinations().isEmpty())
            ? Optional.of(sink(spec))
            : Optional.empty();
    line.ifPresent(probe -> sink.orElseThrow().search(run, probe));
    if (spec.output() instanceof OutputSpec.Separate apart) {
      return new OutputTarget.Separate(
          target(run, apart.stdout(), isSearched ? sink : kept(apart.stdout(), sink)),
          target(run, apart.stderr(), isSearched ? sink : kept(apart.stderr(), sink)));
    }
    return target(run, (OutputSpec.Route) spec.output(), sink);
  }

  private ChildSink sink(ProcessSpec spec) {
    return open.computeIfAbsent(
        spec.id(), id -> new ChildSink(destinations.of(spec.output()), ready));
  }

  private static Optional<ChildSink> kept(OutputSpec.Route route, Optional<ChildSink> sink) {
    return sink.filter(one -> !route.destinations().isEmpty());
  }

  private static OutputTarget.Single target(
      Incarnation run, OutputSpec.Route route, Optional<ChildSink> sink) {
    if (route instanceof OutputSpec.ToChild child) {
      ChildId lead = run.child().parent().orElseThrow();
      return new OutputTarget.ToChild(lead.child(child.consumer()));
    }
    return sink.<OutputTarget.Single>map(OutputTarget.Piped::new).orElseGet(OutputTarget.Null::new);
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
