package org.jsupervisor.process;

/**
 * Something that a process has said of itself, on its notification socket. Immutable.
 *
 * @param kind what it is about
 * @param text one line for people: at most {@value #TEXT_CHARACTERS_MAX} characters, none of them a
 *     control character
 */
public record Notice(Kind kind, String text) {
  /** The longest text. */
  public static final int TEXT_CHARACTERS_MAX = 500;

  /** What a notice is about. */
  public enum Kind {
    /** How it is: {@code STATUS=}. */
    STATUS,
    /** It reads its configuration again: {@code RELOADING=1}. */
    RELOADING,
    /** It is about to end: {@code STOPPING=1}. By itself that is no failure. */
    STOPPING,
    /** The process that does the work, of the session of the run: {@code MAINPID=}. */
    MAIN_PID,
    /** Something that was not believed, or cannot be done; the text says what and why. */
    REFUSED
  }

  /**
   * Checks the text.
   *
   * @throws IllegalArgumentException if it is too long, or has control characters
   */
  public Notice {
    if (text.length() > TEXT_CHARACTERS_MAX || text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "notice: text must be at most "
              + TEXT_CHARACTERS_MAX
              + " characters without control characters, has "
              + text.length());
    }
  }

  /** A notice with any text: what is too long is cut, control characters become {@code \\xNN}. */
  public static Notice of(Kind kind, String text) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), TEXT_CHARACTERS_MAX));
    for (int at = 0; at < text.length(); ) {
      int character = text.codePointAt(at);
      at += Character.charCount(character);
      String piece =
          isFit(character)
              ? Character.toString(character)
              : character <= 0xFF ? String.format("\\x%02x", character) : "?";
      if (line.length() + piece.length() > TEXT_CHARACTERS_MAX) {
        break;
      }
      line.append(piece);
    }
    return new Notice(kind, line.toString());
  }

  /** Neither what ends a line, nor what turns its direction, nor half a character. */
  private static boolean isFit(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }

  /** For example {@code status: serving 3 clients}. */
  public String describe() {
    String about =
        switch (kind) {
          case STATUS -> "status";
          case RELOADING -> "reloading";
          case STOPPING -> "stopping";
          case MAIN_PID -> "main process";
          case REFUSED -> "refused";
        };
    return text.isEmpty() ? about : about + ": " + text;
  }
}
