package org.jsupervisor.definition;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a command line into words by the quoting rules of the POSIX shell, and nothing else of it:
 * no variables, patterns, operators or comments. As Python's {@code shlex.split}.
 *
 * <p>Words end at blanks, tabs and line breaks. A backslash takes the next character as it is;
 * within double quotes only {@code "} and the backslash itself. Within single quotes nothing is
 * special. Quoted and unquoted parts side by side are one word.
 */
public final class ShellWords {
  private static final String BLANKS = " \t\r\n";

  private final String text;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private int next;

  private ShellWords(String text) {
    this.text = text;
  }

  /**
   * The words of this line, in their order; none if it is blank.
   *
   * @throws IllegalArgumentException if a quotation is not closed, or nothing follows a backslash;
   *     the text is not in the message, as it may hold secrets
   */
  public static List<String> split(String text) {
    return new ShellWords(text).split();
  }

  private List<String> split() {
    while (next < text.length()) {
      char c = text.charAt(next++);
      if (BLANKS.indexOf(c) >= 0) {
        endWord();
      } else if (c == '\'' || c == '"') {
        quoted(c);
      } else {
        add(c == '\\' ? escaped() : c);
      }
    }
    endWord();
    return List.copyOf(words);
  }

  private void quoted(char quote) {
    inWord = true;
    while (next < text.length()) {
      char c = text.charAt(next++);
      if (c == quote) {
        return;
      }
      boolean escapes = c == '\\' && quote == '"' && next < text.length();
      if (escapes && (text.charAt(next) == '"' || text.charAt(next) == '\\')) {
        word.append(text.charAt(next++));
      } else {
        word.append(c);
      }
    }
    throw new IllegalArgumentException("command line: must close what is quoted by " + quote);
  }

  private char escaped() {
    if (next == text.length()) {
      throw new IllegalArgumentException("command line: must not end with a backslash");
    }
    return text.charAt(next++);
  }

  private void add(char c) {
    inWord = true;
    word.append(c);
  }

  private void endWord() {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
      inWord = false;
    }
  }
}
