package org.jsupervisor.core.internal.output;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jsupervisor.core.internal.model.Failures;
import org.jsupervisor.output.OutputLostException;
import org.jsupervisor.platform.Ticker;
import org.jsupervisor.process.Incarnation;

/**
 * Sums up what one destination loses, and tells it at once, but not more often than once a second:
 * a destination that stands still must not flood the engine. Not thread-safe.
 */
final class LossTally {
  static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Ledger ledger;
  private final LossListener listener;
  private final Ticker ticker;
  private final Map<Incarnation, Long> untold = new LinkedHashMap<>();
  private String why = "";
  private boolean everTold;
  private long toldNanos;

  LossTally(Ledger ledger, LossListener listener, Ticker ticker) {
    this.ledger = ledger;
    this.listener = listener;
    this.ticker = ticker;
  }

  /** Of the same destination. */
  Ledger ledger() {
    return ledger;
  }

  /** So much is lost; it is entered in the ledger, too. */
  void note(Incarnation incarnation, long bytes, String reason) {
    ledger.lost(bytes, reason);
    tellLater(incarnation, bytes, reason);
  }

  /** What a destination has lost at its close: all is told now, for nothing comes after it. */
  void noteAll(OutputLostException closing) {
    String reason = Failures.text(closing);
    closing.lost().forEach((source, bytes) -> note(source.incarnation(), bytes, reason));
    tell();
  }

  /** So much is lost; whoever marks it in the destination enters it in the ledger. */
  void tellLater(Incarnation incarnation, long bytes, String reason) {
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
      String text = ledger.place() + ": " + why;
      untold.forEach((incarnation, bytes) -> listener.lost(incarnation, bytes, text));
      untold.clear();
    }
  }
}
