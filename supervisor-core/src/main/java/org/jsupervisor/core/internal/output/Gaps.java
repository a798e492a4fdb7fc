package org.jsupervisor.core.internal.output;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jsupervisor.output.OutputSource;

/** What was dropped at one place, a gap for each source: so they stay few. Not thread-safe. */
final class Gaps {
  private final Map<OutputSource, Long> lost = new LinkedHashMap<>();

  void add(OutputSource source, long bytes) {
    lost.merge(source, bytes, Long::sum);
  }

  boolean isEmpty() {
    return lost.isEmpty();
  }

  /** Takes one out. */
  Optional<Piece.Gap> next() {
    var first = lost.entrySet().iterator();
    if (!first.hasNext()) {
      return Optional.empty();
    }
    var entry = first.next();
    Piece.Gap gap = new Piece.Gap(entry.getKey(), entry.getValue());
    first.remove();
    return Optional.of(gap);
  }

  void clear() {
    lost.clear();
  }
}
