package org.jsupervisor.definition.systemd;

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
}
