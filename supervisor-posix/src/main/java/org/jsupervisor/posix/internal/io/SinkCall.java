package org.jsupervisor.posix.internal.io;

import org.jsupervisor.output.OutputSink;

/**
 * A piece of work in which one sink is called, and so may take as long as it likes. It touches its
 * source, its sink and the buffer of its thread, and nothing else of the pump.
 */
interface SinkCall {
  /** A call that tells a sink something, and {@code settle} for the leader. */
  static SinkCall telling(OutputSink sink, String whose, Runnable tell, Runnable settle) {
    return new SinkCall() {
      @Override
      public OutputSink sink() {
        return sink;
      }

      @Override
      public String whose() {
        return whose;
      }

      @Override
      public void run(ReadBuffer buffer) {
        tell.run();
      }

      @Override
      public void settle() {
        settle.run();
      }
    };
  }

  /** Who is called. */
  OutputSink sink();

  /** The child, or what else a reader of the log knows the sink by. */
  String whose();

  /** The work itself; may block. */
  void run(ReadBuffer buffer);

  /** What the leader does afterwards, whichever thread has done the work. */
  void settle();

  /** Whether it reads the source with this id, whose descriptor is to stay open for it. */
  default boolean reads(long id) {
    return false;
  }

  /** It goes on without the lead, or waits for one that does; on the new leader. */
  default void leftBehind() {}

  /** The child and the sink, for the log. */
  default String describe() {
    return whose() + ": output sink " + sink().getClass().getName();
  }
}
