package org.jsupervisor.process;

import java.util.Optional;

/**
 * The address of a child in its tree: names joined by {@code /}, seen from the root supervisor,
 * which itself is {@link #ROOT}.
 *
 * <p>A name consists of 1 to {@value #NAME_LENGTH_MAX} of the characters {@code A-Z a-z 0-9 . _ @
 * -} and begins with a letter, a digit or {@code _}; so it is safe as a file name, in an ObjectName
 * and in a log line without any quoting.
 *
 * @param path the names, joined by {@code /}; empty for the root
 */
public record ChildId(String path) implements Comparable<ChildId> {
  /** The longest allowed name. */
  public static final int NAME_LENGTH_MAX = 100;

  /** The deepest allowed nesting. */
  public static final int DEPTH_MAX = 16;

  /** The root supervisor of a tree. */
  public static final ChildId ROOT = new ChildId("");

  private static final String SEPARATOR = "/";

  /** The rule of a single name, for people and their error messages. */
  public static final String NAME_RULE =
      "each name must be 1 to 100 of A-Z a-z 0-9 . _ @ - and begin with a letter, a digit or _";

  /** For people: what {@link #isName} checks. */
  private static final String NAME = "[A-Za-z0-9_][A-Za-z0-9._@-]{0," + (NAME_LENGTH_MAX - 1) + "}";

  /**
   * Checks each name.
   *
   * @throws IllegalArgumentException if a name breaks the rule above; the message has the value
   */
  public ChildId {
    int depth = 0;
    for (int from = 0; from <= path.length() && !path.isEmpty(); ) {
      int cut = path.indexOf(SEPARATOR, from);
      int to = cut < 0 ? path.length() : cut;
      if (!isName(path, from, to)) {
        throw new IllegalArgumentException(
            "child id '" + printable(path) + "': each name must match " + NAME);
      }
      if (++depth > DEPTH_MAX) {
        throw new IllegalArgumentException(
            "child id '" + printable(path) + "': at most " + DEPTH_MAX + " names are allowed");
      }
      from = to + 1;
    }
  }

  /** The child of the root with this name, or the nested child with this path. */
  public static ChildId of(String path) {
    if (path.isEmpty()) {
      throw new IllegalArgumentException("child id '': a name is needed");
    }
    return new ChildId(path);
  }

  /** Whether the text is allowed as a single name. */
  public static boolean isName(String text) {
    return isName(text, 0, text.length());
  }

  /** By hand: every step of a nested tree makes ids of supervisors. */
  private static boolean isName(String path, int from, int to) {
    if (from == to || to - from > NAME_LENGTH_MAX || !isFirst(path.charAt(from))) {
      return false;
    }
    for (int i = from + 1; i < to; i++) {
      if (!isFirst(path.charAt(i)) && ".@-".indexOf(path.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isFirst(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  /** The child of this one with the given name. */
  public ChildId child(String name) {
    return isRoot() ? of(name) : of(path + SEPARATOR + name);
  }

  /** The last name; empty for the root. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The supervisor above; empty for the root. */
  public Optional<ChildId> parent() {
    if (isRoot()) {
      return Optional.empty();
    }
    int cut = path.lastIndexOf('/');
    return Optional.of(cut < 0 ? ROOT : new ChildId(path.substring(0, cut)));
  }

  /** Whether this is the root supervisor. */
  public boolean isRoot() {
    return path.isEmpty();
  }

  @Override
  public int compareTo(ChildId other) {
    return path.compareTo(other.path);
  }

  // By hand: see Signal.
  @Override
  public boolean equals(Object other) {
    return other instanceof ChildId id && path.equals(id.path);
  }

  @Override
  public int hashCode() {
    return path.hashCode();
  }

  /** The path, or {@code /} for the root. */
  @Override
  public String toString() {
    return isRoot() ? SEPARATOR : path;
  }

  private static String printable(String text) {
    return text.replaceAll("[^\\x20-\\x7e]", "?");
  }
}
