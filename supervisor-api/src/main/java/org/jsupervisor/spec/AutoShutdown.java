package org.jsupervisor.spec;

/**
 * When the end of significant children ends their supervisor. What counts is an end by itself that
 * leads to no restart: a clean one of a transient child, any of a temporary one.
 */
public enum AutoShutdown {
  /** Never; then no child may be significant. */
  NEVER,
  /** With the first significant child that ends. */
  ANY_SIGNIFICANT,
  /** With the last significant child that is up or coming up. */
  ALL_SIGNIFICANT
}
