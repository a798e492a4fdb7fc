package org.jsupervisor.core.internal.output;

import java.io.IOException;
import org.jsupervisor.output.OutputSink;

/** A destination of two routes: each closes it, and the last one does. Confined to its caller. */
final class OnceClosed extends ForwardingSink {
  private int users;

  OnceClosed(OutputSink sink) {
    super(sink);
  }

  /** One more route leads here. */
  OnceClosed used() {
    users++;
    return this;
  }

  @Override
  public void close() throws IOException {
    users--;
    if (users == 0) {
      super.close();
    }
  }
}
