package org.jsupervisor.core.internal.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jsupervisor.output.OutputLostException;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;

/** Enters what happens to a destination without a buffer. Confined to its caller. */
final class DirectSink extends ForwardingSink {
  private final Ledger ledger;
  private final LossTally tally;

  /** What it has refused and will be offered again. */
  private final Map<OutputSource, Integer> held = new HashMap<>();

  DirectSink(OutputSink sink, LossTally tally) {
    super(sink);
    this.ledger = tally.ledger();
    this.tally = tally;
  }

  @Override
  public void accept(OutputSource source, ByteBuffer bytes) throws IOException {
    release(source);
    // Until it comes back: a destination that hangs must not look well.
    ledger.waits(heldBytes() + bytes.remaining());
    try {
      super.accept(source, bytes);
      ledger.took();
    } catch (IOException e) {
      ledger.refused(e);
      if (onFailure(source) == OnFailure.OFFER_AGAIN && bytes.hasRemaining()) {
        held.put(source, bytes.remaining());
      }
      throw e;
    } catch (RuntimeException | Error e) {
      ledger.refused(e);
      throw e;
    } finally {
      ledger.waits(heldBytes());
    }
  }

  @Override
  public void lost(OutputSource source, long bytes) throws IOException {
    ledger.lost(bytes);
    release(source);
    ledger.waits(heldBytes());
    super.lost(source, bytes);
  }

  /** Whoever calls tells what is lost, as it does of bytes that are refused. */
  @Override
  public void ended(OutputSource source) throws IOException {
    try {
      super.ended(source);
    } catch (IOException | RuntimeException | Error e) {
      ledger.refused(e);
      ledger.lost(OutputLostException.bytesOf(e));
      throw e;
    }
  }

  /** Nobody else tells what is lost here. */
  @Override
  public void close() throws IOException {
    try {
      super.close();
    } catch (OutputLostException e) {
      ledger.refused(e);
      tally.noteAll(e);
      throw e;
    }
  }

  private void release(OutputSource source) {
    if (!held.isEmpty()) {
      held.remove(source);
    }
  }

  private long heldBytes() {
    return held.isEmpty() ? 0 : held.values().stream().mapToLong(Integer::longValue).sum();
  }
}
