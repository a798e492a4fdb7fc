package org.jsupervisor.simulation;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.Supervisor;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.platform.LaunchRequest;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.platform.TaskPlatform;
import org.jsupervisor.platform.Ticker;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.TaskSpec;
import org.jsupervisor.spec.WorkerSpec;

/**
 * The platform with a book: which runs the engine has ordered, and which of them it knows to be
 * over. What it orders is checked against the book before it is done.
 */
final class Ledger implements TaskPlatform {
  private final SimulatedPlatform platform;
  private final Invariants invariants;
  private @Nullable Supervisor tree;

  /** Ordered, and not known to be over. */
  private final Map<Incarnation, WorkerSpec> open = new LinkedHashMap<>();

  private final Map<ChildId, Incarnation> over = new HashMap<>();

  /** What is run for runs, after them or instead of signals: ordered, not known to be over. */
  private final Set<Incarnation> commands = new LinkedHashSet<>();

  /** Over by reports that the engine is about to handle in this cycle. */
  private final Set<Incarnation> handed = new LinkedHashSet<>();

  Ledger(SimulatedPlatform platform, Invariants invariants) {
    this.platform = platform;
    this.invariants = invariants;
  }

  void watch(Supervisor supervisor) {
    tree = supervisor;
  }

  Map<Incarnation, WorkerSpec> open() {
    return open;
  }

  Optional<Incarnation> lastOver(ChildId child) {
    return Optional.ofNullable(over.get(child));
  }

  /** The engine has handled all that it was handed. */
  void handedAreKnown() {
    for (Incarnation run : handed) {
      if (!run.isRun()) {
        commands.remove(run);
        continue;
      }
      open.remove(run);
      over.put(run.child(), run);
    }
    handed.clear();
  }

  @Override
  public Ticker ticker() {
    return platform.ticker();
  }

  @Override
  public void launch(LaunchRequest request) {
    Incarnation itself = request.incarnation();
    if (itself.isRun()) {
      enter(itself, request.spec());
    } else if (itself.isFinish()) {
      invariants.follows(itself);
      commands.add(itself);
    } else {
      invariants.replaces(itself, request.spec(), open);
      commands.add(itself);
    }
    platform.launch(request);
  }

  @Override
  public void launchTask(Incarnation run, TaskSpec spec) {
    enter(run, spec);
    platform.launchTask(run, spec);
  }

  private void enter(Incarnation run, WorkerSpec spec) {
    for (Incarnation other : open.keySet()) {
      BrokenInvariant.unless(
          !other.child().equals(run.child()) || handed.contains(other),
          run + " is launched while " + other + " lives");
    }
    invariants.orders(run, spec);
    if (tree != null) {
      invariants.launches(run, spec, tree.snapshot());
    }
    open.put(run, spec);
  }

  @Override
  public void interrupt(Incarnation run) {
    BrokenInvariant.unless(open.containsKey(run), run + " is interrupted, but is over");
    platform.interrupt(run);
  }

  @Override
  public void signal(Incarnation run, Signal signal) {
    BrokenInvariant.unless(
        open.containsKey(run), signal + " is sent to " + run + ", which is over");
    platform.signal(run, signal);
  }

  @Override
  public void stop(Incarnation run, Signal signal) {
    BrokenInvariant.unless(
        open.containsKey(run) || commands.contains(run),
        signal + " stops " + run + ", which is over");
    invariants.stops(run);
    platform.stop(run, signal);
  }

  @Override
  public void endInput(Incarnation run) {
    BrokenInvariant.unless(
        open.containsKey(run), "the input of " + run + " is ended, but it is over");
    platform.endInput(run);
  }

  @Override
  public void retireInput(ChildId consumer) {
    platform.retireInput(consumer);
  }

  @Override
  public boolean supports(Signal signal) {
    return platform.supports(signal);
  }

  @Override
  public boolean answersProbes() {
    return platform.answersProbes();
  }

  @Override
  public void retire(OutputSink sink) {
    platform.retire(sink);
  }

  @Override
  public void poll(long timeoutNanosMax, Consumer<PlatformReport> reports) {
    platform.poll(
        timeoutNanosMax,
        report -> {
          if (report instanceof PlatformReport.Exited
              || report instanceof PlatformReport.LaunchFailed) {
            handed.add(report.incarnation());
          }
          invariants.reported(report);
          reports.accept(report);
        });
  }

  @Override
  public void wakeUp() {
    platform.wakeUp();
  }

  @Override
  public void close() {
    if (tree != null) {
      for (Incarnation left : platform.alive()) {
        invariants.leftBehind(left, tree.snapshot());
      }
    }
    platform.close();
  }
}
