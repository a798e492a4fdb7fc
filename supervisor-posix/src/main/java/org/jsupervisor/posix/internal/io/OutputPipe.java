package org.jsupervisor.posix.internal.io;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.posix.internal.libc.Errno;
import org.jsupervisor.process.Incarnation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stdout and stderr of one run. Confined to its output thread. */
final class OutputPipe implements PipeSource {
  private static final Logger LOG = LoggerFactory.getLogger(OutputPipe.class);

  private final OutputSource source;
  private final OutputSink sink;
  private final int readEnd;
  private final Runnable removal;
  private final OutputContext context;
  private final LossAccount losses;

  OutputPipe(Incarnation incarnation, OutputSink sink, PipeMaker.Made made, OutputContext context) {
    this.source = new OutputSource(incarnation);
    this.sink = sink;
    this.readEnd = made.ends().readEnd();
    this.removal = made.removal();
    this.context = context;
    this.losses =
        new LossAccount(incarnation, context.limits().lossInterval().toNanos(), context.reports());
  }

  @Override
  public int readEnd() {
    return readEnd;
  }

  @Override
  public void released() {
    removal.run();
  }

  @Override
  public Optional<OutputSink> sink() {
    return Optional.of(sink);
  }

  @Override
  public long waitNanos(long nowNanos) {
    return losses.waitNanos(nowNanos);
  }

  @Override
  public void reportIfDue(long nowNanos) {
    losses.reportIfDue(nowNanos);
  }

  @Override
  public Turn turn() {
    int taken = 0;
    while (taken < context.limits().turnBytes()) {
      long count = context.read(readEnd);
      if (count == -Errno.EAGAIN || count == -Errno.EINTR) {
        return Turn.OPEN;
      }
      if (count <= 0) {
        logIfFailed(count);
        return Turn.OVER;
      }
      deliver((int) count);
      taken += (int) count;
      if (count < context.limits().bufferBytes()) {
        // The pipe was empty a moment ago; asking it again would cost a call for nothing.
        return Turn.OPEN;
      }
    }
    return Turn.OPEN;
  }

  private void logIfFailed(long count) {
    if (count < 0) {
      LOG.warn("{}: output: read: {}", source.incarnation(), Errno.name((int) -count));
    }
  }

  /** The sink is a stranger: whatever it throws costs its own bytes, never the thread. */
  private void deliver(int count) {
    // A view of its own, so that a sink that moves the limit does not change the count.
    ByteBuffer bytes = context.buffer().slice(0, count);
    try {
      sink.accept(source, bytes);
    } catch (Throwable e) {
      int lost = bytes.remaining();
      mark(lost);
      losses.add(lost, e);
      losses.reportIfDue(context.nowNanos());
    }
  }

  /** The loss is counted anyway: a mark that fails costs nothing more. */
  private void mark(int lost) {
    if (lost == 0) {
      return;
    }
    try {
      sink.lost(source, lost);
    } catch (Throwable e) {
      losses.add(0, e);
    }
  }

  @Override
  public void over() {
    try {
      sink.ended(source);
    } catch (Throwable e) {
      losses.add(0, e);
    }
    reportEnd();
  }

  @Override
  public void failed(Throwable cause) {
    losses.add(0, cause);
    over();
  }

  @Override
  public void neverRead(Throwable cause) {
    losses.add(0, cause);
    reportEnd();
  }

  private void reportEnd() {
    losses.reportNow();
    context.reports().accept(new PlatformReport.OutputEnded(source.incarnation()));
  }

  @Override
  public void abandoned() {
    losses.reportNow();
  }
}
