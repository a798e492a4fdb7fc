package org.jsupervisor.core.internal.observe;

import java.util.Optional;
import org.jsupervisor.event.SupervisorListener;

/** Whether this runtime can make flight recordings: a small one may have left the module out. */
public final class FlightRecords {
  private static final String MODULE = "jdk.jfr";

  private FlightRecords() {}

  /** Who writes down what happens in a tree; empty in a runtime without flight recordings. */
  public static Optional<SupervisorListener> of(String tree) {
    return ModuleLayer.boot().findModule(MODULE).isPresent()
        ? Optional.of(new FlightRecord(tree))
        : Optional.empty();
  }
}
