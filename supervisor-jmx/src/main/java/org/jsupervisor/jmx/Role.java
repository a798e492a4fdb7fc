package org.jsupervisor.jmx;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody may do. Each role may do what those before it may. */
public enum Role {
  /** Read attributes, hear notifications, call operations that change nothing. */
  OBSERVE,
  /** Also call operations that change services: start, stop, signal, rotate. */
  OPERATE,
  /** Also change what there is: apply definitions, end the tree. */
  DEFINE;

  /** Whether this role may do what the other is needed for. */
  public boolean includes(Role needed) {
    return compareTo(needed) >= 0;
  }

  /** The role of this name, in lower case as files have it; empty if there is none. */
  public static Optional<Role> named(String name) {
    return Arrays.stream(values()).filter(role -> role.text().equals(name)).findFirst();
  }

  /** As files have it: the name in lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
