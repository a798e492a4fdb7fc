package org.jsupervisor.definition.procfile;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsupervisor.definition.Treatment;

/** What a line of a Procfile can be; {@code docs/formats/procfile.md} describes each. */
enum ProcfilePart {
  COMMENT("# text", Treatment.HONOURED, "[ \t]*(?:#.*)?"),
  RELEASE("release: COMMAND", Treatment.REPORTED, "(release):[ \t]*+(.+)"),
  PROCESS("NAME: COMMAND", Treatment.HONOURED, "([A-Za-z0-9_-]+):[ \t]*+(.+)"),
  OTHER("any other line", Treatment.REFUSED, ".*");

  private final String text;
  private final Treatment treatment;
  private final Pattern pattern;

  ProcfilePart(String text, Treatment treatment, String pattern) {
    this.text = text;
    this.treatment = treatment;
    this.pattern = Pattern.compile(pattern);
  }

  /** As the document writes it. */
  String text() {
    return text;
  }

  Treatment treatment() {
    return treatment;
  }

  /** Name and command of a line of this kind. */
  Matcher match(String line) {
    return pattern.matcher(line);
  }

  /** What this line is; the first kind that fits. */
  static ProcfilePart of(String line) {
    return Stream.of(values()).filter(each -> each.match(line).matches()).findFirst().orElse(OTHER);
  }
}
