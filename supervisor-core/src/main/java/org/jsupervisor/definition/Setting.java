package org.jsupervisor.definition;

import java.util.Optional;

/**
 * What somebody says about one variable, and where. Immutable. Its text may be a secret, so {@link
 * #toString} does not show it.
 *
 * @param text the value; empty: the variable is removed, whoever has set it before
 * @param origin where it was said, for messages: mostly the path of a file
 */
public record Setting(Optional<String> text, String origin) {
  /** The origin only. */
  @Override
  public String toString() {
    return "Setting[" + origin + "]";
  }
}
