package org.jsupervisor.spec;

import java.util.regex.Pattern;

/**
 * One thing that is wrong with a description: where, what was found, and the rule it breaks.
 *
 * @param path where: a file with line or key, or the component of a builder; printable
 * @param value what was found, shortened and printable; empty where it is missing or secret
 * @param rule the rule, as a phrase that begins with "must", "is" or the like
 */
public record SpecProblem(String path, String value, String rule) {
  /** How much of a value is shown. */
  public static final int VALUE_LENGTH_MAX = 120;

  // Controls, formats, lone surrogates and the like, and what a reader takes for a new line.
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

  /** Makes path and value printable, and bounds the value. */
  public SpecProblem {
    if (value.length() > VALUE_LENGTH_MAX) {
      value = value.substring(0, VALUE_LENGTH_MAX) + "...";
    }
    path = UNPRINTABLE.matcher(path).replaceAll("?");
    value = UNPRINTABLE.matcher(value).replaceAll("?");
  }

  /** The same problem, seen from further out. */
  public SpecProblem under(String prefix) {
    return new SpecProblem(path.isEmpty() ? prefix : prefix + ": " + path, value, rule);
  }

  /** For example {@code web: stop grace: must be positive, was '-5s'}. */
  @Override
  public String toString() {
    return path + ": " + rule + (value.isEmpty() ? "" : ", was '" + value + "'");
  }
}
