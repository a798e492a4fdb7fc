package org.jsupervisor.posix.internal.io;

import java.util.regex.Pattern;

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

  // The same that Notice does not let through: what ends a line, turns its direction, or is half a
  // character. That one shows what a child has said as it was said, and so escapes and cuts; a text
  // of ours keeps its end.
  private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");

  private OneLine() {}

  /** The text with {@code ?} for what is unfit; of a long one its beginning and its end. */
  public static String of(String text) {
    String bounded = text;
    if (text.length() > CHARACTERS_MAX) {
      int beginCharacters = CHARACTERS_MAX - CUT.length() - END_CHARACTERS;
      bounded =
          text.substring(0, beginCharacters) + CUT + text.substring(text.length() - END_CHARACTERS);
    }
    return UNFIT.matcher(bounded).replaceAll("?");
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
