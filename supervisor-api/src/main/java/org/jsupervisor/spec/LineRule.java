package org.jsupervisor.spec;

import java.nio.charset.StandardCharsets;

/**
 * One step of deciding which lines are kept: of the rules whose pattern matches, the last one
 * decides; a line that none matches is kept. Immutable.
 *
 * <p>The pattern is matched against the whole of the line, without its newline; of a longer line
 * against its first {@value #DECIDING_BYTES} bytes. In it {@code *} stands for any bytes, also
 * none; each other character for itself, in UTF-8. Matching takes at most the product of both
 * lengths, whatever the line is.
 *
 * @param action what becomes of the line
 * @param pattern which lines it is about; at most {@value #PATTERN_BYTES_MAX} bytes in UTF-8
 */
public record LineRule(Action action, String pattern) {
  /** How many bytes of a line decide. */
  public static final int DECIDING_BYTES = 1000;

  /** The length of a pattern. */
  public static final int PATTERN_BYTES_MAX = 256;

  /** What becomes of a line. */
  public enum Action {
    /** It is kept. */
    SELECT,
    /** It is dropped, and does not count as lost. */
    DESELECT
  }

  /**
   * Checks the pattern.
   *
   * @throws InvalidSpecException if it is too long, or has a newline and so could never match
   */
  public LineRule {
    Problems problems = new Problems();
    int length = pattern.getBytes(StandardCharsets.UTF_8).length;
    if (length > PATTERN_BYTES_MAX) {
      problems.add(
          "log: pattern", pattern, "must have at most " + PATTERN_BYTES_MAX + " bytes in UTF-8");
    }
    if (pattern.indexOf('\n') >= 0) {
      problems.add("log: pattern", pattern, "must not contain a newline");
    }
    problems.throwIfAny();
  }

  /** Lines that match are kept. */
  public static LineRule select(String pattern) {
    return new LineRule(Action.SELECT, pattern);
  }

  /** Lines that match are dropped. */
  public static LineRule deselect(String pattern) {
    return new LineRule(Action.DESELECT, pattern);
  }
}
