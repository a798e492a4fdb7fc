package org.jsupervisor.core.internal.output;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jsupervisor.platform.Ticker;
import org.jsupervisor.process.Incarnation;

/**
 * Sums up what is lost, and tells it at once, but not more often than once a second: a destination
 * that stands still must not flood the engine. Not thread-safe.
 */
final class LossTally {
  static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LossListener listener;
  private final Ticker ticker;
  private final Map<Incarnation, Long> untold = new LinkedHashMap<>();
  private String why = "";
  private boolean everTold;
  private long toldNanos;

  LossTally(LossListener listener, Ticker ticker) {
    this.listener = listener;
    this.ticker = ticker;
  }

  /** So much is lost. */
  void note(Incarnation incarnation, long bytes, String reason) {
    untold.merge(incarnation, bytes, Long::sum);
    why = reason;
    if (!everTold || ticker.readNanos() - toldNanos >= INTERVAL_NANOS) {
      tell();
    }
  }

  /** Tells what was not told yet. */
  void tell() {
    if (!untold.isEmpty()) {
      everTold = true;
      toldNanos = ticker.readNanos();
      untold.forEach((incarnation, bytes) -> listener.lost(incarnation, bytes, why));
      untold.clear();
    }
  }
}
