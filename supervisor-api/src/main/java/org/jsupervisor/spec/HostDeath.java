package org.jsupervisor.spec;

/**
 * What becomes of a child when its host is gone without having stopped it: killed with KILL,
 * crashed, or exited without closing the tree. A platform that cannot keep this refuses the launch.
 * Without meaning where children are not processes.
 */
public enum HostDeath {
  /**
   * It is sent KILL, and its session and all other descendants with it that can be found (the
   * default). Of a run whose {@link Leftovers} are kept those outside its session are kept here,
   * too.
   */
  DIE,
  /**
   * It lives on, and is neither killed nor blocked by what it writes to a host that is not there
   * any more; what it writes is lost. It makes no difference when it is stopped or the tree is
   * closed.
   */
  SURVIVE
}
