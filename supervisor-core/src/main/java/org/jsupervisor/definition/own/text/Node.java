package org.jsupervisor.definition.own.text;

import java.util.List;
import java.util.Optional;

/**
 * Something that a file says: a key with a value, or with what stands below it. A list is the same
 * key several times. Immutable.
 *
 * @param key as it was written
 * @param line where it begins, from 1; 0 if it is not known
 * @param value what was written, never converted; empty if there is a map below the key
 * @param children what stands below it, in the order of the file
 */
public record Node(String key, int line, Optional<String> value, List<Node> children) {
  /** How deep maps may be in each other. */
  public static final int DEPTH_MAX = 8;

  /** Copies the list. */
  public Node {
    children = List.copyOf(children);
  }

  static Node leaf(String key, int line, String value) {
    return new Node(key, line, Optional.of(value), List.of());
  }

  static Node branch(String key, int line, List<Node> children) {
    return new Node(key, line, Optional.empty(), children);
  }

  /** Whether it is a map, be it an empty one. */
  public boolean isBranch() {
    return value.isEmpty();
  }
}
