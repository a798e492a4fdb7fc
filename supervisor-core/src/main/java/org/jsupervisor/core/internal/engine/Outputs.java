package org.jsupervisor.core.internal.engine;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.jsupervisor.core.internal.output.ChildSink;
import org.jsupervisor.core.internal.output.Destinations;
import org.jsupervisor.core.internal.output.Ledger;
import org.jsupervisor.output.RecentOutput;
import org.jsupervisor.output.RotatingSink;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.snapshot.DestinationSnapshot;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.Probe;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;

/**
 * One sink for each child, the same for all its runs. Confined to the engine, but for {@link
 * #destinations} and {@link #recentLines}; does no I/O itself.
 */
final class Outputs {
  private final Destinations destinations;
  private final Platform platform;
  private final Consumer<Incarnation> ready;

  /** Written by the engine, read by any thread. */
  private final ConcurrentMap<ChildId, Open> open = new ConcurrentHashMap<>();

  private record Open(ChildSink sink, Destinations.Made made) {}

  /** Tells {@code ready} of runs that have written the line for it; on an output thread. */
  Outputs(Destinations destinations, Platform platform, Consumer<Incarnation> ready) {
    this.destinations = destinations;
    this.platform = platform;
    this.ready = ready;
  }

  /** For a run that is about to be launched, or for a command that is run for the child. */
  OutputTarget target(Incarnation run, ProcessSpec spec) {
    Optional<Probe.LogLine> line = awaitedLine(run, spec);
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
    return open.computeIfAbsent(spec.id(), id -> open(spec.output())).sink();
  }

  private static Optional<ChildSink> kept(OutputSpec.Route route, Optional<ChildSink> sink) {
    return sink.filter(one -> !route.destinations().isEmpty());
  }

  private Open open(OutputSpec output) {
    Destinations.Made made = destinations.of(output);
    return new Open(new ChildSink(made.sink(), ready), made);
  }

  private static OutputTarget.Single target(
      Incarnation run, OutputSpec.Route route, Optional<ChildSink> sink) {
    if (route instanceof OutputSpec.ToChild child) {
      ChildId lead = run.child().parent().orElseThrow();
      return new OutputTarget.ToChild(lead.child(child.consumer()));
    }
    return sink.<OutputTarget.Single>map(OutputTarget.Piped::new).orElseGet(OutputTarget.Null::new);
  }

  /** Only runs are asked; a simulation answers itself whether runs are ready. */
  private Optional<Probe.LogLine> awaitedLine(Incarnation run, ProcessSpec spec) {
    return run.isRun()
            && spec.readiness() instanceof ReadinessSpec.Probed probed
            && probed.probe() instanceof Probe.LogLine line
            && !platform.answersProbes()
        ? Optional.of(line)
        : Optional.empty();
  }

  /** Any thread: how the destinations of a child are. */
  List<DestinationSnapshot> destinations(ProcessSpec spec) {
    Open now = open.get(spec.id());
    return now == null
        ? spec.output().destinations().stream()
            .distinct()
            .map(destination -> DestinationSnapshot.unused(Ledger.place(destination)))
            .toList()
        : now.made.ledgers().stream().map(Ledger::read).toList();
  }

  /** Any thread: the last lines of a child that are kept. */
  List<RecentOutput.RecentLine> recentLines(ChildId child) {
    Open now = open.get(child);
    return now == null
        ? List.of()
        : now.made.recent().stream().flatMap(sink -> sink.recentLines().stream()).toList();
  }

  /**
   * What of a child can be rotated; empty if it has nothing of the kind. Before its first output is
   * taken, that is not known of a log directory, and there is nothing to rotate.
   */
  Optional<List<RotatingSink>> rotating(ProcessSpec spec) {
    Open now = open.get(spec.id());
    if (now != null) {
      return Optional.of(now.made.rotating()).filter(sinks -> !sinks.isEmpty());
    }
    return spec.output().destinations().stream().anyMatch(Outputs::mayRotate)
        ? Optional.of(List.of())
        : Optional.empty();
  }

  private static boolean mayRotate(OutputSpec.Destination destination) {
    return destination instanceof OutputSpec.Logged
        || (destination instanceof OutputSpec.Custom custom
            && custom.sink() instanceof RotatingSink);
  }

  void retire(ChildId child) {
    Open last = open.remove(child);
    if (last != null) {
      platform.retire(last.sink);
    }
  }

  void retireAll() {
    open.values().forEach(last -> platform.retire(last.sink));
    open.clear();
  }
}
