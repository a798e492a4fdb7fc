package org.jsupervisor.core.internal.model;

import java.time.Duration;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.StandardRestartPolicy;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.strategy.RestartStrategy;

/** A tree of x, a supervisor s with a and b, and y. */
final class NestedTree {
  private NestedTree() {}

  static SupervisorSpec nested(RestartStrategy above, StandardRestartPolicy below) {
    SupervisorSpec inner =
        Driver.supervisor(
                "s", RestartStrategy.oneForOne(), Driver.permanent("a"), Driver.permanent("b"))
            .withLimit(RestartIntensity.of(1, Duration.ofSeconds(10)))
            .withRestart(Driver.otp(below))
            .build();
    return Driver.supervisor("t", above, Driver.permanent("x"), inner, Driver.permanent("y"))
        .build();
  }

  static Driver oneForOne(StandardRestartPolicy below) {
    return Driver.started(nested(RestartStrategy.oneForOne(), below));
  }
}
