package org.jsupervisor.definition.supervisord;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsupervisor.definition.DefinitionText.Line;
import org.jsupervisor.definition.Findings;

/**
 * Sections and options by the rules of Python's {@code RawConfigParser}, with the settings that
 * supervisord 4 gives it: {@code ;} and {@code #} begin a comment at the beginning of a line and
 * behind a blank, a line that is indented more than its option continues it, names of options are
 * lower-cased, {@code =} and {@code :} part a name from its value, a section that is there again
 * goes on, and the later of two options holds. Several files can be read one after the other. What
 * Python passes over in silence is told.
 */
final class IniText {
  /**
   * An option.
   *
   * @param line where it begins
   * @param key in small letters
   * @param value all its lines, without blanks around each
   */
  record Option(Line line, String key, String value) {
    String place() {
      return line.place(key);
    }

    /** The directory of the file that it stands in. */
    String here() {
      return String.valueOf(line.file().toAbsolutePath().normalize().getParent());
    }
  }

  /**
   * A section.
   *
   * @param line where it stands first
   * @param options by name, in their order
   */
  record Section(Line line, String name, Map<String, Option> options) {
    Optional<Option> option(String key) {
      return Optional.ofNullable(options.get(key));
    }
  }

  private static final Pattern HEADER = Pattern.compile("\\[([^\\]]+)\\](.*)");
  private static final String COMMENTS = ";#";
  private static final String NO_SECTION = "";

  private final Findings findings;
  private final Map<String, Section> sections = new LinkedHashMap<>();

  // Where the parser is, within one file.
  private String section = NO_SECTION;
  private Optional<Line> option = Optional.empty();
  private String key = "";
  private final List<String> value = new ArrayList<>();
  private int indent;

  IniText(Findings findings) {
    this.findings = findings;
  }

  /** All sections so far, in the order of their first lines. */
  List<Section> sections() {
    return List.copyOf(sections.values());
  }

  Optional<Section> section(String name) {
    return Optional.ofNullable(sections.get(name));
  }

  /** Reads one file. */
  void read(List<Line> lines) {
    section = NO_SECTION;
    option = Optional.empty();
    indent = 0;
    lines.forEach(this::read);
    endOption();
  }

  private void read(Line line) {
    String text = line.text();
    int comment = comment(text);
    String content = text.substring(0, comment).strip();
    if (content.isEmpty()) {
      if (comment == text.length()) {
        value.add("");
      }
      return;
    }
    int here = text.length() - text.stripLeading().length();
    if (option.isPresent() && here > indent) {
      value.add(content);
      return;
    }
    endOption();
    indent = here;
    Matcher header = HEADER.matcher(content);
    if (header.matches()) {
      begin(line, header.group(1), header.group(2));
    } else if (section.isEmpty()) {
      findings.problem(line.place(), "", "must be in a section: [NAME] must come before it");
    } else {
      beginOption(line, content);
    }
  }

  private void begin(Line line, String name, String behind) {
    if (!behind.isBlank()) {
      findings.problem(line.place("[" + name + "]"), "", "must have nothing behind ]");
    }
    section = name;
    sections.computeIfAbsent(name, any -> new Section(line, name, new LinkedHashMap<>()));
  }

  private void beginOption(Line line, String content) {
    int sign = sign(content);
    if (sign <= 0) {
      findings.problem(line.place(), "", "must be KEY=VALUE, [SECTION] or a comment");
      return;
    }
    key = content.substring(0, sign).strip().toLowerCase(Locale.ROOT);
    option = Optional.of(line);
    value.clear();
    value.add(content.substring(sign + 1).strip());
  }

  /** Where the first {@code =} or {@code :} is; negative if there is none. */
  private static int sign(String content) {
    int equals = content.indexOf('=');
    int colon = content.indexOf(':');
    return equals < 0 || colon < 0 ? Math.max(equals, colon) : Math.min(equals, colon);
  }

  private void endOption() {
    if (option.isEmpty()) {
      return;
    }
    Option found = new Option(option.get(), key, String.join("\n", value).stripTrailing());
    Section home = sections.get(section);
    Option before = home == null ? null : home.options().put(key, found);
    if (before != null) {
      findings.note(before.place(), "", "is replaced by " + found.line().place());
    }
    option = Optional.empty();
  }

  /**
   * Where the comment of the line begins; its length if it has none. Python looks for both signs in
   * turns and ends with the first turn that has found one; so it is done here, to the letter.
   */
  private static int comment(String text) {
    String stripped = text.strip();
    if (!stripped.isEmpty() && COMMENTS.indexOf(stripped.charAt(0)) >= 0) {
      return 0;
    }
    int[] at = {-1, -1};
    int found = Integer.MAX_VALUE;
    boolean more = true;
    while (more && found == Integer.MAX_VALUE) {
      more = false;
      for (int i = 0; i < at.length; i++) {
        at[i] = at[i] == text.length() ? at[i] : text.indexOf(COMMENTS.charAt(i), at[i] + 1);
        if (at[i] < 0) {
          at[i] = text.length();
        } else if (at[i] < text.length()) {
          more = true;
          if (at[i] == 0 || Character.isWhitespace(text.charAt(at[i] - 1))) {
            found = Math.min(found, at[i]);
          }
        }
      }
    }
    return Math.min(found, text.length());
  }
}
