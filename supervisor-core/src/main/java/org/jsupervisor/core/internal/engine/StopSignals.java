package org.jsupervisor.core.internal.engine;

import java.util.List;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.StopStep;

/** The signals of stop ladders, before it is too late: a platform refuses what it does not have. */
final class StopSignals {
  private StopSignals() {}

  /** Those of the child's ladder that the platform does not have. */
  static List<Signal> missing(ChildSpec spec, Platform platform) {
    return spec.stop().ladder().stream()
        .map(StopStep::signal)
        .filter(signal -> !platform.supports(signal))
        .distinct()
        .toList();
  }
}
