package org.jsupervisor.core.internal.engine;

import org.jsupervisor.core.internal.model.Effect;
import org.jsupervisor.platform.LaunchRequest;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.spec.ProcessSpec;

/** Carries effects out, in order. Confined to the engine. */
final class EffectRunner {
  private final Platform platform;
  private final Timers timers;
  private final Outputs outputs;

  EffectRunner(Platform platform, Timers timers, Outputs outputs) {
    this.platform = platform;
    this.timers = timers;
    this.outputs = outputs;
  }

  void run(Effect effect) {
    if (effect instanceof Effect.Launch launch) {
      ProcessSpec spec = (ProcessSpec) launch.spec();
      platform.launch(new LaunchRequest(launch.incarnation(), spec, outputs.target(spec)));
    } else if (effect instanceof Effect.Send send) {
      platform.signal(send.incarnation(), send.signal());
    } else if (effect instanceof Effect.Stop stop) {
      platform.stop(stop.incarnation(), stop.signal());
    } else if (effect instanceof Effect.Arm arm) {
      timers.arm(arm.child(), arm.deadlineNanos());
    } else if (effect instanceof Effect.Disarm disarm) {
      timers.disarm(disarm.child());
    } else if (effect instanceof Effect.RetireOutput retire) {
      outputs.retire(retire.child());
    }
  }
}
