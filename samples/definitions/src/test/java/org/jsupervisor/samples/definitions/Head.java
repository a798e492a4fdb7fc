package org.jsupervisor.samples.definitions;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the comment at the top of a definition says.
 *
 * @param what what the daemon is
 * @param since from which version on
 * @param settings the defaults of the settings, by name
 */
record Head(String what, String since, Map<String, String> settings) {
  private static final String TITLE = "# %s: ";
  private static final Pattern ABOUT = Pattern.compile("(.+)\\. From (.+) on\\.");
  private static final Pattern SETTING = Pattern.compile("#   (\\S+) = (\\S*) *\\| (.+)");

  /** Complains if it is not of the form that all have. */
  static Head of(String name) {
    List<String> lines = Library.lines(name);
    String title = TITLE.formatted(name);
    Matcher about = ABOUT.matcher(lines.get(0).replace(title, ""));
    if (!lines.get(0).startsWith(title) || !about.matches()) {
      throw new AssertionError(name + ": must begin with '# NAME: WHAT. From VERSION on.'");
    }
    Map<String, String> settings = new TreeMap<>();
    for (String line : lines) {
      Matcher setting = SETTING.matcher(line);
      if (setting.matches() && settings.put(setting.group(1), setting.group(2)) != null) {
        throw new AssertionError(name + ": names " + setting.group(1) + " twice");
      }
    }
    return new Head(about.group(1), about.group(2), settings);
  }
}
