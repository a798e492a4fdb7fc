package org.jsupervisor.snapshot;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.Pid;

/**
 * A child at one moment: what is wanted, what is, and whether it is ready, with the facts around
 * them. All parts belong to the same moment.
 *
 * @param id its address
 * @param desire what is wanted
 * @param phase what is
 * @param ready whether it said so, or its readiness rule did; only in phase {@code RUNNING}
 * @param since when the phase began
 * @param reason why the phase is what it is, one phrase for people
 * @param run its process or task
 * @param due when the phase changes by itself
 * @param counters what was counted
 * @param lastExits the newest ends first, at most {@value #EXITS_MAX}
 * @param generation changes with every operation on it that was accepted and with every launch;
 *     grows, also when a removed child is defined again; at least 1. For requests that are to be
 *     refused if the child is not what the asker has seen
 * @param paused whether its processes were sent STOP and not CONT since; only in phase {@code
 *     RUNNING}
 * @param status what its process has last said of itself, one line for people (see {@link
 *     org.jsupervisor.process.Notice}); empty if nothing. Kept until the next run
 */
public record ChildSnapshot(
    ChildId id,
    Desire desire,
    Phase phase,
    boolean ready,
    Instant since,
    String reason,
    Run run,
    Due due,
    Counters counters,
    List<Exit> lastExits,
    long generation,
    boolean paused,
    String status) {
  /** How many ends are remembered. */
  public static final int EXITS_MAX = 8;

  public ChildSnapshot {
    lastExits = List.copyOf(lastExits);
  }

  /** The process id, if there is a process. */
  public Optional<Pid> pid() {
    return run instanceof Run.Live live ? Optional.of(live.pid()) : Optional.empty();
  }

  /** The newest end, if there was one. */
  public Optional<Exit> lastExit() {
    return lastExits.isEmpty() ? Optional.empty() : Optional.of(lastExits.get(0));
  }

  /**
   * Whether it is as wanted: up means ready or finished, down means that there is no process, once
   * means that it runs.
   */
  public boolean isAsWanted() {
    return switch (desire) {
      case UP -> (phase == Phase.RUNNING && ready) || phase == Phase.FINISHED;
      case DOWN -> !phase.isAlive();
      case ONCE -> phase == Phase.RUNNING;
    };
  }
}
