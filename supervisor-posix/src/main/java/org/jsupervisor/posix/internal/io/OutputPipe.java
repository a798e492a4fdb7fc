package org.jsupervisor.posix.internal.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.output.OutputLostException;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.posix.internal.libc.Errno;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream of a run, or both. What its sink refuses is lost or, if the sink insists, kept here
 * and offered again after a pause, while nothing more is read. Confined as {@link PipeSource} says.
 */
final class OutputPipe implements PipeSource {
  private static final Logger LOG = LoggerFactory.getLogger(OutputPipe.class);

  private final Use use;
  private final int readEnd;
  private final Runnable removal;
  private final OutputContext context;
  private final LossAccount losses;
  private final PipeGrowth growth;
  // Refused, and to be offered again; null if there is nothing. No larger than a read.
  private @Nullable ByteBuffer refused;
  private final Warnings warnings = new Warnings();

  /**
   * What the pipe is for.
   *
   * @param run whose pipes these are
   * @param source whose name the bytes have
   * @param sink takes them
   */
  record Use(OutputPipes run, OutputSource source, OutputSink sink) {}

  OutputPipe(Use use, PipeMaker.Made made, OutputContext context, LargePipes large) {
    this.use = use;
    this.readEnd = made.ends().readEnd();
    this.removal = made.removal();
    this.context = context;
    this.losses =
        new LossAccount(
            use.source.incarnation(), context.limits().lossInterval().toNanos(), context.reports());
    this.growth = new PipeGrowth(large, context, readEnd);
  }

  @Override
  public int readEnd() {
    return readEnd;
  }

  @Override
  public void released() {
    growth.released();
    removal.run();
  }

  @Override
  public Optional<OutputSink> sink() {
    return Optional.of(use.sink);
  }

  @Override
  public String name() {
    return use.source.incarnation().toString();
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
  public Turn turn(ReadBuffer buffer) {
    int left = context.limits().turnBytes();
    if (refused != null) {
      left -= refused.remaining();
      if (!isDelivered(refused)) {
        return Turn.PAUSED;
      }
      refused = null;
    }
    while (left > 0) {
      int asked = Math.min(left, buffer.bytes());
      long count = buffer.read(readEnd, asked);
      if (count == -Errno.EAGAIN || count == -Errno.EINTR) {
        return Turn.OPEN;
      }
      if (count <= 0) {
        logIfFailed(count);
        return Turn.OVER;
      }
      // A view of its own, so that a sink that moves the limit does not change the count.
      ByteBuffer bytes = buffer.buffer().slice(0, (int) count);
      if (!isDelivered(bytes)) {
        refused = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
        return Turn.PAUSED;
      }
      growth.note((int) count, asked);
      left -= (int) count;
      if (count < Math.min(asked, PipeGrowth.USUAL_BYTES)) {
        // The pipe was empty a moment ago; asking it again would cost a call for nothing.
        return Turn.OPEN;
      }
    }
    return Turn.OPEN;
  }

  private void logIfFailed(long count) {
    if (count < 0) {
      LOG.warn("{}: output: read: {}", use.source.incarnation(), Errno.name((int) -count));
    }
  }

  /**
   * Whether nothing is to be offered again. The sink is a stranger: whatever it throws costs its
   * own bytes, never the thread.
   */
  private boolean isDelivered(ByteBuffer bytes) {
    try {
      use.sink.accept(use.source, bytes);
    } catch (IOException e) {
      if (bytes.hasRemaining() && insists()) {
        warnOfWaiting(e);
        return false;
      }
      lose(bytes.remaining(), e);
    } catch (Throwable e) {
      lose(bytes.remaining(), e);
    }
    return true;
  }

  /** The child will wait; once for many refusals. */
  private void warnOfWaiting(IOException refusal) {
    if (warnings.isDue(context.nowNanos())) {
      LOG.warn(
          "{}: its output waits until it is taken: {}",
          use.source.incarnation(),
          OneLine.describe(refusal));
    }
  }

  private boolean insists() {
    try {
      return use.sink.onFailure(use.source) == OutputSink.OnFailure.OFFER_AGAIN;
    } catch (Throwable e) {
      losses.add(0, e);
      return false;
    }
  }

  private void lose(long bytes, Throwable cause) {
    losses.add(bytes, cause);
    losses.reportIfDue(context.nowNanos());
    if (bytes > 0) {
      tellSink(() -> use.sink.lost(use.source, bytes));
    }
  }

  private void loseRefused() {
    ByteBuffer lost = refused;
    refused = null;
    if (lost != null) {
      lose(lost.remaining(), new IOException("the sink has not taken it before the end"));
    }
  }

  /** Something that is told to a sink. */
  private interface Telling {
    void run() throws IOException;
  }

  private void tellSink(Telling telling) {
    try {
      telling.run();
    } catch (Throwable e) {
      losses.add(OutputLostException.bytesOf(e), e);
    }
  }

  @Override
  public void over() {
    loseRefused();
    tellSink(() -> use.sink.ended(use.source));
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
    use.run.ended(context);
  }

  @Override
  public void abandoned() {
    loseRefused();
    losses.reportNow();
  }
}
