package org.jsupervisor.platform;

import org.jsupervisor.output.OutputSink;

/** Where a launched child's stdout and stderr are connected to. */
public sealed interface OutputTarget {
  /** {@code /dev/null}. */
  record Null() implements OutputTarget {}

  /**
   * One pipe for both, read by the platform's output threads.
   *
   * @param sink takes the bytes; the same object for all runs of a child
   */
  record Piped(OutputSink sink) implements OutputTarget {}
}
