package org.jsupervisor.core.internal.model;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.policy.RestartHistory;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.snapshot.Counters;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.StopSpec;

/**
 * A child as the machine knows it. Immutable; changed by a {@link ChildDraft} within one step.
 *
 * <p>{@code ordinal} gives the start order. {@code number} is the number of the current or last
 * run; before the first, one below the number that it will have. {@code stopOnLaunch} means that a
 * launch is under way whose run is not wanted any more. {@code ladder} is the stop ladder of the
 * current run: a new spec does not change it. {@code removing} means that the child is forgotten
 * when it, and all below it, is dead. {@code held} means that its supervisor restarts its group:
 * its end is used up by that. {@code restNanos} is what was left of the deadline of a paused child;
 * 0 if it had none. {@code team} is there for supervisors only. {@code launchedAs} is the spec of
 * the current run, if that is of a process; {@code finishing} is there while something is run after
 * it; {@code pending} are the signals that are left to their programs.
 */
public final class ChildModel {
  final ChildId id;
  final long ordinal;
  final ChildSpec spec;
  final Desire desire;
  final String desireReason;
  final Phase phase;
  final boolean ready;
  final boolean removing;
  final boolean stopOnLaunch;
  final boolean held;
  final @Nullable Team team;
  final long number;
  final @Nullable ProcessSpec launchedAs;
  final @Nullable Finishing finishing;
  final PendingSignals pending;
  final Life life;
  final long generation;
  final String reason;
  final long phaseNanos;
  final long launchedNanos;
  final long readyNanos;
  final boolean paused;
  final long restNanos;
  final boolean probing;
  final String status;
  final boolean armed;
  final long deadlineNanos;
  final StopSpec ladder;
  final int stopStep;
  final ExitCause stopCause;
  final RestartHistory history;
  final Counters counters;
  final List<Exit> lastExits;

  ChildModel(ChildDraft draft) {
    id = draft.id;
    ordinal = draft.ordinal;
    spec = draft.spec;
    desire = draft.desire;
    desireReason = draft.desireReason;
    phase = draft.phase;
    ready = draft.ready;
    removing = draft.removing;
    stopOnLaunch = draft.stopOnLaunch;
    held = draft.held;
    team = draft.team;
    number = draft.number;
    launchedAs = draft.launchedAs;
    finishing = draft.finishing;
    pending = draft.pending;
    life = draft.life;
    generation = draft.generation;
    reason = draft.reason;
    phaseNanos = draft.phaseNanos;
    launchedNanos = draft.launchedNanos;
    readyNanos = draft.readyNanos;
    paused = draft.paused;
    restNanos = draft.restNanos;
    probing = draft.probing;
    status = draft.status;
    armed = draft.armed;
    deadlineNanos = draft.deadlineNanos;
    ladder = draft.ladder;
    stopStep = draft.stopStep;
    stopCause = draft.stopCause;
    history = draft.history;
    counters = draft.counters;
    lastExits = draft.lastExits;
  }

  public ChildId id() {
    return id;
  }

  /** Its place in the start order. */
  public long ordinal() {
    return ordinal;
  }

  public ChildSpec spec() {
    return spec;
  }

  public Desire desire() {
    return desire;
  }

  public Phase phase() {
    return phase;
  }

  public boolean ready() {
    return ready;
  }

  public boolean removing() {
    return removing;
  }

  /** Whether a launch is under way whose run is not wanted any more. */
  public boolean stopOnLaunch() {
    return stopOnLaunch;
  }

  /** The number of the current or last run; before the first, one below its number. */
  public long number() {
    return number;
  }

  /** Grows with every accepted operation on it, and with every launch. */
  public long generation() {
    return generation;
  }

  /** What is alive of the current run. */
  public Life life() {
    return life;
  }

  /** The current or last run. */
  public Incarnation incarnation() {
    return new Incarnation(id, number);
  }

  public String reason() {
    return reason;
  }

  /** When the phase began. */
  public long phaseNanos() {
    return phaseNanos;
  }

  /** When the current run was launched. */
  public long launchedNanos() {
    return launchedNanos;
  }

  /** Whether its process was stopped and not continued since. */
  public boolean paused() {
    return paused;
  }

  /** What its current run, or the last, has said of itself; empty if nothing. */
  public String status() {
    return status;
  }

  /** When it is to be woken, if ever. */
  public OptionalLong deadlineNanos() {
    return armed ? OptionalLong.of(deadlineNanos) : OptionalLong.empty();
  }

  public RestartHistory history() {
    return history;
  }

  public Counters counters() {
    return counters;
  }

  /** The newest ends first. */
  public List<Exit> lastExits() {
    return lastExits;
  }

  /** Whether it is a supervisor. */
  public boolean isSupervisor() {
    return team != null;
  }

  /** What it knows of its children; supervisors only. */
  Team team() {
    return Objects.requireNonNull(team, "a worker has no team");
  }

  /** Whether it is up or coming up; a supervisor: whether its children may be started. */
  boolean isUpOrComing() {
    return phase == Phase.LAUNCHING || phase == Phase.RUNNING;
  }

  /** Whether it waits for its dependencies, or for a place to start; not for its supervisor. */
  boolean isAtGate() {
    return phase == Phase.WAITING && !held;
  }

  /** Whether it takes one of the places of those that are starting. */
  boolean isStarting() {
    return !isSupervisor() && (phase == Phase.LAUNCHING || (phase == Phase.RUNNING && !ready));
  }

  /**
   * Whether it is wanted up and neither ready nor finished. A child that is DOWN though it is
   * wanted up has no supervisor that is up: that one is awaited, if it is wanted.
   */
  public boolean isAwaited() {
    return !id.isRoot()
        && desire == Desire.UP
        && phase != Phase.DOWN
        && !(phase == Phase.RUNNING && ready)
        && phase != Phase.FINISHED;
  }
}
