package org.jsupervisor.core.internal.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;

/**
 * The embedder's sink in the hands of one child. A platform sees another object for each child and
 * each definition, so an embedder that gives one sink to two children, or again after it was
 * closed, harms its output and nothing else.
 */
final class OwnSink implements OutputSink {
  private final OutputSink sink;

  OwnSink(OutputSink sink) {
    this.sink = sink;
  }

  @Override
  public void accept(OutputSource source, ByteBuffer bytes) throws IOException {
    sink.accept(source, bytes);
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
