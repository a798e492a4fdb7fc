package org.jsupervisor.definition.svcdef;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsupervisor.definition.Findings;
import org.jsupervisor.definition.Setting;

/**
 * Makes words of a value as {@code sh} does of an unquoted {@code $VALUE}, without a shell. It is
 * split at blanks, tabs and newlines; quotes, backslashes, {@code $} and backquotes that come out
 * of a variable are ordinary characters, which may not be what their author meant, so it is told. A
 * pattern is replaced by the names of files that it matches; so one that could match any is
 * refused.
 */
final class Words {
  private static final Pattern BLANKS = Pattern.compile("[ \t\n]+");
  private static final String MARKS = "'\"\\`$;&|<>";
  private static final Pattern GLOB = Pattern.compile("\\*|\\?|\\[.*\\]");

  private final List<String> names;
  private final Findings findings;

  /** Words of a definition whose directory has these names, which a pattern could match. */
  Words(List<String> names, Findings findings) {
    this.names = List.copyOf(names);
    this.findings = findings;
  }

  /** The words of a value; none if it is empty. */
  List<String> of(Setting setting) {
    List<String> words =
        Stream.of(BLANKS.split(setting.text().orElse(""))).filter(word -> !word.isEmpty()).toList();
    tellMarks(setting, words);
    words.forEach(word -> judge(setting, word));
    return words;
  }

  private void tellMarks(Setting setting, List<String> words) {
    StringBuilder found = new StringBuilder();
    MARKS
        .chars()
        .filter(mark -> words.stream().anyMatch(word -> word.indexOf(mark) >= 0))
        .forEach(found::appendCodePoint);
    if (words.stream().anyMatch(word -> word.startsWith("~"))) {
      found.append('~');
    }
    if (found.length() > 0) {
      findings.note(
          setting.origin(),
          found.toString(),
          "is passed as it is: a value is split at blanks, and has no quotes or expansions");
    }
  }

  private void judge(Setting setting, String word) {
    if (word.endsWith("\r")) {
      findings.problem(setting.origin(), "", "a word must not end with a carriage return");
    }
    if (!GLOB.matcher(word).find()) {
      return;
    }
    if (word.indexOf('/') >= 0 || names.stream().anyMatch(name -> matches(word, name))) {
      findings.problem(
          setting.origin(),
          "",
          "must not have '*', '?' or '[' where sh would put the names of files instead");
    } else {
      findings.note(
          setting.origin(),
          "",
          "has '*', '?' or '[', which matches no file and is passed as it is");
    }
  }

  /** A bracket is taken for any character: what is matched by mistake is told, not executed. */
  private static boolean matches(String word, String name) {
    StringBuilder regex = new StringBuilder();
    int star = -1;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      int close = c == '[' ? word.indexOf(']', i + 1) : -1;
      if (close > 0) {
        i = close;
      }
      if (c == '*') {
        // What is between two stars is taken where it stands first, else many stars take for ever.
        if (star >= 0) {
          regex.insert(star, "(?>").append(')');
        }
        star = regex.length();
        regex.append(".*?");
      } else if (c == '?' || close > 0) {
        regex.append('.');
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.matches(regex.toString(), name);
  }
}
