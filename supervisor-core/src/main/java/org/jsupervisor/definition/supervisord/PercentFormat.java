package org.jsupervisor.definition.supervisord;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Python's {@code %} on a text and names, as far as supervisord's files have it: {@code %(NAME)s},
 * {@code %(NAME)d} with flags and a width, {@code %%}.
 *
 * @param names what can be expanded; a number is a text of digits
 */
record PercentFormat(Map<String, String> names) {
  private static final Pattern ITEM =
      Pattern.compile("%(?:(%)|\\(([^)]*)\\)([-0]*)([0-9]{0,2})([sd]))?");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,9}");

  PercentFormat {
    names = Map.copyOf(names);
  }

  /** The same with these names, too; they go first. */
  PercentFormat with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(names);
    all.putAll(more);
    return new PercentFormat(all);
  }

  /** The same with these variables of an environment. */
  PercentFormat withVariables(Map<String, String> environment) {
    Map<String, String> more = new HashMap<>();
    environment.forEach((name, value) -> more.put("ENV_" + name, value));
    return with(more);
  }

  /** The text of an option with all names replaced; {@code here} is where its file is. */
  String expand(IniText.Option option) {
    return with(Map.of("here", option.here())).expand(option.value());
  }

  /**
   * The text with all names replaced.
   *
   * @throws IllegalArgumentException with the name that is not known, or the rule; the text itself
   *     is not shown, as it may hold secrets
   */
  String expand(String text) {
    StringBuilder expanded = new StringBuilder();
    Matcher item = ITEM.matcher(text);
    while (item.find()) {
      item.appendReplacement(expanded, Matcher.quoteReplacement(expanded(item)));
    }
    return item.appendTail(expanded).toString();
  }

  private String expanded(Matcher item) {
    if (item.group(1) != null) {
      return "%";
    }
    String name = item.group(2);
    if (name == null) {
      throw new IllegalArgumentException(
          "value: must have % only in %%, %(NAME)s and %(NAME)d, as in %(process_num)02d");
    }
    String value = names.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "value: must have names of "
              + new TreeSet<>(names.keySet())
              + " only, and not '"
              + name.replaceAll("[^\\x20-\\x7e]", "?")
              + "' (ENV_ names must be allowed)");
    }
    boolean isNumber = NUMBER.matcher(value).matches();
    if (item.group(5).equals("d") && !isNumber) {
      throw new IllegalArgumentException("value: must have %(" + name + ")s, it is no number");
    }
    return padded(value, item.group(3), item.group(4), item.group(5).equals("d"));
  }

  private static String padded(String value, String flags, String width, boolean number) {
    int missing = (width.isEmpty() ? 0 : Integer.parseInt(width)) - value.length();
    if (missing <= 0) {
      return value;
    }
    if (flags.contains("-")) {
      return value + " ".repeat(missing);
    }
    if (!flags.contains("0") || !number) {
      return " ".repeat(missing) + value;
    }
    boolean negative = value.startsWith("-");
    return (negative ? "-" : "") + "0".repeat(missing) + (negative ? value.substring(1) : value);
  }
}
