package org.jsupervisor.core.internal.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;

/**
 * Two sinks, one for stdout and one for stderr, that may lead to the same. As one sink, so that no
 * two calls come at once.
 */
record ByStream(OutputSink stdout, OutputSink stderr) implements OutputSink {
  private OutputSink of(OutputSource source) {
    return switch (source.stream()) {
      case BOTH, STDOUT -> stdout;
      case STDERR -> stderr;
    };
  }

  @Override
  public OnFailure onFailure(OutputSource source) {
    return of(source).onFailure(source);
  }

  @Override
  public void accept(OutputSource source, ByteBuffer bytes) throws IOException {
    of(source).accept(source, bytes);
  }

  @Override
  public void lost(OutputSource source, long bytes) throws IOException {
    of(source).lost(source, bytes);
  }

  @Override
  public void ended(OutputSource source) throws IOException {
    of(source).ended(source);
  }

  @Override
  public void close() throws IOException {
    try {
      stdout.close();
    } finally {
      stderr.close();
    }
  }
}
