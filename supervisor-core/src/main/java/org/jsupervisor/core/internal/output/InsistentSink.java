package org.jsupervisor.core.internal.output;

import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;

/** What it could not keep is to be offered again: the child waits. */
final class InsistentSink extends ForwardingSink {
  InsistentSink(OutputSink sink) {
    super(sink);
  }

  @Override
  public OnFailure onFailure(OutputSource source) {
    return OnFailure.OFFER_AGAIN;
  }
}
