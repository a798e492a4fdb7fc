package org.jsupervisor;

import java.util.OptionalLong;

/**
 * Who asks for an operation, and why: for the events and the log. It may also say on which view of
 * the child that was decided, so that an operation that was decided on an old one is refused.
 *
 * <p>Both texts are one line: they go into log lines, also when they come from a remote operator.
 *
 * @param asker who asks, for instance {@code api} or {@code jmx:admin}; at most {@value
 *     #ASKER_LENGTH_MAX} characters
 * @param reason why, one phrase for people; at most {@value #REASON_LENGTH_MAX} characters
 * @param generation the {@link org.jsupervisor.snapshot.ChildSnapshot#generation generation} of the
 *     child that the asker has seen; empty: whatever it is
 */
public record Request(String asker, String reason, OptionalLong generation) {
  /** The longest name of an asker. */
  public static final int ASKER_LENGTH_MAX = 64;

  /** The longest reason. */
  public static final int REASON_LENGTH_MAX = 200;

  /** What the operations without a request stand for: asker {@code api}, and no reason. */
  public static final Request UNNAMED = of("api", "no reason given");

  /**
   * Checks the texts.
   *
   * @throws IllegalArgumentException if a text is blank, too long, or has a character that is none
   *     of one line of text (control and format characters, line separators, broken surrogates), or
   *     if the generation is not positive
   */
  public Request {
    check("asker", asker, ASKER_LENGTH_MAX);
    check("reason", reason, REASON_LENGTH_MAX);
    if (generation.isPresent() && generation.getAsLong() < 1) {
      throw new IllegalArgumentException(
          "generation must be at least 1, was " + generation.getAsLong());
    }
  }

  /** A request on whatever the child is by then. */
  public static Request of(String asker, String reason) {
    return new Request(asker, reason, OptionalLong.empty());
  }

  /** The same, refused with {@code STALE} if the child has another generation by then. */
  public Request expecting(long seen) {
    return new Request(asker, reason, OptionalLong.of(seen));
  }

  /** As events and the log have it: {@code asked by jmx:admin: deploy}. */
  public String phrase() {
    return "asked by " + asker + ": " + reason;
  }

  private static void check(String name, String text, int most) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(name + " must not be blank");
    }
    if (text.length() > most) {
      throw new IllegalArgumentException(
          name + " must have at most " + most + " characters, had " + text.length());
    }
    int bad = text.codePoints().filter(Request::isNoText).findFirst().orElse(-1);
    if (bad >= 0) {
      // Named by its number: the message may itself end up in a log.
      throw new IllegalArgumentException(
          String.format("%s must be one line without control characters, had U+%04X", name, bad));
    }
  }

  private static boolean isNoText(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.SURROGATE;
  }
}
