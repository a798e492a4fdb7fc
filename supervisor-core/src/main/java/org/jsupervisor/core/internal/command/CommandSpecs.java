package org.jsupervisor.core.internal.command;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jsupervisor.spec.Command;
import org.jsupervisor.spec.FileStep;
import org.jsupervisor.spec.HostDeath;
import org.jsupervisor.spec.InputSpec;
import org.jsupervisor.spec.LaunchStep;
import org.jsupervisor.spec.Leftovers;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.SignalPrograms;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.Watchdog;

/**
 * A command that is run as a child is: with its environment, directory and launch steps, but for
 * those that would do something to the child. Where its output goes is up to the launch.
 */
public final class CommandSpecs {
  private CommandSpecs() {}

  /** While the child lives: what is done for its run must not be done to it a second time. */
  public static ProcessSpec beside(ProcessSpec child, Command command) {
    return like(child, command, CommandSpecs::besideIt).withLeftovers(Leftovers.KILLED).build();
  }

  /** Likewise, but it writes where the child writes, and leaves behind what it may. */
  static ProcessSpec.Builder instead(ProcessSpec child, Command command) {
    return like(child, command, CommandSpecs::insteadOfIt);
  }

  /** When the run of the child has ended: only what is for its program alone is left out. */
  public static ProcessSpec after(ProcessSpec child, Command command) {
    return like(child, command, CommandSpecs::afterIt).build();
  }

  private static ProcessSpec.Builder like(
      ProcessSpec child, Command command, Function<LaunchStep, Optional<LaunchStep>> steps) {
    List<LaunchStep> kept = child.steps().stream().map(steps).flatMap(Optional::stream).toList();
    return child.toBuilder()
        .withCommand(command.argv())
        .withReadiness(ReadinessSpec.atLaunch())
        .withWatchdog(Watchdog.off())
        .withStop(StopSpec.defaults())
        .withInput(InputSpec.none())
        .withOutput(OutputSpec.discarded())
        .withSteps(kept)
        .withHostDeath(HostDeath.DIE)
        .withoutFinish()
        .withSignalPrograms(SignalPrograms.none());
  }

  /**
   * Only steps that say where and as whom the child runs. By the others its lock would be taken,
   * its files emptied, its commands run again.
   */
  private static Optional<LaunchStep> besideIt(LaunchStep step) {
    return switch (step.kind()) {
      case ENVIRONMENT_DIRECTORY,
          CGROUP,
          UMASK,
          NICE,
          IO_SCHEDULING,
          CPU_SCHEDULING,
          CPU_AFFINITY,
          LIMIT,
          CHROOT,
          USER,
          CAPABILITIES,
          NO_NEW_PRIVILEGES,
          PARENT_DEATH ->
          Optional.of(step);
      case RUN_DIRECTORY, FIFO, REDIRECT, LOCK, PRE_LAUNCH, ARGUMENT_ZERO -> Optional.empty();
    };
  }

  private static Optional<LaunchStep> insteadOfIt(LaunchStep step) {
    return step instanceof FileStep.Redirect redirect ? appending(redirect) : besideIt(step);
  }

  /** The run is over: its places are made for the command, too. */
  private static Optional<LaunchStep> afterIt(LaunchStep step) {
    return step instanceof FileStep.RunDirectory || step instanceof FileStep.Fifo
        ? Optional.of(step)
        : insteadOfIt(step);
  }

  /** What the run has written is not to be lost by what is only run for it. */
  private static Optional<LaunchStep> appending(FileStep.Redirect redirect) {
    return switch (redirect.opening()) {
      case READ -> Optional.empty();
      case APPEND -> Optional.of(redirect);
      case TRUNCATE ->
          Optional.of(
              new FileStep.Redirect(
                  redirect.stream(),
                  redirect.file(),
                  FileStep.Redirect.Opening.APPEND,
                  redirect.mode()));
    };
  }
}
