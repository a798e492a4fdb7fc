package org.jsupervisor.core.internal.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.core.internal.model.Failures;
import org.jsupervisor.output.OutputLostException;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;

/**
 * Gives every byte to several sinks. One that wants to be offered again what it has refused makes
 * all wait; the others do not get those bytes twice. What another one refuses is lost for it alone.
 *
 * <p>Confined to its caller as {@link OutputSink} says.
 */
final class Tee implements OutputSink {
  private final List<Branch> branches;

  Tee(List<To> sinks) {
    this.branches = sinks.stream().map(to -> new Branch(to.sink, to.tally)).toList();
  }

  /** One of the sinks, with what it loses by the fault of its own. */
  record To(OutputSink sink, LossTally tally) {}

  @Override
  public OnFailure onFailure(OutputSource source) {
    return branches.stream().anyMatch(branch -> branch.isInsistent(source))
        ? OnFailure.OFFER_AGAIN
        : OnFailure.LOSE;
  }

  @Override
  public void accept(OutputSource source, ByteBuffer bytes) throws IOException {
    int begin = bytes.position();
    int kept = bytes.remaining();
    for (Branch branch : branches) {
      kept = Math.min(kept, branch.offer(source, bytes.duplicate()));
    }
    for (Branch branch : branches) {
      branch.settle(source, kept);
    }
    bytes.position(begin + kept);
    throwRefusal();
  }

  private void throwRefusal() throws IOException {
    for (Branch branch : branches) {
      IOException refusal = branch.refusal;
      branch.refusal = null;
      if (refusal != null) {
        throw refusal;
      }
    }
  }

  @Override
  public void lost(OutputSource source, long bytes) {
    branches.forEach(branch -> branch.lost(source, bytes));
  }

  @Override
  public void ended(OutputSource source) {
    branches.forEach(branch -> branch.ended(source));
  }

  @Override
  public void close() throws IOException {
    IOException first = null;
    for (Branch branch : branches) {
      branch.tally.tell();
      try {
        branch.sink.close();
      } catch (Throwable e) {
        first = first == null ? new IOException(e) : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /** One of the sinks: a stranger, whose faults are its own. */
  private static final class Branch {
    private final OutputSink sink;
    private final LossTally tally;
    // How much it has had of what will be offered again.
    private final Map<OutputSource, Integer> ahead = new HashMap<>();
    // How much it has of the bytes that are being offered.
    private int taken;
    private @Nullable IOException refusal;

    Branch(OutputSink sink, LossTally tally) {
      this.sink = sink;
      this.tally = tally;
    }

    boolean isInsistent(OutputSource source) {
      return sink.onFailure(source) == OnFailure.OFFER_AGAIN;
    }

    /** Returns how many of these bytes it has now, or will never have. */
    int offer(OutputSource source, ByteBuffer bytes) {
      int begin = bytes.position();
      taken = bytes.remaining();
      bytes.position(begin + Math.min(taken, ahead.getOrDefault(source, 0)));
      if (!bytes.hasRemaining()) {
        return taken;
      }
      try {
        sink.accept(source, bytes);
      } catch (IOException e) {
        if (isInsistent(source)) {
          refusal = e;
          taken = bytes.position() - begin;
        } else {
          lose(source, bytes.remaining(), e);
        }
      } catch (Throwable e) {
        lose(source, bytes.remaining(), e);
      }
      return taken;
    }

    /** All have at least so many of the bytes that were offered. */
    void settle(OutputSource source, int kept) {
      if (taken > kept) {
        ahead.put(source, taken - kept);
      } else {
        ahead.remove(source);
      }
    }

    private void lose(OutputSource source, long bytes, Throwable why) {
      tally.tellLater(source.incarnation(), bytes, Failures.text(why));
      mark(source, bytes);
    }

    private void mark(OutputSource source, long bytes) {
      try {
        if (bytes > 0) {
          sink.lost(source, bytes);
        }
      } catch (Throwable e) {
        tally.note(source.incarnation(), 0, Failures.text(e));
      }
    }

    /** What was to be offered again will not be; the loss itself is told by whoever gave up. */
    void lost(OutputSource source, long bytes) {
      Integer had = ahead.remove(source);
      mark(source, bytes - (had == null ? 0 : had));
    }

    void ended(OutputSource source) {
      ahead.remove(source);
      try {
        sink.ended(source);
      } catch (Throwable e) {
        // It has entered them itself.
        tally.tellLater(source.incarnation(), OutputLostException.bytesOf(e), Failures.text(e));
      }
      tally.tell();
    }
  }
}
