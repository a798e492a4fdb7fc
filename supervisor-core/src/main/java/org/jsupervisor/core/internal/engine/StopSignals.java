package org.jsupervisor.core.internal.engine;

import java.util.List;
import java.util.stream.Stream;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.StopStep;
import org.jsupervisor.spec.SupervisorSpec;

/** The signals of stop ladders, before it is too late: a platform refuses what it does not have. */
final class StopSignals {
  private StopSignals() {}

  /** Those of the child's ladder, or of those below it, that the platform does not have. */
  static List<Signal> missing(ChildSpec spec, Platform platform) {
    return all(spec).filter(signal -> !platform.supports(signal)).distinct().toList();
  }

  private static Stream<Signal> all(ChildSpec spec) {
    return switch (spec.kind()) {
      case SUPERVISOR -> ((SupervisorSpec) spec).children().stream().flatMap(StopSignals::all);
      case PROCESS ->
          ((ProcessSpec) spec)
              .stop().ladder().stream()
                  .filter(StopStep.SendSignal.class::isInstance)
                  .map(step -> ((StopStep.SendSignal) step).signal());
      case TASK -> Stream.empty();
    };
  }
}
