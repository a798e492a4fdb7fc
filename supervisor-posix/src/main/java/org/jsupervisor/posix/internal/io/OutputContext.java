package org.jsupervisor.posix.internal.io;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.platform.Ticker;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.NativeMemory;

/** What all sources of one output thread share; the buffer is confined to that thread. */
final class OutputContext {
  private final Libc libc;
  private final OutputLimits limits;
  private final Ticker ticker;
  private final Consumer<PlatformReport> reports;
  private final NativeMemory memory;

  OutputContext(Libc libc, OutputLimits limits, Ticker ticker, Consumer<PlatformReport> reports) {
    this.libc = libc;
    this.limits = limits;
    this.ticker = ticker;
    this.reports = reports;
    this.memory = new NativeMemory(limits.bufferBytes());
  }

  /** Fills the buffer from its start; the result is that of {@link Libc#read}. */
  long read(int descriptor) {
    return libc.read(descriptor, memory.address(), limits.bufferBytes());
  }

  ByteBuffer buffer() {
    return memory.buffer();
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
