package org.jsupervisor.posix.internal.io;

/**
 * Text of strangers (names in definitions and files, exceptions of sinks) made fit for a report and
 * for a log: it cannot break or fake a line, and it is bounded.
 */
public final class OneLine {
  /** The longest text, in characters. */
  public static final int CHARACTERS_MAX = 500;

  private static final String CUT = " ... ";
  // Texts of ours that name a thing end with the rule, which is what must not be lost.
  private static final int END_CHARACTERS = 150;

  private OneLine() {}

  /** The text without control characters; of a long one its beginning and its end. */
  public static String of(String text) {
    String bounded = text;
    if (text.length() > CHARACTERS_MAX) {
      int beginCharacters = CHARACTERS_MAX - CUT.length() - END_CHARACTERS;
      bounded =
          text.substring(0, beginCharacters) + CUT + text.substring(text.length() - END_CHARACTERS);
    }
    return bounded.replaceAll("\\p{Cntrl}", "?");
  }

  /** What has been thrown. Does not throw itself, whatever the exception's own code does. */
  public static String describe(Throwable thrown) {
    try {
      return of(thrown.toString());
    } catch (Throwable second) {
      return thrown.getClass().getName() + " (its own text cannot be had)";
    }
  }
}
