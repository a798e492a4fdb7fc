package org.jsupervisor.definition.procfile;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsupervisor.definition.Treatment;

/**
 * What a line of a {@code .env} file can be; {@code docs/formats/procfile.md} describes each. What
 * foreman and dotenv read differently is refused, since nobody knows which of them was meant.
 */
enum DotEnvPart {
  COMMENT("# text", Treatment.HONOURED, "[ \t]*(?:#.*)?"),
  SINGLE("NAME='VALUE'", Treatment.HONOURED, Name.PREFIX + "'([^']*)'"),
  DOUBLE("NAME=\"VALUE\"", Treatment.HONOURED, Name.PREFIX + "\"((?:[^\"\\\\$]++|\\\\.)*+)\""),
  PLAIN(
      "NAME=VALUE",
      Treatment.HONOURED,
      Name.PREFIX + "((?:[^ \t'\"#$\\\\`](?:[^#$\\\\`]*[^ \t#$\\\\`])?)?)"),
  AMBIGUOUS("NAME=VALUE otherwise", Treatment.REFUSED, Name.PREFIX + "(.*)"),
  OTHER("any other line", Treatment.REFUSED, "().*");

  private static final class Name {
    static final String PREFIX = "(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]*)=";
  }

  private final String text;
  private final Treatment treatment;
  private final Pattern pattern;

  DotEnvPart(String text, Treatment treatment, String pattern) {
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

  /** Name and value of a line of this kind. */
  Matcher match(String line) {
    return pattern.matcher(line);
  }

  /** What this line is; the first kind that fits. */
  static DotEnvPart of(String line) {
    return Stream.of(values()).filter(each -> each.match(line).matches()).findFirst().orElse(OTHER);
  }
}
