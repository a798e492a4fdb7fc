package org.jsupervisor.core.internal.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.core.internal.probe.LineSearch;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.spec.Probe;

/**
 * A sink in the hands of one child. A platform sees another object for each child and each
 * definition, so an embedder that gives one sink to two children, or again after it was closed,
 * harms its output and nothing else.
 *
 * <p>What goes through it can be searched for a line. When that is found, or nothing is searched,
 * it only passes on.
 */
public final class ChildSink extends ForwardingSink {
  private final Consumer<Incarnation> ready;

  /** Set by the engine before the run that it is about is launched; taken by the output thread. */
  private volatile @Nullable Search search;

  /** Tells {@code ready} of runs that have written the line for it; on an output thread. */
  public ChildSink(OutputSink sink, Consumer<Incarnation> ready) {
    super(sink);
    this.ready = ready;
  }

  /** This run, which is about to be launched, is ready when it writes such a line. */
  public void search(Incarnation run, Probe.LogLine line) {
    search = new Search(run, line);
  }

  @Override
  public void accept(OutputSource source, ByteBuffer bytes) throws IOException {
    Search now = search;
    if (now == null || !now.looksAt(source)) {
      super.accept(source, bytes);
      return;
    }
    ByteBuffer seen = bytes.duplicate();
    try {
      super.accept(source, bytes);
    } catch (IOException e) {
      if (onFailure(source) == OnFailure.OFFER_AGAIN) {
        seen.limit(bytes.position());
      }
      throw e;
    } finally {
      // Whatever a sink leaves of the bytes for good, the line was written.
      if (now.finds(source, seen)) {
        ready.accept(now.run);
      }
    }
  }

  /** What a run is searched for, each stream by itself; belongs to the output thread. */
  private static final class Search {
    private final Incarnation run;
    private final Probe.LogLine wanted;
    private final Map<OutputSource.Stream, LineSearch> lines =
        new EnumMap<>(OutputSource.Stream.class);
    private boolean found;

    Search(Incarnation run, Probe.LogLine wanted) {
      this.run = run;
      this.wanted = wanted;
    }

    boolean looksAt(OutputSource source) {
      return !found && run.equals(source.incarnation());
    }

    boolean finds(OutputSource source, ByteBuffer bytes) {
      found = lines.computeIfAbsent(source.stream(), stream -> new LineSearch(wanted)).finds(bytes);
      return found;
    }
  }
}
