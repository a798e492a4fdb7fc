package org.jsupervisor.samples.scanhost;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jsupervisor.Request;
import org.jsupervisor.Supervisor;
import org.jsupervisor.rescan.ChangePlan;
import org.jsupervisor.rescan.DirectoryScan;
import org.jsupervisor.rescan.ScanReport;
import org.jsupervisor.rescan.ScanState;
import org.jsupervisor.scan.DirectoryFollower;
import org.jsupervisor.scan.DirectoryWatch;
import org.jsupervisor.scan.ScanListener;
import org.jsupervisor.scan.WatchOptions;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.TreeSnapshot;

/** A tree that follows its directory, and prints what comes of it. */
final class FollowedTree implements DirectoryScan {
  private final Supervisor tree;
  private final DirectoryFollower follower;
  private final LivePrinter printer;

  /** Whether the line that says that all are up is still to come. */
  private final AtomicBoolean awaitsReady = new AtomicBoolean();

  FollowedTree(Supervisor tree, DirectoryFollower follower, LivePrinter printer) {
    this.tree = tree;
    this.follower = follower;
    this.printer = printer;
  }

  /** From now on, each change of the directory is followed, until that is closed. */
  DirectoryWatch watch() throws IOException {
    ScanListener listener =
        new ScanListener() {
          @Override
          public void onReport(ScanReport report) {
            if (!report.isEmpty()) {
              tell(report);
              sayWhenReady();
            }
          }

          @Override
          public void onFailure(Throwable reason) {
            printer.note("nothing was changed: " + reason(reason));
          }
        };
    return DirectoryWatch.begin(follower, WatchOptions.defaults(), listener);
  }

  /** Does not wait: what is removed may take its time to stop. */
  void reload() {
    printer.note("reads " + state().directory() + " again");
    var unused = told(follower.rescan());
  }

  /** {@inheritDoc} What an operator elsewhere asks for is printed as what a signal asks for. */
  @Override
  public CompletionStage<ScanReport> rescan(Request request) {
    CompletionStage<ScanReport> rescan = follower.rescan(request);
    printer.note("reads " + state().directory() + " again, " + request.phrase());
    return told(rescan);
  }

  private CompletionStage<ScanReport> told(CompletionStage<ScanReport> rescan) {
    return rescan.whenComplete(
        (report, error) -> {
          if (report == null) {
            // The running tree keeps its last good state; the operator sees why.
            printer.note("nothing was changed: " + reason(error));
          } else {
            tell(report);
          }
          sayWhenReady();
        });
  }

  @Override
  public CompletionStage<ChangePlan> plan() {
    return follower.plan();
  }

  @Override
  public ScanState state() {
    return follower.state();
  }

  /** One line for all that wait for it: it is true of what was read until then. */
  void sayWhenReady() {
    if (awaitsReady.getAndSet(true)) {
      return;
    }
    var unused =
        tree.ready()
            .whenComplete(
                (snapshot, refusal) -> {
                  awaitsReady.set(false);
                  if (snapshot != null) {
                    printer.ready(upAndWanted(snapshot));
                  }
                });
  }

  private static String upAndWanted(TreeSnapshot snapshot) {
    long wanted = snapshot.children().stream().filter(c -> c.desire() == Desire.UP).count();
    return "all " + wanted + " services that should be up are up";
  }

  private static String reason(Throwable error) {
    return String.valueOf(Optional.ofNullable(error.getCause()).orElse(error).getMessage());
  }

  private void tell(ScanReport report) {
    report.notes().forEach(printer::remark);
    report.problems().forEach(printer::problem);
    printer.note(report.describe(Integer.MAX_VALUE));
  }
}
