package org.jsupervisor.definition;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.configuration2.PropertiesConfiguration.PropertiesReader;
import org.apache.commons.configuration2.ex.ConfigurationRuntimeException;

/**
 * The only class that knows Apache Commons Configuration: bytes to entries with their line.
 *
 * <p>Its reader is used by itself, without the configuration around it: so there is no
 * interpolation (which would read files and variables of the host), no {@code include}, and no
 * splitting at commas; and every occurrence of a key keeps its place and its line. What the reader
 * would repair in silence is refused: bytes that are no UTF-8, a file that ends within a line, an
 * incomplete escape.
 */
final class PropertiesText {
  /**
   * One entry of the file.
   *
   * @param line where it begins, from 1
   */
  record Entry(int line, String key, String value) {}

  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final Pattern LINE_END = Pattern.compile("\r\n|\n|\r");
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
   * All entries in the order of the file; fewer, and problems, if something is wrong; empty, and a
   * problem, if it is no text at all.
   */
  Optional<List<Entry>> parse(byte[] content) {
    return DefinitionText.decode(file, content, findings).map(this::parse);
  }

  private List<Entry> parse(String text) {
    List<String> lines = List.of(LINE_END.split(text, -1));
    checkText(text, lines);
    List<Entry> entries = new ArrayList<>();
    PropertiesReader reader = new PropertiesReader(new StringReader(text));
    boolean more = true;
    while (more) {
      int line = nextEntryLine(lines, reader.getLineNumber());
      try {
        more = reader.nextProperty();
        if (more) {
          entries.add(new Entry(line, reader.getPropertyName(), reader.getPropertyValue()));
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

  private void checkText(String text, List<String> lines) {
    if (text.isEmpty()) {
      return;
    }
    if (text.charAt(0) == BYTE_ORDER_MARK) {
      findings.problem(file + ":1", "", "must not begin with a byte order mark");
    }
    if (!lines.get(lines.size() - 1).isEmpty()) {
      findings.problem(
          file + ":" + lines.size(), "", "must end with a newline: it may be half written");
    }
    for (int i = 0; i < lines.size(); i++) {
      if (!isCommentOrBlank(lines.get(i)) && INCOMPLETE_ESCAPE.matcher(lines.get(i)).find()) {
        findings.problem(file + ":" + (i + 1), "", "\\u must be followed by four hex digits");
      }
    }
    int last = lines.size() - 1;
    while (last > 0 && isCommentOrBlank(lines.get(last))) {
      last--;
    }
    if (!isCommentOrBlank(lines.get(last)) && CONTINUED.matcher(lines.get(last)).find()) {
      findings.problem(file + ":" + (last + 1), "", "must be continued: it ends with a backslash");
    }
  }

  private static int nextEntryLine(List<String> lines, int linesRead) {
    int next = linesRead;
    while (next < lines.size() && isCommentOrBlank(lines.get(next))) {
      next++;
    }
    return next + 1;
  }

  private static boolean isCommentOrBlank(String line) {
    String text = line.strip();
    return text.isEmpty() || text.charAt(0) == '#' || text.charAt(0) == '!';
  }
}
