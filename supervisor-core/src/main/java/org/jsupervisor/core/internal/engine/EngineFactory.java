package org.jsupervisor.core.internal.engine;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jsupervisor.Supervisor;
import org.jsupervisor.core.EngineOptions;
import org.jsupervisor.core.internal.model.Failures;
import org.jsupervisor.core.internal.model.Moment;
import org.jsupervisor.core.internal.model.Step;
import org.jsupervisor.core.internal.model.TreeMachine;
import org.jsupervisor.core.internal.observe.FlightRecords;
import org.jsupervisor.core.internal.observe.Notifier;
import org.jsupervisor.core.internal.observe.SnapshotBoard;
import org.jsupervisor.core.internal.observe.TimeAnchor;
import org.jsupervisor.core.internal.observe.TransitionLog;
import org.jsupervisor.event.SupervisorListener;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.InvalidSpecException;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.SpecProblem;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TreeLimits;

/**
 * Puts an engine together.
 *
 * @param platform carries effects out
 * @param options the limits
 * @param random the source of jitter
 * @param wallClock stamps events
 * @param logs makes the sink of a log directory
 */
public record EngineFactory(
    Platform platform,
    EngineOptions options,
    RandomGenerator random,
    InstantSource wallClock,
    Function<LogSpec, OutputSink> logs) {

  /**
   * An engine with its handle and its notifier. Nothing is started. Whatever this throws, the
   * platform is closed, since the caller may have no other hold of it.
   *
   * @throws InvalidSpecException if a stop ladder has signals that the platform does not have
   */
  public Assembly assemble(
      SupervisorSpec spec,
      TreeLimits limits,
      List<SupervisorListener> listeners,
      CloseMode closeMode) {
    try {
      check(spec);
      return put(spec, limits, listeners, closeMode);
    } catch (RuntimeException | Error failure) {
      Failures.attempt(platform::close, failure);
      throw failure;
    }
  }

  private void check(SupervisorSpec spec) {
    List<SpecProblem> problems = new ArrayList<>();
    if (!ChildId.isName(spec.name())) {
      problems.add(
          new SpecProblem("supervisor name", spec.name(), "must be a single name for the root"));
    }
    for (ChildSpec child : spec.children()) {
      StopSignals.missing(child, platform).forEach(s -> problems.add(missing(child, s)));
    }
    if (!problems.isEmpty()) {
      throw new InvalidSpecException(problems);
    }
  }

  private Assembly put(
      SupervisorSpec spec,
      TreeLimits limits,
      List<SupervisorListener> listeners,
      CloseMode closeMode) {
    long now = platform.ticker().readNanos();
    Step first = TreeMachine.create(spec, limits, new Moment(now, 0));
    Notifier notifier = new Notifier(options.eventsKept(), wallClock);
    SnapshotBoard board =
        new SnapshotBoard(new TimeAnchor(wallClock.instant(), now), first.model());
    EngineParts parts = new EngineParts(platform, options, notifier, board, random, logs);
    Engine engine = new Engine(parts, first.model());
    Duration closeWait =
        switch (closeMode) {
          case WAITS -> options.closeWait();
          case ONLY_ASKS -> Duration.ZERO;
        };
    TreeHandle handle = new TreeHandle(spec.name(), engine, parts, closeWait);
    handle.subscribe(new TransitionLog(spec.name()));
    FlightRecords.of(spec.name()).ifPresent(handle::subscribe);
    listeners.forEach(handle::subscribe);
    notifier.publish(first.events());
    return new Assembly(handle, engine, notifier);
  }

  private static SpecProblem missing(ChildSpec child, Signal signal) {
    return new SpecProblem(
        "child '" + child.id() + "': stop", signal.name(), "must be a signal of this platform");
  }

  /** Whether the handle's close waits for the end. */
  public enum CloseMode {
    /** Another thread drives the tree. */
    WAITS,
    /** The caller drives the tree. */
    ONLY_ASKS
  }

  /**
   * The parts that a driver needs.
   *
   * @param handle for users
   * @param engine to be driven
   * @param notifier to be driven, too
   */
  public record Assembly(Supervisor handle, Engine engine, Notifier notifier) {}
}
