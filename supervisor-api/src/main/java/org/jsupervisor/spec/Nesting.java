package org.jsupervisor.spec;

import java.util.List;
import org.jsupervisor.process.ChildId;

/** How deep supervisors are nested: an address has a bounded number of names. */
final class Nesting {
  private Nesting() {}

  /**
   * Adds a problem for each child below which there are too many levels; returns whether there is
   * none. Each supervisor is checked when it is made, so this never looks much deeper than that.
   */
  static boolean isAllowed(List<ChildSpec> children, Problems problems) {
    boolean allowed = true;
    for (ChildSpec each : children) {
      int names = 1 + below(each);
      if (names > ChildId.DEPTH_MAX) {
        problems.add(
            "children",
            each.id().toString(),
            "must be at most " + ChildId.DEPTH_MAX + " names deep, with all below it");
        allowed = false;
      }
    }
    return allowed;
  }

  private static int below(ChildSpec spec) {
    int deepest = 0;
    if (spec instanceof SupervisorSpec supervisor) {
      for (ChildSpec each : supervisor.children()) {
        deepest = Math.max(deepest, 1 + below(each));
      }
    }
    return deepest;
  }
}
