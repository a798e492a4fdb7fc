package org.jsupervisor.definition.supervisord;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The value of {@code environment}: {@code KEY="val",KEY2='a b',KEY3=c}. As supervisord, by the
 * tokens of Python's {@code shlex} without its POSIX rules: a value is quoted as a whole, there is
 * no escape, and all quotes at its ends are taken away. What supervisord would pass over in silence
 * is refused: another separator than a comma, and what looks like a comment.
 */
final class EnvironmentText {
  private static final String WORD_MORE = "_/.+-():";

  private final String text;
  private int next;

  private EnvironmentText(String text) {
    this.text = text;
  }

  /**
   * The variables in their order; the later of two with one name holds.
   *
   * @throws IllegalArgumentException with the rule; values are not shown, as they may be secrets
   */
  static Map<String, String> parse(String text) {
    List<String> tokens = new EnvironmentText(text).tokens();
    Map<String, String> variables = new LinkedHashMap<>();
    for (int i = 0; i < tokens.size(); i += 4) {
      boolean complete = i + 2 < tokens.size() && tokens.get(i + 1).equals("=");
      boolean parted = i + 3 >= tokens.size() || tokens.get(i + 3).equals(",");
      if (!complete || !parted) {
        throw new IllegalArgumentException(
            "environment: must be KEY=VALUE with commas between; values of other signs than"
                + " letters, digits and _/.+-(): must be quoted");
      }
      variables.put(tokens.get(i), stripped(tokens.get(i + 2)));
    }
    return variables;
  }

  private static String stripped(String token) {
    int from = 0;
    int to = token.length();
    while (from < to && isQuote(token.charAt(from))) {
      from++;
    }
    while (to > from && isQuote(token.charAt(to - 1))) {
      to--;
    }
    return token.substring(from, to);
  }

  private List<String> tokens() {
    List<String> tokens = new ArrayList<>();
    while (next < text.length()) {
      char c = text.charAt(next);
      if (" \t\r\n".indexOf(c) >= 0) {
        next++;
      } else if (c == '#') {
        throw new IllegalArgumentException("environment: must have # in quotes only");
      } else if (isQuote(c)) {
        tokens.add(quoted(c));
      } else {
        tokens.add(isWord(c) ? word() : text.substring(next, ++next));
      }
    }
    return tokens;
  }

  private String quoted(char quote) {
    int end = text.indexOf(quote, next + 1);
    if (end < 0) {
      throw new IllegalArgumentException("environment: must close what is quoted by " + quote);
    }
    String token = text.substring(next, end + 1);
    next = end + 1;
    return token;
  }

  private String word() {
    int from = next;
    while (next < text.length() && (isWord(text.charAt(next)) || isQuote(text.charAt(next)))) {
      next++;
    }
    return text.substring(from, next);
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  private static boolean isWord(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || WORD_MORE.indexOf(c) >= 0;
  }
}
