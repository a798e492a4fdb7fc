package org.jsupervisor.core.internal.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;

/** Passes everything on; for those that do one thing otherwise. */
abstract class ForwardingSink implements OutputSink {
  private final OutputSink sink;

  ForwardingSink(OutputSink sink) {
    this.sink = sink;
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
    sink.close();
  }
}
