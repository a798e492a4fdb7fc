package org.jsupervisor.core.internal.output;

import org.jsupervisor.output.OutputSink;
import org.jsupervisor.platform.Ticker;
import org.jsupervisor.spec.OutputSpec;

/** Ledgers for tests. */
final class Ledgers {
  private Ledgers() {}

  static Ledger of(OutputSink sink, Ticker ticker) {
    return new Ledger(OutputSpec.to(sink), ticker);
  }

  static Ledger ofNobody() {
    return of((source, bytes) -> {}, () -> 0);
  }
}
