package org.jsupervisor.jmx;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jsupervisor.Request;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.rescan.Change;
import org.jsupervisor.rescan.ChangePlan;
import org.jsupervisor.rescan.DirectoryScan;
import org.jsupervisor.rescan.LastPlan;
import org.jsupervisor.rescan.LastScan;
import org.jsupervisor.rescan.ScanReport;
import org.jsupervisor.rescan.ScanState;
import org.jsupervisor.rescan.WatchState;
import org.jsupervisor.spec.SpecProblem;

/** A directory that answers what it was told to. */
public final class FakeScan implements DirectoryScan {
  public final List<Request> asked = new ArrayList<>();
  public CompletableFuture<ScanReport> outcome = CompletableFuture.completedFuture(nothing());
  public CompletableFuture<ChangePlan> planned = CompletableFuture.completedFuture(plan(1));
  private ScanState state = state(ok(nothing()), Optional.empty());

  /** With no problem, and a plan to start one service. */
  public FakeScan() {}

  public static ScanReport nothing() {
    return report(0);
  }

  /** With so many problems, whose values were written by somebody. */
  public static ScanReport report(int problems) {
    return new ScanReport(
        List.of(ChildId.of("web")),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        problems(problems),
        List.of());
  }

  private static List<SpecProblem> problems(int count) {
    List<SpecProblem> problems = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      problems.add(new SpecProblem("/services/bad\n.ini:" + n, "x\u001b[31m", "must be good"));
    }
    return problems;
  }

  /** To start so many, with a file name that has a line of its own. */
  public static ChangePlan plan(int starts) {
    List<Change> changes = new ArrayList<>();
    for (int n = 0; n < starts; n++) {
      Path origin = Path.of("/services/all\nstop everything");
      changes.add(new Change(Change.Action.START, ChildId.of("new-" + n), origin, "new"));
    }
    changes.add(
        new Change(Change.Action.KEEP, ChildId.of("web"), Path.of("/services/web"), "unchanged"));
    return new ChangePlan(changes, problems(1), List.of());
  }

  static LastScan ok(ScanReport report) {
    return last(Optional.of(report), "");
  }

  static LastScan failed(String why) {
    return last(Optional.empty(), why);
  }

  private static LastScan last(Optional<ScanReport> report, String failure) {
    return new LastScan(
        Instant.ofEpochMilli(4711),
        Request.of("jmx:olga", "deploy"),
        Duration.ofMillis(17),
        report,
        failure);
  }

  static ScanState state(LastScan last, Optional<LastPlan> plan) {
    return new ScanState(Path.of("/services"), WatchState.WATCHING, 1, 3, 2, last, plan);
  }

  FakeScan is(LastScan last, Optional<LastPlan> plan) {
    state = state(last, plan);
    return this;
  }

  @Override
  public ScanState state() {
    return state;
  }

  @Override
  public CompletionStage<ChangePlan> plan() {
    return planned;
  }

  @Override
  public CompletionStage<ScanReport> rescan(Request request) {
    asked.add(request);
    return outcome;
  }
}
