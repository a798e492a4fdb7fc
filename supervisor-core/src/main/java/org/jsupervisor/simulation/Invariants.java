package org.jsupervisor.simulation;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.Run;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.snapshot.TreeSnapshot;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TreeLimits;
import org.jsupervisor.spec.WorkerSpec;

/**
 * What must hold in every scenario, whatever happens. Fed with what the engine orders, with what it
 * tells, and with the tree after each cycle; the first breach ends the run.
 */
final class Invariants {
  private final TellsTrue tells = new TellsTrue();
  private final RestartBounds bounds;
  private final KnownSpecs specs;
  private final RoundOrder order;
  private final NeedsMet needs;
  private final StartBounds starts;
  private final FinishOnce finishes = new FinishOnce();
  private final SignalsReplaced signals = new SignalsReplaced();
  private final OnceIsOnce once = new OnceIsOnce();
  private final Promises promises = new Promises();
  private final StopBounds stops = new StopBounds();
  private final SilenceBounds silences = new SilenceBounds();
  private final TeamStopBounds teamStops;
  private final Map<ChildId, ChildSnapshot> byId = new HashMap<>();

  Invariants(SupervisorSpec tree, TreeLimits limits) {
    this.specs = new KnownSpecs(tree);
    this.bounds = new RestartBounds(tree, limits.restarts());
    this.order = new RoundOrder(specs, limits.startingMax() == Integer.MAX_VALUE);
    this.needs = new NeedsMet(specs);
    this.starts = new StartBounds(limits);
    this.teamStops = new TeamStopBounds(specs);
  }

  void happens(Happening happening) {
    specs.happens(happening);
    bounds.happens(happening);
    once.happens(happening);
    promises.happens(happening);
    order.happens(happening);
    if (happening instanceof Happening.Stall stall) {
      stops.stalls(stall.length());
      silences.stalls(stall.length());
      starts.stalls(stall.length());
      teamStops.stalls(stall.length());
      signals.stalls(stall.length());
    }
  }

  void launches(Incarnation run, WorkerSpec spec, TreeSnapshot tree) {
    index(tree);
    ChildSnapshot child = byId.get(run.child());
    BrokenInvariant.unless(
        child != null && child.desire() != Desire.DOWN, run + " is launched, but not wanted up");
    requireSupervised(run, tree);
    bounds.launches(run, spec);
    stops.launches(run, spec);
    silences.launches(run, spec);
    needs.launches(run, spec, byId);
    starts.launches(run, spec);
    teamStops.launches(spec);
  }

  /** A run is ordered, be it before there is a tree to look at. */
  void orders(Incarnation run, WorkerSpec spec) {
    finishes.launches(run, spec);
  }

  /** What is run after a run is ordered. */
  void follows(Incarnation finish) {
    finishes.follows(finish);
  }

  /** What is run instead of a signal is ordered, for one of these runs. */
  void replaces(Incarnation program, ProcessSpec spec, Map<Incarnation, WorkerSpec> open) {
    signals.ordered(program, spec, open);
  }

  /** Something is sent to a run, or to what is run for it, so that it ends. */
  void stops(Incarnation run) {
    signals.stops(run);
  }

  /** A supervisor whose turn to stop has not come goes on, even if the one above it stops. */
  private void requireSupervised(Incarnation run, TreeSnapshot tree) {
    ChildId lead = run.child().parent().orElse(ChildId.ROOT);
    ChildSnapshot above = byId.get(lead);
    boolean isUp =
        lead.isRoot()
            ? tree.phase() == TreePhase.RUNNING
            : above != null && (above.phase() == Phase.LAUNCHING || above.phase() == Phase.RUNNING);
    BrokenInvariant.unless(isUp, run + " is launched, but its supervisor " + lead + " is not up");
  }

  /** The engine is handed a report. */
  void reported(PlatformReport report) {
    silences.reported(report);
    stops.reported(report);
    finishes.reported(report);
    signals.reported(report);
  }

  void hear(Duration now, SupervisorEvent event, Supplier<TreeSnapshot> tree) {
    tells.hear(event);
    order.hear(event, tells, tree);
    needs.hear(event, tells);
    once.hear(event, tells);
    promises.hear(now, event);
    starts.hear(now, event);
    teamStops.hear(now, event);
    bounds.hear(now, event);
    stops.hear(now, event);
    silences.hear(now, event);
    finishes.hear(event);
    signals.hear(event);
    tells.apply(event);
  }

  /** After each cycle. */
  void check(Duration now, TreeSnapshot tree, Ledger ledger) {
    index(tree);
    bounds.check(tree);
    stops.check(now);
    silences.check(now, tree);
    tells.check(tree);
    starts.check(now, tree);
    needs.check(tree.phase(), byId, ledger.open());
    once.check();
    promises.check();
    finishes.check();
    signals.check(now, ledger.open());
    teamStops.check(now);
    for (Incarnation run : ledger.open().keySet()) {
      ChildSnapshot child = byId.get(run.child());
      BrokenInvariant.unless(
          child != null && child.phase().isAlive(),
          run + " has a process, but " + describe(run.child(), child));
    }
    for (ChildSnapshot child : tree.children()) {
      Optional<Incarnation> live = live(child.run());
      if (live.isPresent() && tree.phase() != TreePhase.STOPPED) {
        BrokenInvariant.unless(
            ledger.open().containsKey(live.get()),
            live.get() + " is shown with a process, but is over");
      }
      BrokenInvariant.unless(
          !child.ready() || child.phase() == Phase.RUNNING,
          child.id() + " is ready in phase " + child.phase());
    }
  }

  private static Optional<Incarnation> live(Run run) {
    if (run instanceof Run.Live process) {
      return Optional.of(process.incarnation());
    }
    return run instanceof Run.LiveTask task ? Optional.of(task.incarnation()) : Optional.empty();
  }

  private static String describe(ChildId id, @Nullable ChildSnapshot child) {
    return child == null ? id + " is forgotten" : id + " is " + child.phase();
  }

  private void index(TreeSnapshot tree) {
    byId.clear();
    tree.children().forEach(child -> byId.put(child.id(), child));
  }

  /** The tree has ended, and this run still has a process. */
  void leftBehind(Incarnation run, TreeSnapshot tree) {
    if (run.isFinish()) {
      finishes.leftBehind(run);
      return;
    }
    if (run.isSignalProgram()) {
      signals.leftBehind(run);
      return;
    }
    index(tree);
    ChildSnapshot child = byId.get(run.child());
    BrokenInvariant.unless(
        child != null && child.phase() == Phase.UNKILLABLE,
        run + " is left behind, but " + describe(run.child(), child));
  }

  void atEnd(Duration now, TreeSnapshot tree, boolean isOver, int pending) {
    tells.checkCounters(tree);
    stops.atEnd(now, tree.phase());
    BrokenInvariant.unless(!isOver || pending == 0, pending + " operations were never answered");
  }
}
