package org.jsupervisor.definition.own.text;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.configuration2.PropertiesConfiguration.PropertiesReader;
import org.apache.commons.configuration2.ex.ConfigurationRuntimeException;
import org.jsupervisor.definition.Findings;

/**
 * Text to entries with their line, by the reader of Commons Configuration.
 *
 * <p>Its reader is used by itself, without the configuration around it: so there is no
 * interpolation (which would read files and variables of the host), no {@code include}, and no
 * splitting at commas; and every occurrence of a key keeps its place and its line. What the reader
 * would repair in silence is refused: a file that ends within a line, an incomplete escape.
 */
final class PropertiesText {
  static final Pattern LINE_END = Pattern.compile("\r\n|\n|\r");
  private static final Pattern INCOMPLETE_ESCAPE =
      Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\\\u(?![0-9A-Fa-f]{4})");
  private static final Pattern CONTINUED = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\\\\\s*$");

  private final String file;
  private final Findings findings;

  /** Reports under the name of this file. */
  PropertiesText(String file, Findings findings) {
    this.file = file;
    this.findings = findings;
  }

  /**
   * All entries in the order of the file; fewer, and problems, if something is wrong.
   *
   * @param firstLine the number of the first line of this text
   */
  List<Node> parse(String text, int firstLine) {
    List<String> lines = List.of(LINE_END.split(text, -1));
    checkText(text, lines, firstLine);
    List<Node> entries = new ArrayList<>();
    PropertiesReader reader = new PropertiesReader(new StringReader(text));
    boolean more = true;
    while (more) {
      int line = nextEntryLine(lines, reader.getLineNumber());
      try {
        more = reader.nextProperty();
        if (more) {
          entries.add(
              Node.leaf(reader.getPropertyName(), line + firstLine, reader.getPropertyValue()));
        }
      } catch (ConfigurationRuntimeException badEscape) {
        // Told by checkText, with its own line.
        more = true;
      } catch (IOException e) {
        findings.problem(file, "", "cannot be read: " + e);
        more = false;
      }
    }
    return entries;
  }

  private void checkText(String text, List<String> lines, int firstLine) {
    if (text.isEmpty()) {
      return;
    }
    if (!lines.get(lines.size() - 1).isEmpty()) {
      problem(lines.size() - 1 + firstLine, "must end with a newline: it may be half written");
    }
    for (int i = 0; i < lines.size(); i++) {
      if (!isCommentOrBlank(lines.get(i)) && INCOMPLETE_ESCAPE.matcher(lines.get(i)).find()) {
        problem(i + firstLine, "\\u must be followed by four hex digits");
      }
    }
    int last = lines.size() - 1;
    while (last > 0 && isCommentOrBlank(lines.get(last))) {
      last--;
    }
    if (!isCommentOrBlank(lines.get(last)) && CONTINUED.matcher(lines.get(last)).find()) {
      problem(last + firstLine, "must be continued: it ends with a backslash");
    }
  }

  private void problem(int line, String rule) {
    findings.problem(file + ":" + line, "", rule);
  }

  private static int nextEntryLine(List<String> lines, int linesRead) {
    int next = linesRead;
    while (next < lines.size() && isCommentOrBlank(lines.get(next))) {
      next++;
    }
    return next;
  }

  private static boolean isCommentOrBlank(String line) {
    String text = line.strip();
    return text.isEmpty() || text.charAt(0) == '#' || text.charAt(0) == '!';
  }
}
