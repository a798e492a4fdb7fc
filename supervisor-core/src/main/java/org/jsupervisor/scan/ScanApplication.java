package org.jsupervisor.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jsupervisor.OperationRefusedException;
import org.jsupervisor.Refusal;
import org.jsupervisor.Request;
import org.jsupervisor.Supervisor;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.spec.InputSpec;
import org.jsupervisor.spec.SpecProblem;

/**
 * Applies what was found to a supervisor, and remembers what is in force: only what the supervisor
 * has confirmed, so that a refused operation is tried again at the next rescan. Confined to one
 * rescan at a time; the follower sees to that.
 */
final class ScanApplication {
  private static final Request BY_DEFINITION = Request.of("scan", "its definition has changed");

  /** How many operations are under way at once; a supervisor refuses too many. */
  static final int OPERATIONS_MAX = 64;

  /**
   * One call of the supervisor.
   *
   * @param confirmed what is noted when it was done
   */
  private record Operation(
      ChildId id, Supplier<CompletionStage<ChildSnapshot>> call, Runnable confirmed) {}

  /** What was done, as it becomes known; read when all is known. */
  private record Progress(
      List<ChildId> added,
      List<ChildId> changed,
      List<ChildId> removed,
      List<SpecProblem> problems) {}

  private final Supervisor supervisor;
  private final Map<ChildId, Sourced> inForce = new TreeMap<>();

  ScanApplication(Supervisor supervisor, ScanResult initial) {
    this.supervisor = supervisor;
    Sourced.of(initial).forEach(each -> inForce.put(each.id(), each));
  }

  /** Done when every operation is done or refused. */
  CompletionStage<ScanReport> apply(ScanResult found) {
    ScanPlan plan = ScanPlan.between(inForce, found);
    Progress progress =
        new Progress(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(found.problems()));
    CompletionStage<?> done = CompletableFuture.completedStage(plan);
    for (List<Operation> operations : operations(plan, progress)) {
      for (int from = 0; from < operations.size(); from += OPERATIONS_MAX) {
        int to = Math.min(operations.size(), from + OPERATIONS_MAX);
        List<Operation> batch = operations.subList(from, to);
        done = done.thenCompose(before -> perform(batch, progress.problems()));
      }
    }
    return done.thenApply(
        all ->
            new ScanReport(
                progress.added(),
                progress.changed(),
                progress.removed(),
                plan.kept(),
                progress.problems(),
                notes(plan, found)));
  }

  /**
   * A supervisor restarts a child for any other spec, and what is wanted of a defined child is the
   * operator's: so an initial wish alone is not passed on before something else changes.
   */
  private static List<SpecProblem> notes(ScanPlan plan, ScanResult found) {
    List<SpecProblem> notes = new ArrayList<>(found.notes());
    for (Sourced each : plan.later()) {
      notes.add(
          new SpecProblem(
              place(each.id()),
              each.spec().initially().name().toLowerCase(Locale.ROOT),
              "keeps what is wanted of it; initially is in force at its next definition"));
    }
    return notes;
  }

  /** A logger goes when those have gone that write to it. */
  private List<List<Operation>> operations(ScanPlan plan, Progress progress) {
    List<Operation> loggersThatGo = new ArrayList<>();
    List<Operation> operations = new ArrayList<>();
    for (Sourced each : plan.added()) {
      if (supervisor.child(each.id()).isPresent()) {
        progress
            .problems()
            .add(refused(each.id(), "is not from this directory; it stays as it is"));
      } else {
        operations.add(define(each, progress.added()));
      }
    }
    plan.changed().forEach(each -> operations.add(define(each, progress.changed())));
    for (ChildId id : plan.removed()) {
      (isFed(id) ? loggersThatGo : operations).add(remove(id, progress.removed()));
    }
    return List.of(operations, loggersThatGo);
  }

  private boolean isFed(ChildId id) {
    Sourced each = inForce.get(id);
    return each != null && each.spec().input().kind() == InputSpec.Kind.FED;
  }

  private Operation define(Sourced each, List<ChildId> done) {
    return new Operation(
        each.id(),
        () -> supervisor.define(each.spec(), BY_DEFINITION),
        () -> {
          inForce.put(each.id(), each);
          done.add(each.id());
        });
  }

  private Operation remove(ChildId id, List<ChildId> done) {
    return new Operation(
        id,
        () -> supervisor.remove(id, BY_DEFINITION),
        () -> {
          inForce.remove(id);
          done.add(id);
        });
  }

  /** All at once; what came of them is noted when all are done, by one thread. */
  private static CompletionStage<?> perform(List<Operation> batch, List<SpecProblem> problems) {
    List<CompletableFuture<Runnable>> outcomes = new ArrayList<>();
    for (Operation operation : batch) {
      outcomes.add(
          call(operation)
              .<Runnable>handle(
                  (snapshot, error) ->
                      error == null || isAlreadyGone(error)
                          ? operation.confirmed()
                          : () -> problems.add(refused(operation.id(), reason(error))))
              .toCompletableFuture());
    }
    return CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
        .thenRun(() -> outcomes.forEach(outcome -> outcome.join().run()));
  }

  private static CompletionStage<ChildSnapshot> call(Operation operation) {
    try {
      return operation.call().get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  /** Somebody else removed the child that is to be removed. */
  private static boolean isAlreadyGone(Throwable error) {
    return cause(error) instanceof OperationRefusedException refused
        && refused.refusal() == Refusal.UNKNOWN_CHILD;
  }

  private static String reason(Throwable error) {
    return String.valueOf(cause(error).getMessage());
  }

  private static Throwable cause(Throwable error) {
    Throwable cause = error.getCause();
    return error instanceof CompletionException && cause != null ? cause : error;
  }

  private static SpecProblem refused(ChildId id, String rule) {
    return new SpecProblem(place(id), "", rule);
  }

  private static String place(ChildId id) {
    return "child '" + id + "'";
  }
}
