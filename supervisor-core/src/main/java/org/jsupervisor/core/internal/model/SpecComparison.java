package org.jsupervisor.core.internal.model;

import java.util.function.Consumer;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.InputSpec;
import org.jsupervisor.spec.ProcessSpec;

/** Whether a spec is another one, and what of it is. */
final class SpecComparison {
  private SpecComparison() {}

  /** Specs hold code of others, whose {@code equals} may throw: such a spec is another one. */
  @SuppressWarnings("CatchingUnchecked")
  static boolean isSame(ChildSpec given, ChildSpec before, Consumer<SupervisorEvent> told) {
    try {
      return given.equals(before);
    } catch (Throwable thrown) {
      String error = "comparing specs threw " + Failures.text(thrown);
      told.accept(new SupervisorEvent.DecisionFailed(before.id(), error));
      return false;
    }
  }

  /** Whether siblings may write what it reads. */
  static boolean isFed(ChildSpec spec) {
    return spec instanceof ProcessSpec process && process.input().kind() == InputSpec.Kind.FED;
  }

  static boolean hasSameOutput(ChildSpec given, ChildSpec before) {
    return given instanceof ProcessSpec to
        && before instanceof ProcessSpec from
        && to.output().equals(from.output());
  }
}
