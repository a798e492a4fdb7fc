package org.jsupervisor.process;

/**
 * Something that a platform can do on this host, or cannot. Immutable.
 *
 * @param name what, in words that stay the same, for example {@code exit detection}
 * @param level how far
 * @param detail by what it is done, or what is missing; one line for people
 */
public record Capability(String name, Level level, String detail) {
  /** How far something can be done. */
  public enum Level {
    /** As it is meant to be. */
    FULL,
    /** Something is missing, or done in another way. */
    LIMITED,
    /** Not at all: what needs it fails. */
    NONE
  }

  /** For example {@code FULL exit detection: pidfd}. */
  @Override
  public String toString() {
    return level + " " + name + ": " + detail;
  }
}
