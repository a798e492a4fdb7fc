package org.jsupervisor.core.internal.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;

/** A destination of two routes: each closes it, and the last one does. Confined to its caller. */
final class OnceClosed implements OutputSink {
  private final OutputSink sink;
  private int users;

  OnceClosed(OutputSink sink) {
    this.sink = sink;
  }

  /** One more route leads here. */
  OnceClosed used() {
    users++;
    return this;
  }

  @Override
  public OnFailure onFailure(OutputSource source) {
    return sink.onFailure(source);
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
    users--;
    if (users == 0) {
      sink.close();
    }
  }
}
