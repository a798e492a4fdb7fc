package org.jsupervisor.definition.going;

/** By which rules a file is read. */
public enum GoingRules {
  /**
   * Those of going 0.9.2: {@code cmd} and {@code cwd}, no quoting, its limits of length. What going
   * passes over without a word is told as a note.
   */
  STRICT,
  /**
   * Those and what its authors wish for: quoting, variables, user and group, another root, a
   * quarantine that grows; no limits of length. What is not understood is refused.
   */
  EXTENDED
}
