package org.jsupervisor.process;

import java.util.Optional;
import java.util.regex.Pattern;

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
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._@-]{0," + (NAME_LENGTH_MAX - 1) + "}");

  /**
   * Checks each name.
   *
   * @throws IllegalArgumentException if a name breaks the rule above; the message has the value
   */
  public ChildId {
    if (!path.isEmpty()) {
      String[] names = path.split(SEPARATOR, -1);
      if (names.length > DEPTH_MAX) {
        throw new IllegalArgumentException(
            "child id '" + printable(path) + "': at most " + DEPTH_MAX + " names are allowed");
      }
      for (String name : names) {
        if (!isName(name)) {
          throw new IllegalArgumentException(
              "child id '" + printable(path) + "': each name must match " + NAME.pattern());
        }
      }
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
    return NAME.matcher(text).matches();
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

  /** The path, or {@code /} for the root. */
  @Override
  public String toString() {
    return isRoot() ? SEPARATOR : path;
  }

  private static String printable(String text) {
    return text.replaceAll("[^\\x20-\\x7e]", "?");
  }
}
