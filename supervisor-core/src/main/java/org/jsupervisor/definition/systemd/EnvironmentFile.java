package org.jsupervisor.definition.systemd;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jsupervisor.definition.DefinitionText.Line;
import org.jsupervisor.definition.Findings;

/**
 * The file that {@code EnvironmentFile} names: {@code NAME=VALUE}, by systemd's rules for a value
 * in one line. Values may be secrets, so no problem shows one.
 */
final class EnvironmentFile {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** What a backslash escapes within double quotes. */
  private static final String ESCAPED = "\"\\`$";

  private final Findings findings;
  private final Map<String, String> variables = new LinkedHashMap<>();

  private EnvironmentFile(Findings findings) {
    this.findings = findings;
  }

  /** The variables in their order; the later of two with one name holds. */
  static Map<String, String> read(List<Line> lines, Findings findings) {
    EnvironmentFile file = new EnvironmentFile(findings);
    lines.forEach(file::add);
    return file.variables;
  }

  private void add(Line line) {
    String text = line.text().strip();
    if (text.isEmpty() || text.startsWith("#") || text.startsWith(";")) {
      return;
    }
    int equals = text.indexOf('=');
    if (equals < 0) {
      findings.note(line.place(), "", "is ignored, as by systemd: it has no =");
      return;
    }
    String name = text.substring(0, equals).strip();
    if (!NAME.matcher(name).matches()) {
      findings.problem(line.place(), "", "must have a name of letters, digits and _");
      return;
    }
    findings
        .attempt(line.place(name), "", () -> value(text.substring(equals + 1).strip()))
        .ifPresent(value -> variables.put(name, value));
  }

  /** Quotes count at its beginning, and directly behind each other; later they are themselves. */
  private static String value(String text) {
    StringBuilder value = new StringBuilder();
    int next = 0;
    while (next < text.length() && (text.charAt(next) == '"' || text.charAt(next) == '\'')) {
      next = quoted(text, next, value);
    }
    if (next > 0 && next < text.length()) {
      throw new IllegalArgumentException("value: must have nothing behind what is quoted");
    }
    while (next < text.length()) {
      char c = text.charAt(next++);
      if (c == '\\') {
        if (next == text.length()) {
          throw new IllegalArgumentException("value: must end in its line");
        }
        c = text.charAt(next++);
      }
      value.append(c);
    }
    return value.toString();
  }

  private static int quoted(String text, int from, StringBuilder value) {
    char quote = text.charAt(from);
    int next = from + 1;
    while (next < text.length() && text.charAt(next) != quote) {
      char c = text.charAt(next++);
      boolean escapes = c == '\\' && quote == '"' && next < text.length();
      if (escapes && ESCAPED.indexOf(text.charAt(next)) >= 0) {
        c = text.charAt(next++);
      }
      value.append(c);
    }
    if (next == text.length()) {
      throw new IllegalArgumentException(
          "value: must close what is quoted by " + quote + " in its line");
    }
    return next + 1;
  }
}
