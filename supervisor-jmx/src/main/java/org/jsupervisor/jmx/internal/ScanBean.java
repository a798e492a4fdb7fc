package org.jsupervisor.jmx.internal;

import java.util.List;
import java.util.Optional;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.Request;
import org.jsupervisor.jmx.ChangeReport;
import org.jsupervisor.jmx.ScanMXBean;
import org.jsupervisor.rescan.Change;
import org.jsupervisor.rescan.ChangePlan;
import org.jsupervisor.rescan.DirectoryScan;
import org.jsupervisor.rescan.LastPlan;
import org.jsupervisor.rescan.LastScan;
import org.jsupervisor.rescan.ScanReport;
import org.jsupervisor.rescan.WatchState;
import org.jsupervisor.spec.SpecProblem;

/** The bean of a directory that a tree follows. Thread-safe. */
final class ScanBean implements ScanMXBean {
  private final DirectoryScan scan;
  private final ObjectName supervisor;

  ScanBean(DirectoryScan scan, ObjectName supervisor) {
    this.scan = scan;
    this.supervisor = supervisor;
  }

  @Override
  public ObjectName getSupervisor() {
    return supervisor;
  }

  @Override
  public String getDirectory() {
    return PlanLines.plain(scan.state().directory());
  }

  @Override
  public WatchState getWatch() {
    return scan.state().watch();
  }

  @Override
  public int getUnderWayCount() {
    return scan.state().underWay();
  }

  @Override
  public long getScanCount() {
    return scan.state().scans();
  }

  @Override
  public long getFailureCount() {
    return scan.state().failures();
  }

  @Override
  public long getLastScanTime() {
    return last().at().toEpochMilli();
  }

  @Override
  public long getLastScanMillis() {
    return last().took().toMillis();
  }

  @Override
  public String getLastRequest() {
    return last().request().phrase();
  }

  @Override
  public String getLastResult() {
    LastScan last = last();
    return last.report()
        .map(ScanBean::text)
        .orElseGet(() -> "failed: " + PlanLines.plain(last.failure()));
  }

  @Override
  public int getProblemCount() {
    return last().report().map(report -> report.problems().size()).orElse(0);
  }

  @Override
  public String[] getProblems() {
    return first(last().report().map(ScanReport::problems));
  }

  @Override
  public String[] getNotes() {
    return first(last().report().map(ScanReport::notes));
  }

  private static String[] first(Optional<List<SpecProblem>> problems) {
    return problems.orElse(List.of()).stream()
        .limit(PROBLEMS_MAX)
        .map(PlanLines::plain)
        .toArray(String[]::new);
  }

  @Override
  public @Nullable Long getLastPlanTime() {
    return scan.state().lastPlan().map(last -> last.at().toEpochMilli()).orElse(null);
  }

  @Override
  public String[] getLastPlan() {
    return scan.state().lastPlan().map(last -> PlanLines.of(last.plan())).orElse(new String[0]);
  }

  @Override
  public List<ChangeReport> getLastPlanRows() {
    return scan.state().lastPlan().map(LastPlan::plan).map(ScanBean::rows).orElse(List.of());
  }

  private static List<ChangeReport> rows(ChangePlan plan) {
    return plan.changes().stream().limit(CHANGES_MAX).map(ScanBean::row).toList();
  }

  private static ChangeReport row(Change change) {
    return new ChangeReport(
        change.action().name(),
        change.id().path(),
        PlanLines.plain(change.origin()),
        change.reason());
  }

  @Override
  public String[] plan(int waitSeconds) {
    return Console.answer(
            scan::plan,
            waitSeconds,
            plan -> String.join("\n", PlanLines.of(plan)),
            () -> "LastPlan will have it")
        .lines()
        .toArray(String[]::new);
  }

  @Override
  public String rescan(String reason, int waitSeconds) {
    Request request = Console.request(reason);
    return Console.answer(
        () -> scan.rescan(request),
        waitSeconds,
        ScanBean::text,
        () -> "LastResult will say what was done");
  }

  private LastScan last() {
    return scan.state().lastScan();
  }

  /** Not all names of ten thousand: this goes into a line. */
  private static String text(ScanReport report) {
    return report.describe(PROBLEMS_MAX) + "; " + report.problems().size() + " problems";
  }
}
