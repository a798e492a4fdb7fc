package org.jsupervisor.scan;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
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

  private final InstantSource clock;

  /** For those who change it; readers see it whole. */
  private final Object lock = new Object();

  private volatile ScanState state;

  /** Begins with what the tree began with. */
  ScanMemory(Path directory, ScanResult initial, InstantSource clock) {
    this.clock = clock;
    this.state =
        new ScanState(
            directory,
            WatchState.NONE,
            0,
            0,
            0,
            new LastScan(
                clock.instant(), AT_START, Duration.ZERO, Optional.of(report(initial)), ""),
            Optional.empty());
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

  void watchIs(WatchState watch) {
    change(s -> with(s, watch, s.underWay(), s.lastPlan()));
  }

  void planned(ChangePlan plan) {
    Optional<LastPlan> last = Optional.of(new LastPlan(clock.instant(), plan));
    change(s -> with(s, s.watch(), s.underWay(), last));
  }

  void begins() {
    change(s -> with(s, s.watch(), s.underWay() + 1, s.lastPlan()));
  }

  /** A rescan is over, either way. */
  void ended(Request by, Duration took, @Nullable ScanReport report, @Nullable Throwable error) {
    Optional<ScanReport> done = error == null ? Optional.ofNullable(report) : Optional.empty();
    String failure = done.isPresent() ? "" : text(error);
    LastScan last = new LastScan(clock.instant(), by, took, done, failure);
    change(
        s ->
            new ScanState(
                s.directory(),
                s.watch(),
                s.underWay() - 1,
                s.scans() + 1,
                s.failures() + (failure.isEmpty() ? 0 : 1),
                last,
                s.lastPlan()));
  }

  private static String text(@Nullable Throwable error) {
    Throwable cause = error == null ? new IllegalStateException("no report") : Failure.cause(error);
    String message = cause.getMessage();
    return message == null || message.isEmpty() ? cause.toString() : message;
  }

  private static ScanState with(
      ScanState s, WatchState watch, int underWay, Optional<LastPlan> plan) {
    return new ScanState(
        s.directory(), watch, underWay, s.scans(), s.failures(), s.lastScan(), plan);
  }

  private void change(UnaryOperator<ScanState> change) {
    synchronized (lock) {
      state = change.apply(state);
    }
  }
}
