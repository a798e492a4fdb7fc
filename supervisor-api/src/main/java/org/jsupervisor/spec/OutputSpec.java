package org.jsupervisor.spec;

import java.nio.file.Path;
import org.jsupervisor.output.OutputSink;

/** Where a child's stdout and stderr go; both share one pipe, so their order is kept. */
public sealed interface OutputSpec {
  /** To {@code /dev/null}: the child has no pipe at all (the default). */
  record Discarded() implements OutputSpec {}

  /**
   * Into a log directory. Lossless: when the disk is slow, the child waits.
   *
   * @param log which directory, and its limits
   */
  record Logged(LogSpec log) implements OutputSpec {}

  /**
   * To a sink of the embedder's.
   *
   * @param sink belongs to this child only; closed by the supervisor when the child is removed or
   *     the tree has stopped
   */
  record Custom(OutputSink sink) implements OutputSpec {}

  /** To {@code /dev/null}. */
  static OutputSpec discarded() {
    return new Discarded();
  }

  /** Into a log directory. */
  static OutputSpec logged(LogSpec log) {
    return new Logged(log);
  }

  /** Into a log directory with the defaults of {@link LogSpec#of}. */
  static OutputSpec logged(Path directory) {
    return new Logged(LogSpec.of(directory));
  }

  /** To a sink of the embedder's. */
  static OutputSpec to(OutputSink sink) {
    return new Custom(sink);
  }
}
