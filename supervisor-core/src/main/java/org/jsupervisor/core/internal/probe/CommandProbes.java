package org.jsupervisor.core.internal.probe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.platform.LaunchRequest;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.HostDeath;
import org.jsupervisor.spec.InputSpec;
import org.jsupervisor.spec.LaunchStep;
import org.jsupervisor.spec.Leftovers;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.Probe;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.Watchdog;

/**
 * Runs the commands that tell whether children are ready, on the platform of the tree. For each
 * child there is one at most, also over its runs: one that cannot be killed is followed by none.
 *
 * <p>A command has the address of its child, and a number that no run of the child ever has.
 * Confined to the engine; owns no clock.
 */
final class CommandProbes {
  /** Above every number of a run: a child that is started each microsecond lives 140,000 years. */
  static final long FIRST_NUMBER = 1L << 62;

  private final Platform platform;
  private final Answers answers;
  private final Map<ChildId, Asking> askings = new HashMap<>();
  private final List<PlatformReport> reports = new ArrayList<>();
  private long lastNumber = FIRST_NUMBER;

  /** What is asked about a child, and what is under way for it. */
  private static final class Asking {
    private Incarnation run;
    private ProcessSpec spec;
    private boolean over;
    private @Nullable Command command;
    private long dueNanos;

    Asking(Incarnation run, ProcessSpec spec, long nowNanos) {
      this.run = run;
      this.spec = spec;
      this.dueNanos = nowNanos;
    }

    ReadinessSpec.Probed probed() {
      return (ReadinessSpec.Probed) spec.readiness();
    }
  }

  /** A command that is launched or under way. */
  private static final class Command {
    private final Incarnation itself;
    private final Incarnation asksFor;
    private boolean launched;
    private boolean killed;

    Command(Incarnation itself, Incarnation asksFor) {
      this.itself = itself;
      this.asksFor = asksFor;
    }
  }

  CommandProbes(Platform platform, Answers answers) {
    this.platform = platform;
    this.answers = answers;
  }

  static boolean isCommand(Incarnation incarnation) {
    return incarnation.number() >= FIRST_NUMBER;
  }

  /** To be handled by {@link #work}: within a poll the platform must not be called. */
  void keep(PlatformReport report) {
    reports.add(report);
  }

  void begin(Incarnation run, ProcessSpec spec) {
    long now = platform.ticker().readNanos();
    Asking asking = askings.computeIfAbsent(run.child(), id -> new Asking(run, spec, now));
    asking.run = run;
    asking.spec = spec;
    asking.over = false;
    if (asking.command == null) {
      asking.dueNanos = now;
    }
  }

  void end(Incarnation run) {
    Asking asking = askings.get(run.child());
    if (asking != null && asking.run.equals(run)) {
      asking.over = true;
      if (asking.command == null) {
        askings.remove(run.child());
      } else {
        kill(asking.command);
      }
    }
  }

  /** How long until something is to be done, at most {@code waitMax}. */
  long waitNanos(long nowNanos, long waitMax) {
    long wait = reports.isEmpty() ? waitMax : 0;
    for (Asking asking : askings.values()) {
      if (isTimed(asking)) {
        wait = Math.max(0, Math.min(wait, asking.dueNanos - nowNanos));
      }
    }
    return wait;
  }

  /** The command that was killed has no more time; its end is waited for. */
  private static boolean isTimed(Asking asking) {
    return asking.command == null || !asking.command.killed;
  }

  /** Does what is due. */
  void work() {
    if (askings.isEmpty()) {
      reports.clear();
      return;
    }
    reports.forEach(this::hear);
    reports.clear();
    long now = platform.ticker().readNanos();
    for (Asking asking : askings.values()) {
      if (isTimed(asking) && asking.dueNanos - now <= 0) {
        act(asking, now);
      }
    }
  }

  private void act(Asking asking, long nowNanos) {
    if (asking.command != null) {
      kill(asking.command);
      return;
    }
    Command command = new Command(new Incarnation(asking.run.child(), lastNumber++), asking.run);
    asking.command = command;
    asking.dueNanos = nowNanos + asking.probed().timeout().toNanos();
    platform.launch(new LaunchRequest(command.itself, spec(asking), new OutputTarget.Null()));
  }

  private static ProcessSpec spec(Asking asking) {
    Probe.Execution execution = (Probe.Execution) asking.probed().probe();
    return asking.spec.toBuilder()
        .withCommand(execution.command().argv())
        .withReadiness(ReadinessSpec.atLaunch())
        .withWatchdog(Watchdog.off())
        .withStop(StopSpec.defaults())
        .withInput(InputSpec.none())
        .withOutput(OutputSpec.discarded())
        .withLeftovers(Leftovers.KILLED)
        .withSteps(asking.spec.steps().stream().filter(step -> isForBoth(step.kind())).toList())
        .withHostDeath(HostDeath.DIE)
        .build();
  }

  /**
   * Whether a step says where and as whom the child runs. The others would be done to it a second
   * time while it lives: its lock is taken, its files would be emptied, its commands run again.
   */
  private static boolean isForBoth(LaunchStep.Kind kind) {
    return switch (kind) {
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
          true;
      case RUN_DIRECTORY, FIFO, REDIRECT, LOCK, PRE_LAUNCH, ARGUMENT_ZERO -> false;
    };
  }

  private void hear(PlatformReport report) {
    Asking asking = askings.get(report.incarnation().child());
    if (asking == null
        || asking.command == null
        || !asking.command.itself.equals(report.incarnation())) {
      return;
    }
    Command command = asking.command;
    if (report instanceof PlatformReport.Launched) {
      command.launched = true;
      if (command.killed) {
        platform.stop(command.itself, Signal.KILL);
      }
    } else if (report instanceof PlatformReport.LaunchFailed) {
      over(asking, command, false);
    } else if (report instanceof PlatformReport.Exited exited) {
      over(asking, command, exited.status().equals(new ExitStatus.Exited(0)));
    }
  }

  private void kill(Command command) {
    if (!command.killed) {
      command.killed = true;
      if (command.launched) {
        platform.stop(command.itself, Signal.KILL);
      }
    }
  }

  private void over(Asking asking, Command command, boolean yes) {
    asking.command = null;
    long now = platform.ticker().readNanos();
    if (asking.over) {
      askings.remove(asking.run.child());
    } else if (!command.asksFor.equals(asking.run)) {
      // It was asked about a run that is over: the one that is there has had no attempt yet.
      asking.dueNanos = now;
    } else if (yes && !command.killed) {
      askings.remove(asking.run.child());
      answers.ready(asking.run);
    } else {
      asking.dueNanos = now + asking.probed().interval().toNanos();
    }
  }
}
