package org.jsupervisor.definition.systemd;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsupervisor.definition.DefinitionText.Line;
import org.jsupervisor.definition.Findings;

/**
 * The assignments of a unit file, by systemd's rules: {@code [Section]}, {@code Key=Value} without
 * blanks around either, comments by {@code #} and {@code ;} at the beginning of a line, a backslash
 * at the end of a line joins the next one with a blank between. Several files can be read one after
 * the other. What systemd ignores with a warning is refused.
 */
final class UnitText {
  /**
   * A value.
   *
   * @param line where it begins
   * @param section without brackets
   */
  record Assignment(Line line, String section, String key, String value) {
    String place() {
      return line.place(key);
    }

    /** The same with another name of its directive. */
    Assignment called(String name) {
      return new Assignment(line, section, name, value);
    }
  }

  private static final String COMMENTS = "#;";

  private final Findings findings;
  private final List<Assignment> assignments = new ArrayList<>();
  private String section = "";

  UnitText(Findings findings) {
    this.findings = findings;
  }

  /** All assignments so far, in their order. */
  List<Assignment> assignments() {
    return List.copyOf(assignments);
  }

  /** Reads one file. */
  void read(List<Line> lines) {
    section = "";
    Optional<Line> begun = Optional.empty();
    for (Line line : lines) {
      String text = line.text();
      String begin = text.stripLeading();
      if (!begin.isEmpty() && COMMENTS.indexOf(begin.charAt(0)) >= 0) {
        continue;
      }
      // Blanks at the beginning of what continues a line may stand in quotes.
      Line whole = begun.map(first -> first.with(first.text() + text)).orElse(line);
      if (isContinued(text)) {
        begun = Optional.of(whole.with(whole.text().substring(0, whole.text().length() - 1) + " "));
      } else {
        add(whole.with(whole.text().strip()));
        begun = Optional.empty();
      }
    }
    begun.ifPresent(
        line -> findings.problem(line.place(), "", "must be continued: it ends with a backslash"));
  }

  /** Whether it ends with a backslash that is not escaped itself. */
  private static boolean isContinued(String text) {
    int backslashes = 0;
    while (backslashes < text.length() && text.charAt(text.length() - 1 - backslashes) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }

  private void add(Line line) {
    String text = line.text();
    int equals = text.indexOf('=');
    if (text.isEmpty()) {
      return;
    }
    if (text.startsWith("[")) {
      if (!text.endsWith("]")) {
        findings.problem(line.place(), "", "must close the name of its section with ]");
      }
      section = text.substring(1, Math.max(1, text.length() - 1));
    } else if (equals <= 0) {
      findings.problem(line.place(), "", "must be KEY=VALUE, [SECTION] or a comment");
    } else if (section.isEmpty()) {
      findings.problem(line.place(), "", "must be in a section: [NAME] must come before it");
    } else {
      String key = text.substring(0, equals).strip();
      assignments.add(new Assignment(line, section, key, text.substring(equals + 1).strip()));
    }
  }
}
