package org.jsupervisor.core.internal.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;

/** Stands for a sink that could not be made: all output is lost, counted, with the reason. */
final class FailingSink implements OutputSink {
  private final String reason;

  FailingSink(String reason) {
    this.reason = reason;
  }

  @Override
  public void accept(OutputSource source, ByteBuffer bytes) throws IOException {
    throw new IOException(reason);
  }
}
