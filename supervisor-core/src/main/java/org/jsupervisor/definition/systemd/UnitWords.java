package org.jsupervisor.definition.systemd;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits a value into words by systemd's quoting rules: at blanks that are not quoted; {@code '}
 * and {@code "} quote, within a word too; C's escapes hold in and outside of quotes, and {@code \s}
 * is a blank. An escape that there is not stays as it is written, as systemd leaves it.
 */
final class UnitWords {
  /**
   * A word.
   *
   * @param text what it says
   * @param written as it stands in the value, with its quotes
   * @param hasUnknownEscape whether a backslash stayed in it
   */
  record Word(String text, String written, boolean hasUnknownEscape) {}

  private static final Pattern ESCAPE =
      Pattern.compile(
          "\\\\(?:([abfnrtvs\\\\\"'])|x([0-9A-Fa-f]{2})|([0-3][0-7]{2})|u([0-9A-Fa-f]{4})"
              + "|U([0-9A-Fa-f]{8}))");
  private static final String LETTERS = "abfnrtvs\\\"'";
  private static final String MEANINGS = "\u0007\b\f\n\r\t\u000b \\\"'";

  private final String text;
  private final List<Word> words = new ArrayList<>();
  private int next;

  private UnitWords(String text) {
    this.text = text;
  }

  /**
   * The words in their order; none if it is blank.
   *
   * @throws IllegalArgumentException if a quotation is not closed, or an escape makes no character;
   *     the text is not in the message, as it may hold secrets
   */
  static List<Word> split(String text) {
    return new UnitWords(text).split();
  }

  /**
   * The words of a variable that stands as a word in a command. Quotes are as above, but a
   * backslash takes the next character as it is, and nothing is wrong: a quotation ends with the
   * text, and so does what nothing follows.
   */
  static List<String> ofVariable(String value) {
    return new UnitWords(value).ofVariable();
  }

  private List<String> ofVariable() {
    List<String> found = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (; next < text.length(); next++) {
      char c = text.charAt(next);
      if (quote == 0 && isBlank(c)) {
        if (inWord) {
          found.add(word.toString());
        }
        word.setLength(0);
        inWord = false;
      } else {
        inWord = true;
        if (c == '\\') {
          next++;
          word.append(next < text.length() ? text.substring(next, next + 1) : "");
        } else if (quote == 0 && (c == '"' || c == '\'')) {
          quote = c;
        } else if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      }
    }
    if (inWord) {
      found.add(word.toString());
    }
    return found;
  }

  private List<Word> split() {
    while (true) {
      while (next < text.length() && isBlank(text.charAt(next))) {
        next++;
      }
      if (next == text.length()) {
        return List.copyOf(words);
      }
      words.add(word());
    }
  }

  private Word word() {
    StringBuilder word = new StringBuilder();
    int from = next;
    char quote = 0;
    boolean unknown = false;
    while (next < text.length() && (quote != 0 || !isBlank(text.charAt(next)))) {
      char c = text.charAt(next);
      if (c == '\\') {
        Optional<String> escape = escape();
        unknown |= escape.isEmpty();
        word.append(escape.orElse("\\"));
      } else {
        next++;
        if (c == quote) {
          quote = 0;
        } else if (quote == 0 && (c == '"' || c == '\'')) {
          quote = c;
        } else {
          word.append(c);
        }
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException("value: must close what is quoted by " + quote);
    }
    return new Word(word.toString(), text.substring(from, next), unknown);
  }

  /** The characters that an escape means; empty, with only the backslash taken, if it is none. */
  private Optional<String> escape() {
    Matcher escape = ESCAPE.matcher(text).region(next, text.length());
    if (!escape.lookingAt()) {
      next++;
      return Optional.empty();
    }
    next = escape.end();
    if (escape.group(1) != null) {
      return Optional.of(String.valueOf(MEANINGS.charAt(LETTERS.indexOf(escape.group(1)))));
    }
    int code =
        escape.group(3) != null
            ? Integer.parseInt(escape.group(3), 8)
            : Integer.parseUnsignedInt(hex(escape), 16);
    boolean isByte = escape.group(2) != null || escape.group(3) != null;
    if (code <= 0 || (isByte && code > 0x7f) || !Character.isValidCodePoint(code)) {
      throw new IllegalArgumentException(
          "value: must have escapes that make a character, and above 127 as \\u");
    }
    return Optional.of(Character.toString(code));
  }

  private static String hex(Matcher escape) {
    for (int group : new int[] {2, 4, 5}) {
      if (escape.group(group) != null) {
        return escape.group(group);
      }
    }
    throw new IllegalStateException("an escape without digits");
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }
}
