package org.jsupervisor.definition.systemd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the names of units end with. */
final class UnitName {
  static final String SUFFIX = ".service";

  /** What the directories of additions to a unit end with. */
  static final String ADDITIONS = SUFFIX + ".d";

  private static final String TEMPLATE = "@" + SUFFIX;

  /** As Linux. */
  private static final int LINKS_MAX = 40;

  /** Its additions are those of every service. */
  private static final String OF_ALL = "service";

  private UnitName() {}

  /** The name without its ending. */
  static String child(String unit) {
    return unit.substring(0, unit.length() - SUFFIX.length());
  }

  /** Whether this is the name of a template. */
  static boolean isTemplate(String unit) {
    return unit.endsWith(TEMPLATE);
  }

  /**
   * Which unit of this directory is meant by the name of one: mostly itself; a link to another one
   * is a further name of that. But a link to a template makes an instance, which is a unit itself.
   */
  static String meant(Path directory, String unit) {
    String name = unit;
    for (int links = 0; links < LINKS_MAX; links++) {
      Optional<String> other = target(directory, name);
      if (other.isEmpty()) {
        return name;
      }
      name = other.get();
    }
    // Nobody can read it.
    return unit;
  }

  private static Optional<String> target(Path directory, String unit) {
    Path link = directory.resolve(unit);
    try {
      if (!Files.isSymbolicLink(link)) {
        return Optional.empty();
      }
      Path target = directory.resolve(Files.readSymbolicLink(link)).normalize();
      String name = String.valueOf(target.getFileName());
      boolean isUnit = name.endsWith(SUFFIX) && !isTemplate(name);
      return isUnit && directory.equals(target.getParent()) ? Optional.of(name) : Optional.empty();
    } catch (IOException e) {
      // Whoever reads it tells what is wrong with it.
      return Optional.empty();
    }
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
