package org.jsupervisor.core.internal.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;

/** What it could not keep is to be offered again: the child waits. */
record InsistentSink(OutputSink sink) implements OutputSink {
  @Override
  public OnFailure onFailure(OutputSource source) {
    return OnFailure.OFFER_AGAIN;
  }

  @Override
  public void accept(OutputSource source, ByteBuffer bytes) throws IOException {
    sink.accept(source, bytes);
  }

  @Override
  public void lost(OutputSource source, long bytes) throws IOException {
    sink.lost(source, bytes);
  }

  @Override
  public void ended(OutputSource source) throws IOException {
    sink.ended(source);
  }

  @Override
  public void close() throws IOException {
    sink.close();
  }
}
