package org.jsupervisor.core.internal.observe;

import java.util.Optional;
import org.jsupervisor.event.SupervisorListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether this runtime can make flight recordings: a small one may have left the module out. */
public final class FlightRecords {
  private static final String MODULE = "jdk.jfr";

  private static final Logger LOG = LoggerFactory.getLogger(FlightRecords.class);

  private FlightRecords() {}

  /** Who writes down what happens in a tree; empty in a runtime without flight recordings. */
  public static Optional<SupervisorListener> of(String tree) {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      LOG.debug("tree '{}' is in no flight recording: the module {} is not there", tree, MODULE);
      return Optional.empty();
    }
    return Optional.of(new FlightRecord(tree));
  }
}
