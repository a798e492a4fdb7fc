package org.jsupervisor.core.internal.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.core.internal.probe.LineSearch;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.process.Incarnation;

/**
 * A sink in the hands of one child. A platform sees another object for each child and each
 * definition, so an embedder that gives one sink to two children, or again after it was closed,
 * harms its output and nothing else.
 *
 * <p>What goes through it can be searched for a line. When that is found, or nothing is searched,
 * it only passes on.
 */
final class ChildSink implements OutputSink {
  private final OutputSink sink;
  private final Consumer<Incarnation> ready;

  /** Set by the engine before the run that it is about is launched; taken by the output thread. */
  private volatile @Nullable Search search;

  /** What a run is searched for; the search itself belongs to the output thread. */
  private record Search(Incarnation run, LineSearch line) {}

  ChildSink(OutputSink sink, Consumer<Incarnation> ready) {
    this.sink = sink;
    this.ready = ready;
  }

  /** This run, which is about to be launched, is ready when it writes such a line. */
  void search(Incarnation run, LineSearch line) {
    search = new Search(run, line);
  }

  @Override
  public void accept(OutputSource source, ByteBuffer bytes) throws IOException {
    Search now = search;
    if (now == null || !now.run.equals(source.incarnation()) || now.line.isOver()) {
      sink.accept(source, bytes);
      return;
    }
    // A view of its own: whatever the sink leaves of the bytes, or throws, the line was written.
    ByteBuffer seen = bytes.duplicate();
    try {
      sink.accept(source, bytes);
    } finally {
      if (now.line.finds(seen)) {
        ready.accept(now.run);
      }
    }
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
