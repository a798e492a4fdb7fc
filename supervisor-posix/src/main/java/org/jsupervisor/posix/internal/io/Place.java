package org.jsupervisor.posix.internal.io;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A call, and the thread that makes it. */
record Place(SinkCall call, Thread thread) {
  private static final Logger LOG = LoggerFactory.getLogger(OutputPump.class);

  /** On that thread; what the call throws ends nothing else. */
  void makeCall(ReadBuffer buffer) {
    try {
      call.run(buffer);
    } catch (Throwable e) {
      LOG.error("{}: {}", call.describe(), OneLine.describe(e), e);
    }
    // Whoever has interrupted it wanted the end of this call, not of the next sink's.
    var unused = Thread.interrupted();
  }
}
