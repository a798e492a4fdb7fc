package org.jsupervisor.core.internal.model;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.event.WishOrigin;
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
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.WorkerSpec;

/**
 * A child while one step changes it: its parts, and the changes that several rules need, each with
 * the orders and events that belong to it. Confined to the step. Inputs are decided on in {@link
 * AbsentRules}, {@link AliveRules} and {@link LeadRules}, for runs with {@link LaunchRules}, {@link
 * ReadyRules}, {@link StopRules}, {@link ExitRules} and {@link FinishRules}.
 */
final class ChildDraft {
  final ChildId id;
  final Moment moment;
  final StepLog log;

  long ordinal;
  ChildSpec spec;
  Desire desire;
  String desireReason = "as its spec says";
  Phase phase = Phase.DOWN;
  boolean ready;
  boolean removing;
  boolean stopOnLaunch;
  boolean held;
  @Nullable Team team;
  long number;

  /** The spec of the current run, if that is of a process. */
  @Nullable ProcessSpec launchedAs;

  @Nullable Finishing finishing;
  PendingSignals pending = PendingSignals.NONE;
  Life life = Life.NONE;
  long generation;
  String reason = "not started yet";
  long phaseNanos;
  long launchedNanos;
  long readyNanos;
  boolean paused;

  /** What was left of the deadline when it was paused; 0 if there was none. */
  long restNanos;

  /** Whether a probe asks for its readiness. */
  boolean probing;

  /** What the current run, or the last, has said of itself. */
  String status = "";

  boolean armed;
  long deadlineNanos;
  StopSpec ladder;
  int stopStep;
  ExitCause stopCause = ExitCause.ASKED_TO_STOP;
  RestartHistory history = RestartHistory.EMPTY;
  Counters counters = Counters.ZERO;
  List<Exit> lastExits = List.of();

  /** What it has to wait for before it may be started; empty if for nothing. */
  String waitsFor = "";

  /** Whether somebody feeds it who is up and not being stopped: its input cannot end then. */
  boolean isFed;

  /** What the supervisors above do when its run ends. */
  Above above = Above.GOES_ON;

  /** How long a launch may take. */
  Duration launchWithin = Duration.ZERO;

  /** Whether the child is no longer part of the tree. */
  boolean forgotten;

  /** What the step asks of the supervisor above. */
  Appeal appeal = Appeal.NONE;

  /** A child that is new. */
  ChildDraft(ChildSpec spec, Moment moment, StepLog log) {
    this.id = spec.id();
    this.moment = moment;
    this.log = log;
    this.spec = spec;
    this.desire = spec.initially();
    this.ladder = StopRules.ladder(spec);
    this.team = spec instanceof SupervisorSpec ? Team.NEW : null;
    this.phaseNanos = moment.nowNanos();
  }

  /** A child as it was. */
  ChildDraft(ChildModel model, Moment moment, StepLog log) {
    this.id = model.id;
    this.ordinal = model.ordinal;
    this.moment = moment;
    this.log = log;
    this.spec = model.spec;
    this.desire = model.desire;
    this.desireReason = model.desireReason;
    this.phase = model.phase;
    this.ready = model.ready;
    this.removing = model.removing;
    this.stopOnLaunch = model.stopOnLaunch;
    this.held = model.held;
    this.team = model.team;
    this.number = model.number;
    this.launchedAs = model.launchedAs;
    this.finishing = model.finishing;
    this.pending = model.pending;
    this.life = model.life;
    this.generation = model.generation;
    this.reason = model.reason;
    this.phaseNanos = model.phaseNanos;
    this.launchedNanos = model.launchedNanos;
    this.readyNanos = model.readyNanos;
    this.paused = model.paused;
    this.restNanos = model.restNanos;
    this.probing = model.probing;
    this.status = model.status;
    this.armed = model.armed;
    this.deadlineNanos = model.deadlineNanos;
    this.ladder = model.ladder;
    this.stopStep = model.stopStep;
    this.stopCause = model.stopCause;
    this.history = model.history;
    this.counters = model.counters;
    this.lastExits = model.lastExits;
  }

  Team team() {
    return Objects.requireNonNull(team, "a worker has no team");
  }

  WorkerSpec worker() {
    return (WorkerSpec) spec;
  }

  boolean isSupervisor() {
    return team != null;
  }

  /** Tells that it is new. */
  void introduce(String why) {
    tell(new SupervisorEvent.Defined(id, why));
  }

  /** The root tells of itself, as the tree. */
  void tell(SupervisorEvent event) {
    if (!id.isRoot()) {
      log.event(event);
    }
  }

  Incarnation incarnation() {
    return new Incarnation(id, number);
  }

  /** The one place in which a phase changes; it ends every waiting of the old phase. */
  void enter(Phase to, String why) {
    Phase from = phase;
    phase = to;
    reason = why;
    phaseNanos = moment.nowNanos();
    ready = false;
    paused = false;
    restNanos = 0;
    finishing = null;
    SignalProgramRules.cutShort(this, why);
    disarm();
    endProbe();
    if (from != to) {
      tell(new SupervisorEvent.PhaseChanged(id, from, to, why));
    }
  }

  /** Who is not wanted waits for no turn. */
  void want(Desire wanted, WishOrigin origin, String why) {
    held = held && wanted != Desire.DOWN;
    if (desire != wanted) {
      desire = wanted;
      desireReason = why;
      tell(new SupervisorEvent.DesireChanged(id, wanted, origin, why));
    }
  }

  void arm(Duration wait) {
    armAt(moment.nowNanos() + wait.toNanos());
  }

  void armAt(long deadline) {
    armed = true;
    deadlineNanos = deadline;
    log.effect(new Effect.Arm(id, deadlineNanos));
  }

  void disarm() {
    if (armed) {
      armed = false;
      log.effect(new Effect.Disarm(id));
    }
  }

  void endProbe() {
    if (probing) {
      probing = false;
      log.effect(new Effect.EndProbe(incarnation()));
    }
  }

  /** Its process was killed or its task interrupted, and nobody will hear how it ended. */
  void abandon(String why) {
    life = Life.NONE;
    enter(Phase.DOWN, why);
  }

  /** It goes: at once, or, a supervisor, when nothing below it lives any more. */
  void leave(String why) {
    if (isSupervisor()) {
      removing = true;
      want(Desire.DOWN, WishOrigin.REMOVAL, why);
      enter(Phase.DOWN, why);
    } else {
      forget(why);
    }
  }

  void forget() {
    forget("removed");
  }

  private void forget(String why) {
    disarm();
    forgotten = true;
    log.effect(new Effect.RetireOutput(id));
    if (SpecComparison.isFed(spec)) {
      log.effect(new Effect.RetireInput(id));
    }
    tell(new SupervisorEvent.Removed(id, why));
  }

  /** Takes over another spec; an equal one changes nothing. Returns whether it is another one. */
  boolean redefine(ChildSpec given, String why) {
    if (SpecComparison.isSame(given, spec, this::tell)) {
      return false;
    }
    if (!SpecComparison.hasSameOutput(given, spec)) {
      log.effect(new Effect.RetireOutput(id));
    }
    if (SpecComparison.isFed(spec) && !SpecComparison.isFed(given)) {
      log.effect(new Effect.RetireInput(id));
    }
    spec = given;
    tell(new SupervisorEvent.Defined(id, why));
    return true;
  }

  /** Begins anew, as its supervisor does: with the given spec, what it wants, and no past. */
  void renew(ChildSpec given) {
    boolean unused = redefine(given, "its supervisor starts");
    history = RestartHistory.EMPTY;
    held = false;
    removing = false;
    want(given.initially(), WishOrigin.DEFINITION, "its supervisor starts");
  }

  /** Whoever has decided something on what it was before has not seen this. */
  void countWish(InputKind wish) {
    generation++;
    if (wish == InputKind.RESTART) {
      counters = Counting.askedRestart(counters);
    }
  }

  /** What decides nothing: it is told, and counted if it is a loss. */
  void tellAside(Input.ChildInput input) {
    if (input instanceof Input.OutputLost lost) {
      counters = Counting.outputLost(counters, lost.bytes());
      tell(new SupervisorEvent.OutputLost(lost.incarnation(), lost.bytes(), lost.why()));
    } else if (input instanceof Input.LeftBehind left) {
      tell(new SupervisorEvent.LeftBehind(left.incarnation(), left.count(), left.leftovers()));
    }
  }
}
