package org.jsupervisor.definition.systemd;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the names of units end with. */
final class UnitName {
  static final String SUFFIX = ".service";

  /** What the directories of additions to a unit end with. */
  static final String ADDITIONS = SUFFIX + ".d";

  /** Its additions are those of every service. */
  private static final String OF_ALL = "service";

  private UnitName() {}

  /** The name without its ending. */
  static String child(String unit) {
    return unit.substring(0, unit.length() - SUFFIX.length());
  }

  /** Whether this is the name of a directory of additions. */
  static boolean isAdditions(String directory) {
    return directory.endsWith(ADDITIONS) || directory.equals(OF_ALL + ".d");
  }

  /**
   * Whose additions are those of this unit, too, the most general first: all services; those whose
   * names begin as its own up to a dash, with its instance and without; its template; itself.
   */
  static List<String> withAdditions(String unit) {
    List<String> names = new ArrayList<>(List.of(OF_ALL));
    String child = child(unit);
    int at = child.indexOf('@');
    List<String> prefixes = prefixes(at < 0 ? child : child.substring(0, at));
    if (at >= 0) {
      for (String prefix : prefixes) {
        names.add(prefix + "@" + SUFFIX);
        names.add(prefix + child.substring(at) + SUFFIX);
      }
    }
    prefixes.forEach(prefix -> names.add(prefix + SUFFIX));
    template(unit).ifPresent(names::add);
    names.add(unit);
    return names;
  }

  /** What a name begins with, up to each of its dashes but one at its end, the shortest first. */
  private static List<String> prefixes(String name) {
    List<String> prefixes = new ArrayList<>();
    for (int dash = name.indexOf('-'); dash >= 0; dash = name.indexOf('-', dash + 1)) {
      if (dash < name.length() - 1) {
        prefixes.add(name.substring(0, dash + 1));
      }
    }
    return prefixes;
  }

  /** The template of an instance; empty if the unit is none. */
  static Optional<String> template(String unit) {
    int at = unit.indexOf('@');
    return at < 0 ? Optional.empty() : Optional.of(unit.substring(0, at + 1) + SUFFIX);
  }
}
