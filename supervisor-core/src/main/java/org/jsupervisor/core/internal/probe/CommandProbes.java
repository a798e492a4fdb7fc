package org.jsupervisor.core.internal.probe;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.core.internal.command.CommandSpecs;
import org.jsupervisor.core.internal.command.Commands;
import org.jsupervisor.platform.LaunchRequest;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.spec.Probe;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;

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
  private final Commands commands;
  private final Map<ChildId, Asking> askings = new HashMap<>();
  private long lastNumber = FIRST_NUMBER;

  /** What is asked about a child, and what is under way for it. */
  private static final class Asking {
    private Incarnation run;
    private ProcessSpec spec;
    private boolean over;
    private @Nullable Attempt attempt;
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
  private static final class Attempt {
    private final Incarnation itself;
    private final Incarnation asksFor;
    private boolean killed;

    Attempt(Incarnation itself, Incarnation asksFor) {
      this.itself = itself;
      this.asksFor = asksFor;
    }
  }

  CommandProbes(Platform platform, Answers answers) {
    this.platform = platform;
    this.answers = answers;
    this.commands = new Commands(platform);
  }

  static boolean isCommand(Incarnation incarnation) {
    return incarnation.number() >= FIRST_NUMBER && !incarnation.isSignalProgram();
  }

  /** To be handled by {@link #work}: within a poll the platform must not be called. */
  void keep(PlatformReport report) {
    commands.keep(report);
  }

  void begin(Incarnation run, ProcessSpec spec) {
    long now = platform.ticker().readNanos();
    Asking asking = askings.computeIfAbsent(run.child(), id -> new Asking(run, spec, now));
    asking.run = run;
    asking.spec = spec;
    asking.over = false;
    if (asking.attempt == null) {
      asking.dueNanos = now;
    }
  }

  void end(Incarnation run) {
    Asking asking = askings.get(run.child());
    if (asking != null && asking.run.equals(run)) {
      asking.over = true;
      if (asking.attempt == null) {
        askings.remove(run.child());
      } else {
        kill(asking.attempt);
      }
    }
  }

  /** How long until something is to be done, at most {@code waitMax}. */
  long waitNanos(long nowNanos, long waitMax) {
    long wait = commands.hasReports() ? 0 : waitMax;
    for (Asking asking : askings.values()) {
      if (isTimed(asking)) {
        wait = Math.max(0, Math.min(wait, asking.dueNanos - nowNanos));
      }
    }
    return wait;
  }

  /** The command that was killed has no more time; its end is waited for. */
  private static boolean isTimed(Asking asking) {
    return asking.attempt == null || !asking.attempt.killed;
  }

  /** Does what is due. */
  void work() {
    commands.work(other -> {});
    if (askings.isEmpty()) {
      return;
    }
    long now = platform.ticker().readNanos();
    for (Asking asking : askings.values()) {
      if (isTimed(asking) && asking.dueNanos - now <= 0) {
        act(asking, now);
      }
    }
  }

  private void act(Asking asking, long nowNanos) {
    if (asking.attempt != null) {
      kill(asking.attempt);
      return;
    }
    Attempt attempt = new Attempt(new Incarnation(asking.run.child(), lastNumber++), asking.run);
    asking.attempt = attempt;
    asking.dueNanos = nowNanos + asking.probed().timeout().toNanos();
    commands.launch(
        new LaunchRequest(attempt.itself, spec(asking), new OutputTarget.Null()),
        status -> over(asking, attempt, status.equals(new ExitStatus.Exited(0))));
  }

  private static ProcessSpec spec(Asking asking) {
    Probe.Execution execution = (Probe.Execution) asking.probed().probe();
    return CommandSpecs.beside(asking.spec, execution.command());
  }

  private void kill(Attempt attempt) {
    attempt.killed = true;
    commands.kill(attempt.itself);
  }

  private void over(Asking asking, Attempt attempt, boolean yes) {
    asking.attempt = null;
    long now = platform.ticker().readNanos();
    if (asking.over) {
      askings.remove(asking.run.child());
    } else if (!attempt.asksFor.equals(asking.run)) {
      // It was asked about a run that is over: the one that is there has had no attempt yet.
      asking.dueNanos = now;
    } else if (yes && !attempt.killed) {
      askings.remove(asking.run.child());
      answers.ready(asking.run);
    } else {
      asking.dueNanos = now + asking.probed().interval().toNanos();
    }
  }
}
