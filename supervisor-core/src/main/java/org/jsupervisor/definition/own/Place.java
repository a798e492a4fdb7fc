package org.jsupervisor.definition.own;

/**
 * Where something was written.
 *
 * @param line from 1; 0 if it is not known
 * @param within what stands before the key: of a service in a file for many, {@code services.NAME.}
 */
record Place(String file, int line, String within) {
  private static final int WITHIN_LENGTH_MAX = 120;
  private static final int KEY_LENGTH_MAX = 60;

  /** The place of the key, printable and bounded. */
  String of(String key) {
    return at() + ": " + shown(within, WITHIN_LENGTH_MAX) + shown(key, KEY_LENGTH_MAX);
  }

  /** The file and the line. */
  String at() {
    return line > 0 ? file + ":" + line : file;
  }

  private static String shown(String key, int lengthMax) {
    String printable = key.replaceAll("[^\\x20-\\x7e]", "?");
    return printable.length() > lengthMax ? printable.substring(0, lengthMax) : printable;
  }
}
