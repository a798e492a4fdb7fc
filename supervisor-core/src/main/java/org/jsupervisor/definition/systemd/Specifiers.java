package org.jsupervisor.definition.systemd;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code %} stands for in a unit: its name and the parts of it, and the directories of the
 * system. Not what is about a machine, a user or a boot.
 *
 * @param meanings by letter
 */
record Specifiers(Map<Character, String> meanings) {
  private static final Pattern SPECIFIER = Pattern.compile("%(.?)");

  Specifiers {
    meanings = Map.copyOf(meanings);
  }

  /**
   * Those of a unit.
   *
   * @param name without {@code .service}; what stands behind its first {@code @} is the instance
   */
  static Specifiers of(String name) {
    int at = name.indexOf('@');
    String prefix = at < 0 ? name : name.substring(0, at);
    String instance = at < 0 ? "" : name.substring(at + 1);
    Map<Character, String> meanings = new TreeMap<>();
    meanings.put('%', "%");
    meanings.put('n', name + UnitName.SUFFIX);
    meanings.put('N', name);
    meanings.put('p', prefix);
    meanings.put('P', prefix.replace('-', '/'));
    meanings.put('i', instance);
    meanings.put('I', instance.replace('-', '/'));
    meanings.put('j', prefix.substring(prefix.lastIndexOf('-') + 1));
    meanings.put('t', "/run");
    meanings.put('S', "/var/lib");
    meanings.put('C', "/var/cache");
    meanings.put('L', "/var/log");
    meanings.put('E', "/etc");
    meanings.put('T', "/tmp");
    meanings.put('V', "/var/tmp");
    return new Specifiers(meanings);
  }

  /**
   * The text with all of them replaced.
   *
   * @throws IllegalArgumentException with the one that is not there; the text itself is not shown,
   *     as it may hold secrets
   */
  String expand(String text) {
    Matcher matcher = SPECIFIER.matcher(text);
    StringBuilder expanded = new StringBuilder();
    while (matcher.find()) {
      String letter = matcher.group(1);
      String meaning = letter.isEmpty() ? null : meanings.get(letter.charAt(0));
      if (meaning == null) {
        throw new IllegalArgumentException(
            "value: must have only these behind %: "
                + new TreeMap<>(meanings).keySet()
                + ", and not '"
                + letter.replaceAll("[^\\x20-\\x7e]", "?")
                + "'");
      }
      matcher.appendReplacement(expanded, Matcher.quoteReplacement(meaning));
    }
    return matcher.appendTail(expanded).toString();
  }
}
