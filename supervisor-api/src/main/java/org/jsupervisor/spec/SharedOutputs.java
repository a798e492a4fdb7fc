package org.jsupervisor.spec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsupervisor.process.ChildId;

/** Finds children that would share a place for their output. */
final class SharedOutputs {
  private SharedOutputs() {}

  /** Looks at these children only: those below nested supervisors were looked at with them. */
  static void check(List<ChildSpec> children, Problems problems) {
    Map<OutputPlace, ChildId> owners = new HashMap<>();
    for (ChildSpec child : children) {
      if (child instanceof ProcessSpec process) {
        for (OutputPlace place : OutputPlace.of(process.output())) {
          ChildId other = owners.put(place, process.id());
          if (other != null) {
            problems.add(
                "children",
                place.name(),
                "the output of " + process.id() + " must not be that of " + other);
          }
        }
      }
    }
  }
}
