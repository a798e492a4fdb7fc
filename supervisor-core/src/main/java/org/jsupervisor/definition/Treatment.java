package org.jsupervisor.definition;

import java.util.Locale;

/**
 * What becomes of a key or a file of another program's format. The pages in {@code docs/formats}
 * list it.
 */
public enum Treatment {
  /** It means here what it means there, or nearly so; its page says the difference. */
  HONOURED,
  /** The definition is read without it, and a note says so. */
  REPORTED,
  /** The definition is refused: without it, it would be another one. */
  REFUSED,
  /** It is for the service itself, or is the working state of its supervisor. */
  PASSED_OVER;

  /** As documents write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
