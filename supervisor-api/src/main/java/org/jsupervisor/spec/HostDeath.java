package org.jsupervisor.spec;

/**
 * What becomes of a child when its host is gone without having stopped it, killed with KILL say.
 */
public enum HostDeath {
  /** It dies, and its process group with it (the default). */
  DIE,
  /** It lives on, and is not killed by what it writes to a host that is not there any more. */
  SURVIVE
}
