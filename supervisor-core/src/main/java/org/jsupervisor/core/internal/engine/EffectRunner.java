package org.jsupervisor.core.internal.engine;

import org.jsupervisor.core.internal.command.ChildCommands;
import org.jsupervisor.core.internal.model.Effect;
import org.jsupervisor.core.internal.probe.Probes;
import org.jsupervisor.platform.LaunchRequest;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.TaskSpec;
import org.jsupervisor.spec.WorkerSpec;

/** Carries effects out, in order. Confined to the engine. */
final class EffectRunner {
  private final Platform platform;
  private final Timers timers;
  private final Outputs outputs;
  private final Workers workers;

  /** Those who do the work that a platform does not. */
  record Workers(Tasks tasks, Probes probes, ChildCommands commands) {}

  EffectRunner(Platform platform, Timers timers, Outputs outputs, Workers workers) {
    this.platform = platform;
    this.timers = timers;
    this.outputs = outputs;
    this.workers = workers;
  }

  void run(Effect effect) {
    if (effect instanceof Effect.Launch launch) {
      launch(launch.incarnation(), launch.spec());
    } else if (effect instanceof Effect.Send send) {
      platform.signal(send.incarnation(), send.signal());
    } else if (effect instanceof Effect.Stop stop) {
      platform.stop(stop.incarnation(), stop.signal());
    } else if (effect instanceof Effect.EndInput end) {
      platform.endInput(end.incarnation());
    } else if (effect instanceof Effect.Interrupt interrupt) {
      workers.tasks.interrupt(interrupt.incarnation());
    } else if (effect instanceof Effect.Probe probe) {
      workers.probes.begin(probe.incarnation(), probe.spec());
    } else if (effect instanceof Effect.EndProbe probe) {
      workers.probes.end(probe.incarnation());
    } else if (effect instanceof Effect.Finish finish) {
      workers.commands.begin(finish, outputs.target(finish.incarnation().finish(), finish.now()));
    } else if (effect instanceof Effect.KillFinish kill) {
      workers.commands.kill(kill);
    } else if (effect instanceof Effect.RunSignalProgram run) {
      workers.commands.begin(run, itself -> outputs.target(itself, run.now()));
    } else if (effect instanceof Effect.KillSignalProgram kill) {
      workers.commands.kill(kill);
    } else if (effect instanceof Effect.Arm arm) {
      timers.arm(arm.child(), arm.deadlineNanos());
    } else if (effect instanceof Effect.Disarm disarm) {
      timers.disarm(disarm.child());
    } else if (effect instanceof Effect.RetireOutput retire) {
      outputs.retire(retire.child());
    } else if (effect instanceof Effect.RetireInput retire) {
      platform.retireInput(retire.child());
    }
  }

  private void launch(Incarnation incarnation, WorkerSpec spec) {
    switch (spec.kind()) {
      case PROCESS -> {
        ProcessSpec process = (ProcessSpec) spec;
        platform.launch(
            new LaunchRequest(incarnation, process, outputs.target(incarnation, process)));
      }
      case TASK -> workers.tasks.start(incarnation, (TaskSpec) spec);
      case SUPERVISOR -> throw new IllegalStateException(incarnation + " is a supervisor's");
    }
  }
}
