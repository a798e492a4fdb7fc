package org.jsupervisor.posix.internal.io;

import org.jsupervisor.output.OutputSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A piece of work in which one sink is called, and so may take as long as it likes. It touches its
 * source, its sink and the buffer of its thread, and nothing else of the pump.
 */
abstract class SinkCall {
  private static final Logger LOG = LoggerFactory.getLogger(SinkCall.class);

  private final OutputSink sink;

  SinkCall(OutputSink sink) {
    this.sink = sink;
  }

  /** A call that tells a sink something, and {@code settle} for the leader. */
  static SinkCall telling(OutputSink sink, String whose, Runnable tell, Runnable settle) {
    return new SinkCall(sink) {
      @Override
      String whose() {
        return whose;
      }

      @Override
      void run(ReadBuffer buffer) {
        tell.run();
      }

      @Override
      void settle() {
        settle.run();
      }
    };
  }

  final OutputSink sink() {
    return sink;
  }

  /** The child, or what else a reader of the log knows the sink by. */
  abstract String whose();

  /** The child and the sink, for the log. */
  final String describe() {
    return whose() + ": output sink " + sink.getClass().getName();
  }

  /** The work itself; may block. */
  abstract void run(ReadBuffer buffer);

  /** What the leader does afterwards, whichever thread has done the work. */
  abstract void settle();

  /** Whether it reads the source with this id, whose descriptor is to stay open for it. */
  boolean reads(long id) {
    return false;
  }

  /** It goes on without the lead, or waits for one that does; on the new leader. */
  void leftBehind() {}

  /** As {@link #run}; throws nothing. */
  final void make(ReadBuffer buffer) {
    try {
      run(buffer);
    } catch (Throwable e) {
      LOG.error("{}: {}", describe(), OneLine.describe(e), e);
    }
    // Whoever has interrupted it wanted the end of this call, not of the next sink's.
    var unused = Thread.interrupted();
  }
}
