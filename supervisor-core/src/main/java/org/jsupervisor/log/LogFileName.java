package org.jsupervisor.log;

import java.util.Comparator;
import java.util.Optional;

/**
 * The name of a file of a log directory that holds lines, of whatever logger: {@code @<TAI64N>.s}
 * and {@code .u}, perhaps with {@code .gz}, {@code previous} (while s6-log or multilog rotates),
 * and {@code current}. Ordered by age, the oldest first.
 *
 * @param text the name
 * @param label the part that stays when the file is compressed or found to be safe
 */
record LogFileName(String text, String label) implements Comparable<LogFileName> {
  static final LogFileName CURRENT = new LogFileName(CurrentFile.NAME, CurrentFile.NAME);
  static final LogFileName PREVIOUS = new LogFileName("previous", "previous");

  private static final String COMPRESSED = ".gz";

  // Of two with one label the one that is not compressed comes first: it is whole.
  private static final Comparator<LogFileName> BY_AGE =
      Comparator.comparingInt(LogFileName::rank)
          .thenComparing(LogFileName::label)
          .thenComparing(name -> name.text().endsWith(COMPRESSED))
          .thenComparing(LogFileName::text);

  /** The name, if a file with it holds lines. */
  static Optional<LogFileName> of(String text) {
    if (text.equals(CURRENT.text())) {
      return Optional.of(CURRENT);
    } else if (text.equals(PREVIOUS.text())) {
      return Optional.of(PREVIOUS);
    }
    String plain = withoutCompression(text);
    if (!plain.endsWith(OldName.SAFE) && !plain.endsWith(OldName.UNSAFE)) {
      return Optional.empty();
    }
    String label = plain.substring(0, plain.length() - OldName.SAFE.length());
    return Tai64n.parse(label).map(unused -> new LogFileName(text, label));
  }

  private static String withoutCompression(String text) {
    return text.endsWith(COMPRESSED)
        ? text.substring(0, text.length() - COMPRESSED.length())
        : text;
  }

  /** Whether it is a rotated file, which keeps its label and its bytes. */
  boolean isRotated() {
    return rank() == 0;
  }

  /** When it was rotated, by the clock of the logger. */
  Optional<Tai64n> rotatedAt() {
    return Tai64n.parse(label);
  }

  /** Whether its last line is over, even without a newline: its logger did not get to its end. */
  boolean endsLine() {
    return withoutCompression(text).endsWith(OldName.UNSAFE);
  }

  private int rank() {
    return equals(CURRENT) ? 2 : equals(PREVIOUS) ? 1 : 0;
  }

  @Override
  public int compareTo(LogFileName other) {
    return BY_AGE.compare(this, other);
  }
}
