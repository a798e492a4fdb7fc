package org.jsupervisor.posix.internal.io;

import java.util.function.Consumer;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.Incarnation;

/**
 * Counts what one source has lost, and reports it at once, but not more often than once in an
 * interval: a sink that fails at every call must not flood the engine. Not thread-safe.
 */
final class LossAccount implements HoldsBack {
  private final Incarnation incarnation;
  private final long intervalNanos;
  private final Consumer<PlatformReport> reports;
  private long bytes;
  private String why = "";
  private boolean pending;
  private boolean everReported;
  private long lastReportNanos;

  LossAccount(Incarnation incarnation, long intervalNanos, Consumer<PlatformReport> reports) {
    this.incarnation = incarnation;
    this.intervalNanos = intervalNanos;
    this.reports = reports;
  }

  /** Something could not be kept; 0 bytes if it is not known how much. */
  void add(long lost, Throwable cause) {
    bytes += lost;
    why = OneLine.describe(cause);
    pending = true;
  }

  @Override
  public long waitNanos(long nowNanos) {
    if (!pending) {
      return NOTHING_HELD_NANOS;
    }
    return everReported ? Math.max(0, intervalNanos - (nowNanos - lastReportNanos)) : 0;
  }

  @Override
  public void reportIfDue(long nowNanos) {
    if (waitNanos(nowNanos) == 0) {
      everReported = true;
      lastReportNanos = nowNanos;
      reportNow();
    }
  }

  /** Reports what is pending. */
  void reportNow() {
    if (pending) {
      reports.accept(new PlatformReport.OutputLost(incarnation, bytes, why));
      bytes = 0;
      pending = false;
    }
  }
}
