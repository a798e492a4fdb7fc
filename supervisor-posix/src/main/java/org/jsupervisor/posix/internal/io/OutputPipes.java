package org.jsupervisor.posix.internal.io;

import java.util.concurrent.atomic.AtomicInteger;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.posix.internal.libc.SyscallException;
import org.jsupervisor.process.Incarnation;

/** The pipes of one run: one for both streams, or one for each. The run's output ends with them. */
public final class OutputPipes {
  private final Incarnation incarnation;
  private final OutputThreads threads;
  private final AtomicInteger open;

  OutputPipes(Incarnation incarnation, int count, OutputThreads threads) {
    this.incarnation = incarnation;
    this.threads = threads;
    this.open = new AtomicInteger(count);
  }

  /** A pipe for a sink that is held. */
  public ChildPipe open(OutputSource.Stream stream, OutputSink sink, PipeMaker maker)
      throws SyscallException {
    return threads.openOutput(this, new OutputSource(incarnation, stream), sink, maker);
  }

  /** One of them has ended; on its output thread. */
  void ended(OutputContext context) {
    if (open.decrementAndGet() == 0) {
      context.reports().accept(new PlatformReport.OutputEnded(incarnation));
    }
  }
}
