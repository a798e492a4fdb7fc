package org.jsupervisor.definition.systemd;

import java.util.Optional;

/** What the names of units end with. */
final class UnitName {
  static final String SUFFIX = ".service";

  /** What the directories of additions to a unit end with. */
  static final String ADDITIONS = SUFFIX + ".d";

  private UnitName() {}

  /** The name without its ending. */
  static String child(String unit) {
    return unit.substring(0, unit.length() - SUFFIX.length());
  }

  /** The template of an instance; empty if the unit is none. */
  static Optional<String> template(String unit) {
    int at = unit.indexOf('@');
    return at < 0 ? Optional.empty() : Optional.of(unit.substring(0, at + 1) + SUFFIX);
  }
}
