package org.jsupervisor.core.internal.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;

/** Enters what happens to a destination without a buffer. Confined to its caller. */
final class DirectSink extends ForwardingSink {
  private final Ledger ledger;

  /** What it has refused and will be offered again. */
  private final Map<OutputSource, Integer> held = new HashMap<>();

  DirectSink(OutputSink sink, Ledger ledger) {
    super(sink);
    this.ledger = ledger;
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

  private void release(OutputSource source) {
    if (!held.isEmpty()) {
      held.remove(source);
    }
  }

  private long heldBytes() {
    return held.isEmpty() ? 0 : held.values().stream().mapToLong(Integer::longValue).sum();
  }
}
