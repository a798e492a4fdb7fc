package org.jsupervisor.scan;

import static java.util.Objects.requireNonNullElse;
import static org.jsupervisor.scan.ScanApplication.BY_DEFINITION;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jsupervisor.Request;
import org.jsupervisor.Supervisor;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.rescan.ChangePlan;
import org.jsupervisor.rescan.DirectoryScan;
import org.jsupervisor.rescan.ScanReport;
import org.jsupervisor.rescan.ScanState;
import org.jsupervisor.rescan.WatchState;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SpecProblem;

/**
 * Makes a running supervisor follow a scan directory: what was added is defined, what was changed
 * is defined anew, what is gone is removed, and what is refused keeps its last good definition.
 * Children that do not come from the directory are never touched. A definition that differs only in
 * what is wanted initially is noted, and in force when it is defined anew for another change.
 *
 * <pre>{@code
 * DirectoryFollower follower =
 *     DirectoryFollower.following(directory, found, supervisor, executor);
 * follower.rescan().thenAccept(report -> ...);
 * }</pre>
 *
 * <p>A rescan is applied as a whole: only what has changed is touched; what is gone is stopped
 * first, then comes what is new or changed, in the order of dependencies. A child that was as
 * wanted before, and does not become ready with its changed definition in its time or gives up
 * before, is given its last good definition again.
 *
 * <p>Thread-safe. It watches nothing by itself and has no thread: a rescan happens when it is asked
 * for. One is applied at a time; all requests that come before it begins are the same one, and so
 * it sees what was on disk when they were made.
 */
public final class DirectoryFollower implements DirectoryScan {
  private final Readings readings;
  private final Turns turns;
  private final ScanApplication application;

  private final ScanMemory memory;
  private final SharedRequest<ScanReport> rescans = new SharedRequest<>();
  private final SharedRequest<ChangePlan> plans = new SharedRequest<>();

  /** Who asks for the rescan that comes next. */
  private final AtomicReference<Askers> askers = new AtomicReference<>(Askers.NOBODY);

  /** Whether the next rescan tries again what was rolled back. */
  private final AtomicBoolean forgives = new AtomicBoolean();

  DirectoryFollower(
      Readings readings, Turns turns, ScanApplication application, ScanMemory memory) {
    this.readings = readings;
    this.turns = turns;
    this.application = application;
    this.memory = memory;
  }

  /**
   * Follows from what was found when the supervisor was made of it.
   *
   * @param directory what is read at each rescan
   * @param inForce its result whose specs the supervisor has as children
   * @param supervisor who is told
   * @param executor reads the directory, which may block; one task at a time
   */
  public static DirectoryFollower following(
      ScanDirectory directory, ScanResult inForce, Supervisor supervisor, Executor executor) {
    Trials trials = new Trials(supervisor, DirectoryFollower::timer);
    ScanApplication application = new ScanApplication(supervisor, trials, inForce);
    ScanMemory memory = new ScanMemory(directory.path(), inForce, InstantSource.system());
    Readings readings = new Readings(directory, inForce);
    return new DirectoryFollower(readings, new Turns(executor), application, memory);
  }

  /**
   * A follower that gives each spec a last touch before the supervisor gets it, such as {@link
   * org.jsupervisor.wish.WishMemory#applied}. Definitions are compared without it. To be used
   * instead of this one, from the beginning; what was found first, the caller has touched himself.
   */
  public DirectoryFollower finishing(UnaryOperator<ProcessSpec> touch) {
    return new DirectoryFollower(readings, turns, application.finishing(touch), memory);
  }

  private static CompletableFuture<Void> timer(Duration time) {
    return new CompletableFuture<Void>()
        .completeOnTimeout(null, time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Reads the directory and applies what has changed, also what was rolled back before. Done when
   * all is applied and every changed child is ready, or was rolled back, or could not be judged:
   * that takes as long as the longest stop of a child that is removed, and the longest time in
   * which a changed one is to stop and become ready. Exceptionally with a {@link
   * ScanFailedException} if the directory itself cannot be read, and then nothing has changed.
   */
  public CompletionStage<ScanReport> rescan() {
    return rescan(BY_DEFINITION);
  }

  @Override
  public CompletionStage<ScanReport> rescan(Request request) {
    if (request.generation().isPresent()) {
      throw new IllegalArgumentException(
          "rescan: must not expect a generation, which is a child's, was "
              + request.generation().getAsLong());
    }
    var unused = askers.updateAndGet(all -> all.with(request));
    forgives.set(true);
    return rescanForChanges();
  }

  /** The same, but what was rolled back is left alone until it is another one: for watchers. */
  public CompletionStage<ScanReport> rescanForChanges() {
    return rescans.joinOr(
        begins -> {
          memory.begins();
          long begin = System.nanoTime();
          Asked asked = new Asked();
          return turns
              .take(
                  () -> {
                    begins.run();
                    asked.by =
                        requireNonNullElse(askers.getAndSet(Askers.NOBODY), Askers.NOBODY)
                            .request();
                    return turn(asked.by);
                  })
              .thenCompose(this::reported)
              .whenComplete(
                  (report, error) -> {
                    Duration took = Duration.ofNanos(System.nanoTime() - begin);
                    memory.ended(asked.by, took, report, error);
                  });
        });
  }

  /** Who asked for one rescan: known when its turn has come, maybe on another thread. */
  private static final class Asked {
    private volatile Request by = BY_DEFINITION;
  }

  @Override
  public CompletionStage<ChangePlan> plan() {
    return plans.joinOr(
        begins ->
            turns.take(
                () -> {
                  begins.run();
                  return read().thenApply(this::plan);
                }));
  }

  private ChangePlan plan(ScanResult found) {
    ScanPlan difference = application.planForgiving(found);
    ChangePlan plan = Changes.of(difference, application.inForce(), found);
    memory.planned(plan);
    return plan;
  }

  @Override
  public ScanState state() {
    return memory.state();
  }

  private CompletionStage<Applied> turn(Request by) {
    if (forgives.getAndSet(false)) {
      application.forgive();
    }
    return read().thenCompose(found -> apply(found, by));
  }

  /** Whether somebody looks after the directory, as whoever does says it. */
  void watchIs(WatchState watch) {
    memory.watchIs(watch);
  }

  /** What its rescans and plans have read. */
  Readings readings() {
    return readings;
  }

  private CompletionStage<ScanResult> read() {
    try {
      return CompletableFuture.completedStage(readings.read());
    } catch (ScanFailedException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  /** What was found, what followed from it, and what has been done. */
  private record Applied(ScanResult found, ScanPlan plan, ScanApplication.Progress progress) {}

  private CompletionStage<Applied> apply(ScanResult found, Request by) {
    ScanPlan plan = application.plan(found);
    return application.apply(plan, by).thenApply(progress -> new Applied(found, plan, progress));
  }

  /** Behind the turn: others may take theirs while this one's trials go on. */
  private CompletionStage<ScanReport> reported(Applied applied) {
    Map<ChildId, CompletableFuture<Optional<SpecProblem>>> verdicts = new TreeMap<>();
    for (ScanApplication.Tried tried : applied.progress().tried()) {
      verdicts.put(
          tried.now().id(),
          tried
              .verdict()
              .thenCompose(verdict -> turns.take(() -> application.settle(tried, verdict))));
    }
    return CompletableFuture.allOf(verdicts.values().toArray(CompletableFuture[]::new))
        .thenApply(all -> report(applied, verdicts));
  }

  private static ScanReport report(
      Applied applied, Map<ChildId, CompletableFuture<Optional<SpecProblem>>> verdicts) {
    ScanApplication.Progress progress = applied.progress();
    List<SpecProblem> problems = new ArrayList<>(applied.found().problems());
    problems.addAll(progress.problems());
    List<ChildId> changed = new ArrayList<>(progress.changed());
    List<ChildId> rolledBack = new ArrayList<>();
    verdicts.forEach(
        (id, verdict) ->
            verdict
                .join()
                .ifPresent(
                    problem -> {
                      problems.add(problem);
                      changed.remove(id);
                      rolledBack.add(id);
                    }));
    List<SpecProblem> notes = new ArrayList<>(applied.found().notes());
    applied.plan().later().forEach(each -> notes.add(initialWish(each)));
    return new ScanReport(
        progress.added(),
        changed,
        rolledBack,
        progress.removed(),
        applied.plan().kept(),
        problems,
        notes);
  }

  /**
   * A supervisor restarts a child for any other spec, and what is wanted of a defined child is the
   * operator's: so an initial wish alone is not passed on before something else changes.
   */
  private static SpecProblem initialWish(Sourced each) {
    return new SpecProblem(
        "child '" + each.id() + "'",
        each.spec().initially().name().toLowerCase(Locale.ROOT),
        "keeps what is wanted of it; initially is in force at its next definition");
  }
}
