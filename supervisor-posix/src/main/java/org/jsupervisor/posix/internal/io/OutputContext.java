package org.jsupervisor.posix.internal.io;

import java.util.function.Consumer;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.platform.Ticker;
import org.jsupervisor.posix.internal.libc.Libc;

/** What all sources of one pump share. Any thread, but for its own buffer. */
final class OutputContext {
  private final Libc libc;
  private final OutputLimits limits;
  private final Ticker ticker;
  private final Consumer<PlatformReport> reports;
  private final ReadBuffer own;

  OutputContext(Libc libc, OutputLimits limits, Ticker ticker, Consumer<PlatformReport> reports) {
    this.libc = libc;
    this.limits = limits;
    this.ticker = ticker;
    this.reports = reports;
    this.own = newBuffer();
  }

  /** A buffer for one more thread. */
  ReadBuffer newBuffer() {
    return new ReadBuffer(libc, limits.bufferBytes());
  }

  /** The buffer of the leader, for what calls no sink. */
  ReadBuffer ownBuffer() {
    return own;
  }

  OutputLimits limits() {
    return limits;
  }

  long nowNanos() {
    return ticker.readNanos();
  }

  /** Takes reports from any thread, never blocks. */
  Consumer<PlatformReport> reports() {
    return reports;
  }
}
