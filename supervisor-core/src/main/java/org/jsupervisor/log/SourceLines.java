package org.jsupervisor.log;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jsupervisor.output.OutputSource;

/**
 * The unfinished lines of the sources of a sink. A source that ends leaves; but grandchildren of
 * old runs may keep theirs for ever, so there are only so many. Not thread-safe.
 */
final class SourceLines {
  /** How many sources may be in the middle of a line. */
  static final int SOURCES_MAX = 4;

  private final Map<OutputSource, LineBuffer> lines = new LinkedHashMap<>();
  private final int lineBytesMax;

  SourceLines(int lineBytesMax) {
    this.lineBytesMax = lineBytesMax;
  }

  /** The line that the source is in, or begins; {@link #settle} is to be called afterwards. */
  LineBuffer of(OutputSource source) {
    return lines.computeIfAbsent(source, unused -> new LineBuffer(lineBytesMax));
  }

  /**
   * Forgets the line if it is empty. Another source that has to leave, since there are too many.
   */
  Optional<OutputSource> settle(OutputSource source) {
    if (of(source).isEmpty()) {
      lines.remove(source);
    }
    return lines.size() > SOURCES_MAX
        ? Optional.of(lines.keySet().iterator().next())
        : Optional.empty();
  }

  /** The line of a source that leaves, if it is in one. */
  Optional<LineBuffer> remove(OutputSource source) {
    return Optional.ofNullable(lines.remove(source));
  }

  /** All unfinished lines, those that began first before the others. */
  Map<OutputSource, LineBuffer> all() {
    return lines;
  }
}
