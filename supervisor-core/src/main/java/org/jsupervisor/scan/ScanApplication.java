package org.jsupervisor.scan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jsupervisor.OperationRefusedException;
import org.jsupervisor.Refusal;
import org.jsupervisor.Request;
import org.jsupervisor.Supervisor;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.rescan.Change;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SpecProblem;

/**
 * Applies what was found to a supervisor, and remembers what is in force: only what the supervisor
 * has confirmed, so that a refused operation is tried again at the next rescan. Confined to one
 * turn at a time; the follower sees to that.
 */
final class ScanApplication {
  /** Who asks, if nobody does by name. */
  static final Request BY_DEFINITION = Request.of("scan", "its definition has changed");

  /** The same, of a child that is removed. */
  private static final Request GONE = Request.of("scan", "its definition is gone");

  private static final String ROLLED_BACK =
      "did not become ready with its new definition in its time; has the last good one again";
  private static final Request BACK =
      Request.of("scan", "it did not become ready with its new definition");

  /** How many operations are under way at once; a supervisor refuses too many. */
  static final int OPERATIONS_MAX = 64;

  private final Supervisor supervisor;
  private final Trials trials;
  private final UnaryOperator<ProcessSpec> finish;
  private final Map<ChildId, Sourced> inForce = new TreeMap<>();

  /** What was tried and taken back; not to be tried again by itself. */
  private final Map<ChildId, ProcessSpec> rolledBack = new HashMap<>();

  private final Map<ChildId, Tried> underTrial = new HashMap<>();

  ScanApplication(Supervisor supervisor, Trials trials, ScanResult initial) {
    this(supervisor, trials, UnaryOperator.identity());
    Sourced.of(initial).forEach(each -> inForce.put(each.id(), each));
  }

  private ScanApplication(Supervisor supervisor, Trials trials, UnaryOperator<ProcessSpec> finish) {
    this.supervisor = supervisor;
    this.trials = trials;
    this.finish = finish;
  }

  /** The same from here on, with this as the last touch to every spec. */
  ScanApplication finishing(UnaryOperator<ProcessSpec> touch) {
    ScanApplication other = new ScanApplication(supervisor, trials, touch);
    other.inForce.putAll(inForce);
    return other;
  }

  private CompletionStage<ChildSnapshot> define(ProcessSpec spec, Request request) {
    return supervisor.define(finish.apply(spec), request);
  }

  /** A child that was given another definition, and what is known of it by then. */
  record Tried(Sourced before, Sourced now, CompletableFuture<Trials.Verdict> verdict) {}

  /** What was done, as it becomes known; read when all is known. */
  record Progress(
      Request by,
      List<ChildId> added,
      List<ChildId> changed,
      List<ChildId> removed,
      List<SpecProblem> problems,
      List<Tried> tried) {
    Progress(Request by) {
      this(
          by,
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>());
    }
  }

  /** What would be done now. */
  ScanPlan plan(ScanResult found) {
    return ScanPlan.between(inForce, rolledBack, found);
  }

  /** The same, if what was rolled back were tried again. */
  ScanPlan planForgiving(ScanResult found) {
    return ScanPlan.between(inForce, Map.of(), found);
  }

  /** What is in force now, for the plan. */
  Map<ChildId, Sourced> inForce() {
    return Map.copyOf(inForce);
  }

  /** What was rolled back is tried again. */
  void forgive() {
    rolledBack.clear();
  }

  /** Done when every operation is done or refused; the trials go on. */
  CompletionStage<Progress> apply(ScanPlan plan, Request by) {
    Progress progress = new Progress(by);
    // If that entry cannot be read later, its children are kept.
    plan.staying()
        .forEach(
            found ->
                inForce.computeIfPresent(
                    found.id(), (id, before) -> new Sourced(before.spec(), found.origin())));
    CompletionStage<?> done = CompletableFuture.completedStage(plan);
    for (List<ScanOrder.Step> batch : ScanOrder.batches(plan, inForce)) {
      for (int from = 0; from < batch.size(); from += OPERATIONS_MAX) {
        int to = Math.min(batch.size(), from + OPERATIONS_MAX);
        List<ScanOrder.Step> part = batch.subList(from, to);
        done = done.thenCompose(before -> perform(part, progress));
      }
    }
    return done.thenApply(all -> progress);
  }

  /** All at once; what came of them is noted when all are done, by one thread. */
  private CompletionStage<?> perform(List<ScanOrder.Step> batch, Progress progress) {
    List<CompletableFuture<Runnable>> outcomes = new ArrayList<>();
    for (ScanOrder.Step step : batch) {
      outcomes.add(perform(step, progress).toCompletableFuture());
    }
    return CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
        .thenRun(() -> outcomes.forEach(outcome -> outcome.join().run()));
  }

  private CompletionStage<Runnable> perform(ScanOrder.Step step, Progress progress) {
    ChildId id = step.what().id();
    Optional<ChildSnapshot> child = supervisor.child(id);
    if (step.action() == Change.Action.START && child.isPresent()) {
      String rule = "is not from this directory; it stays as it is";
      return CompletableFuture.completedStage(() -> progress.problems().add(problem(id, rule)));
    }
    boolean wasGood = child.filter(ChildSnapshot::isAsWanted).isPresent();
    return call(step, progress.by())
        .handle(
            (snapshot, error) ->
                error == null || isAlreadyGone(step, error)
                    ? () -> confirmed(step, wasGood, progress)
                    : () -> progress.problems().add(problem(id, reason(id, error))));
  }

  private CompletionStage<ChildSnapshot> call(ScanOrder.Step step, Request by) {
    return guarded(
        () ->
            step.action() == Change.Action.STOP
                ? supervisor.remove(step.what().id(), by.equals(BY_DEFINITION) ? GONE : by)
                : define(step.what().spec(), by));
  }

  private static CompletionStage<ChildSnapshot> guarded(
      Supplier<CompletionStage<ChildSnapshot>> operation) {
    try {
      return operation.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private void confirmed(ScanOrder.Step step, boolean wasGood, Progress progress) {
    Sourced what = step.what();
    ChildId id = what.id();
    Tried older = underTrial.remove(id);
    trials.supersede(id);
    rolledBack.remove(id);
    if (step.action() == Change.Action.STOP) {
      inForce.remove(id);
      progress.removed().add(id);
      return;
    }
    Sourced before = inForce.put(id, what);
    if (before == null) {
      progress.added().add(id);
      return;
    }
    progress.changed().add(id);
    // Whoever was on trial has not become good by it: what was good before, is still the last good.
    Optional<Sourced> good =
        wasGood ? Optional.of(before) : Optional.ofNullable(older).map(Tried::before);
    good.ifPresent(last -> progress.tried().add(tried(last, what)));
  }

  private Tried tried(Sourced before, Sourced now) {
    Tried tried = new Tried(before, now, trials.begin(before.spec(), now.spec()));
    underTrial.put(now.id(), tried);
    return tried;
  }

  /**
   * In a turn when the verdict is known: gives the child its last good definition back if it has
   * not become ready. Done with what is to be told of it, if it was rolled back.
   */
  CompletionStage<Optional<SpecProblem>> settle(Tried tried, Trials.Verdict verdict) {
    ChildId id = tried.now().id();
    boolean isRolledBack =
        underTrial.remove(id, tried)
            && verdict == Trials.Verdict.NOT_READY
            // Somebody may have removed it meanwhile.
            && supervisor.child(id).isPresent();
    if (!isRolledBack) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    // By where it comes from now: if that cannot be read at the next rescan, it is kept.
    Sourced back = new Sourced(tried.before().spec(), tried.now().origin());
    return guarded(() -> define(back.spec(), BACK))
        .handle(
            (snapshot, error) -> {
              if (error != null) {
                return Optional.of(problem(id, "could not be rolled back: " + reason(id, error)));
              }
              inForce.put(id, back);
              rolledBack.put(id, tried.now().spec());
              return Optional.of(problem(id, ROLLED_BACK));
            });
  }

  /** Somebody else removed the child that is to be removed. */
  private static boolean isAlreadyGone(ScanOrder.Step step, Throwable error) {
    return step.action() == Change.Action.STOP
        && Failure.cause(error) instanceof OperationRefusedException refused
        && refused.refusal() == Refusal.UNKNOWN_CHILD;
  }

  /** Without the name of the child, which is said before it. */
  private static String reason(ChildId id, Throwable error) {
    String reason = String.valueOf(Failure.cause(error).getMessage());
    String place = place(id) + ": ";
    return reason.startsWith(place) ? reason.substring(place.length()) : reason;
  }

  private static String place(ChildId id) {
    return "child '" + id + "'";
  }

  private static SpecProblem problem(ChildId id, String rule) {
    return new SpecProblem(place(id), "", rule);
  }
}
