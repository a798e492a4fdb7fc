package org.jsupervisor.scan;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.Request;
import org.jsupervisor.rescan.ChangePlan;
import org.jsupervisor.rescan.LastPlan;
import org.jsupervisor.rescan.LastScan;
import org.jsupervisor.rescan.ScanReport;
import org.jsupervisor.rescan.ScanState;
import org.jsupervisor.rescan.WatchState;

/** What is remembered of the scans of a directory. Thread-safe; read without waiting. */
final class ScanMemory {
  private static final Request AT_START = Request.of("scan", "what the tree began with");

  private final Path directory;
  private final InstantSource clock;

  /** For those who change what follows; readers see it whole, as the state. */
  private final Object lock = new Object();

  private WatchState watch = WatchState.NONE;
  private int underWay;
  private long scans;
  private long failures;
  private LastScan lastScan;
  private Optional<LastPlan> lastPlan = Optional.empty();

  private volatile ScanState state;

  /** Begins with what the tree began with. */
  ScanMemory(Path directory, ScanResult initial, InstantSource clock) {
    this.directory = directory;
    this.clock = clock;
    this.lastScan =
        new LastScan(clock.instant(), AT_START, Duration.ZERO, Optional.of(report(initial)), "");
    this.state = whole();
  }

  private static ScanReport report(ScanResult initial) {
    return new ScanReport(
        Sourced.of(initial).stream().map(Sourced::id).toList(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        initial.problems(),
        initial.notes());
  }

  ScanState state() {
    return state;
  }

  void watchIs(WatchState how) {
    change(() -> watch = how);
  }

  void planned(ChangePlan plan) {
    Optional<LastPlan> last = Optional.of(new LastPlan(clock.instant(), plan));
    change(() -> lastPlan = last);
  }

  void begins() {
    change(() -> underWay++);
  }

  /** A rescan is over, either way. */
  void ended(Request by, Duration took, @Nullable ScanReport report, @Nullable Throwable error) {
    Optional<ScanReport> done = error == null ? Optional.ofNullable(report) : Optional.empty();
    String failure = done.isPresent() ? "" : text(error);
    LastScan last = new LastScan(clock.instant(), by, took, done, failure);
    change(
        () -> {
          underWay--;
          scans++;
          if (!failure.isEmpty()) {
            failures++;
          }
          lastScan = last;
        });
  }

  private static String text(@Nullable Throwable error) {
    Throwable cause = error == null ? new IllegalStateException("no report") : Failure.cause(error);
    String message = cause.getMessage();
    return message == null || message.isEmpty() ? cause.toString() : message;
  }

  private void change(Runnable change) {
    synchronized (lock) {
      change.run();
      state = whole();
    }
  }

  /** The only place that names its parts by their order. */
  private ScanState whole() {
    return new ScanState(directory, watch, underWay, scans, failures, lastScan, lastPlan);
  }
}
