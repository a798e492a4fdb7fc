package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsupervisor.StopReport;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.LaunchFailure;
import org.jsupervisor.process.LaunchFault;
import org.jsupervisor.process.Notice;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.Leftovers;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TreeLimits;

/** The platform's side of a random walk, and what it has seen. */
final class WalkWorld {
  private static final Pid PID = new Pid(7);

  final SupervisorSpec spec;
  private long elapsedNanos;
  private final long originNanos;
  TreeModel model;
  private final Set<Incarnation> launching = new HashSet<>();
  final Set<Incarnation> alive = new HashSet<>();
  private final Set<Incarnation> everLaunched = new HashSet<>();
  private final Set<Incarnation> probed = new HashSet<>();
  final Map<ChildId, Long> armed = new HashMap<>();
  final Map<ChildId, Phase> shown = new HashMap<>();
  final List<Long> restarts = new ArrayList<>();
  private final Map<ChildId, List<Long>> restartsByChild = new HashMap<>();
  private final List<String> told = new ArrayList<>();

  WalkWorld(TreeMachineProperties.Setting setting) {
    originNanos = setting.originNanos();
    SupervisorSpec.Builder builder =
        SupervisorSpec.builder("t").withStrategy(WalkSpecs.strategy(setting.strategy()));
    if (setting.limit() > 0) {
      builder.withLimit(RestartIntensity.of(setting.limit(), Duration.ofSeconds(10)));
    }
    for (int i = 0; i < setting.specs().size(); i++) {
      builder.addChild(WalkSpecs.spec(TreeMachineProperties.IDS.get(i), setting.specs().get(i)));
    }
    spec = builder.build();
    take(TreeMachine.create(spec, TreeLimits.defaults(), moment()));
    step(new Input.StartTree());
  }

  private Moment moment() {
    return new Moment(originNanos + elapsedNanos, 0.25);
  }

  void make(TreeMachineProperties.Move move) {
    told.add(move.toString());
    ChildId id = TreeMachineProperties.IDS.get(move.child());
    switch (move.kind()) {
      case UP -> step(new Input.Up(id, "asked for"));
      case DOWN -> step(new Input.Down(id, "asked for"));
      case ONCE -> step(new Input.Once(id, "asked for"));
      case RESTART -> step(new Input.Restart(id, "asked for"));
      case SIGNAL -> step(new Input.SendSignal(id, Signal.HUP, "asked for"));
      case PAUSE -> step(new Input.Pause(id, "asked for"));
      case RESUME -> step(new Input.Resume(id, "asked for"));
      case DEFINE_SAME ->
          model.child(id).ifPresent(child -> step(new Input.Define(child.spec(), "spec changed")));
      case DEFINE_OTHER ->
          step(
              new Input.Define(
                  WalkSpecs.spec(id, move.number() % WalkSpecs.SPECS), "spec changed"));
      case REMOVE -> step(new Input.Remove(id, "removed"));
      case STALE_REPORT -> staleReport(id, move.number());
      case STALE_DEADLINE ->
          step(new Input.Deadline(id, originNanos + elapsedNanos - move.number()));
      case DEADLINE -> deadline(id);
      case TIME -> elapsedNanos += move.number() * 400_000_000L;
      case STOP -> step(new Input.StopTree(StopReport.Cause.ASKED, "asked for"));
      case LAUNCHED,
          LAUNCH_FAILED,
          EXITED,
          NOTIFIED,
          PINGED,
          AILING,
          MORE_TIME,
          SAID,
          OUTPUT_LOST ->
          report(move.kind(), id);
    }
  }

  private void report(TreeMachineProperties.Kind kind, ChildId id) {
    Set<Incarnation> candidates =
        kind == TreeMachineProperties.Kind.LAUNCHED
                || kind == TreeMachineProperties.Kind.LAUNCH_FAILED
            ? launching
            : alive;
    candidates.stream()
        .filter(run -> run.child().equals(id))
        .findFirst()
        .ifPresent(
            run -> {
              switch (kind) {
                case LAUNCHED -> {
                  launching.remove(run);
                  alive.add(run);
                  step(isTask(id) ? new Input.TaskStarted(run) : new Input.Launched(run, PID));
                }
                case LAUNCH_FAILED -> {
                  launching.remove(run);
                  step(new Input.LaunchFailed(run, failure()));
                }
                case EXITED -> {
                  alive.remove(run);
                  step(new Input.Exited(run, new ExitStatus.Exited(elapsedNanos % 3 == 0 ? 1 : 0)));
                }
                case NOTIFIED -> step(new Input.Notified(run));
                case PINGED -> step(new Input.Pinged(run));
                case AILING -> step(new Input.Ailing(run));
                case MORE_TIME -> step(new Input.MoreTime(run, Duration.ofSeconds(3)));
                case SAID -> step(new Input.Said(run, Notice.of(Notice.Kind.STATUS, "well")));
                default -> {
                  step(new Input.LeftBehind(run, 1, Leftovers.KILLED));
                  step(new Input.OutputLost(run, 1, "disk full"));
                }
              }
            });
  }

  private boolean isTask(ChildId id) {
    return model.child(id).orElseThrow().spec().kind() == ChildSpec.Kind.TASK;
  }

  private static LaunchFailure failure() {
    return new LaunchFailure(LaunchFault.CHILD, "ENOENT", "p", "no");
  }

  /** Reports of runs that are over, or never were, do nothing at all. */
  private void staleReport(ChildId id, int number) {
    long current = model.child(id).map(ChildModel::number).orElse(0L);
    Incarnation old = new Incarnation(id, Math.max(1, current - 1 - number % 2));
    if (alive.contains(old) || launching.contains(old) || old.number() == current) {
      return;
    }
    TreeModel before = model;
    step(new Input.Exited(old, new ExitStatus.Exited(1)));
    step(new Input.Launched(old, new Pid(8)));
    step(new Input.TaskStarted(old));
    step(new Input.LaunchFailed(old, failure()));
    step(new Input.Notified(old));
    assertThat(model).as(context("a stale report did something")).isEqualTo(before);
  }

  private void deadline(ChildId id) {
    Long due = armed.get(id);
    if (due != null) {
      elapsedNanos = Math.max(elapsedNanos, due - originNanos);
      armed.remove(id);
      step(new Input.Deadline(id, due));
    }
  }

  /** A tree that is stopped ends, whatever has happened before: the world gives all it owes. */
  void end() {
    told.add("END");
    step(new Input.StopTree(StopReport.Cause.ASKED, "end"));
    for (int i = 0; i < 200 && model.phase() != TreePhase.STOPPED; i++) {
      ChildId turn = ending(model).order().get(ending(model).next());
      int before = told.size();
      report(TreeMachineProperties.Kind.LAUNCHED, turn);
      if (i % 2 == 0) {
        report(TreeMachineProperties.Kind.EXITED, turn);
      } else {
        deadline(turn);
      }
      assertThat(told).hasSize(before);
    }
    assertThat(model.phase()).as(context("the end")).isEqualTo(TreePhase.STOPPED);
    assertThat(armed).as(context("deadlines after the end")).isEmpty();
    assertThat(probed).as(context("probes after the end")).isEmpty();
  }

  private void step(Input input) {
    TreeModel before = model;
    Step step = TreeMachine.step(model, input, moment());
    if (before.phase() == TreePhase.STOPPED) {
      assertThat(step.model()).as(context("after the end")).isEqualTo(before);
      assertThat(step.effects()).as(context("effects after the end")).isEmpty();
      assertThat(step.events()).as(context("events after the end")).isEmpty();
      return;
    }
    take(step);
    WalkChecks.assertInOrder(this, before);
  }

  private void take(Step step) {
    model = step.model();
    step.events().forEach(this::hear);
    step.effects().forEach(this::obey);
    for (ChildModel gone : step.forgotten()) {
      shown.remove(gone.id());
      restartsByChild.remove(gone.id());
      assertThat(armed).as(context("deadline of a forgotten child")).doesNotContainKey(gone.id());
      assertThat(alive).as(context("run")).noneMatch(run -> run.child().equals(gone.id()));
    }
    int recount = 0;
    for (ChildModel child : model.inStartOrder()) {
      recount += child.isAwaited() ? 1 : 0;
      WalkChecks.check(this, child);
    }
    assertThat(model.crowd().awaited()).as(context("awaited")).isEqualTo(recount);
    assertThat(model.size()).isEqualTo(model.inStartOrder().size());
  }

  private void obey(Effect effect) {
    if (effect instanceof Effect.Launch launch) {
      Incarnation run = launch.incarnation();
      assertThat(everLaunched.add(run)).as(context(run + " is new")).isTrue();
      assertThat(model.phase()).as(context("launch")).isEqualTo(TreePhase.RUNNING);
      assertThat(runs(run.child())).as(context("a second run")).isZero();
      launching.add(run);
    } else if (effect instanceof Effect.Send send) {
      assertThat(runs(send.incarnation().child())).as(context("signal to nobody")).isEqualTo(1);
      assertThat(isTask(send.incarnation().child())).as(context("a signal to a task")).isFalse();
    } else if (effect instanceof Effect.Stop stop) {
      assertThat(runs(stop.incarnation().child())).as(context("stop of nobody")).isEqualTo(1);
      assertThat(isTask(stop.incarnation().child())).as(context("a signal to a task")).isFalse();
    } else if (effect instanceof Effect.Interrupt interrupt) {
      assertThat(alive).as(context("interrupt of nobody")).contains(interrupt.incarnation());
      assertThat(isTask(interrupt.incarnation().child())).as(context("interrupted")).isTrue();
    } else if (effect instanceof Effect.Probe probe) {
      assertThat(alive).as(context("probe of nobody")).contains(probe.incarnation());
      assertThat(probed.add(probe.incarnation())).as(context("probed twice")).isTrue();
    } else if (effect instanceof Effect.EndProbe probe) {
      assertThat(probed.remove(probe.incarnation())).as(context("end of no probe")).isTrue();
    } else if (effect instanceof Effect.Arm arm) {
      armed.put(arm.child(), arm.deadlineNanos());
    } else if (effect instanceof Effect.Disarm disarm) {
      armed.remove(disarm.child());
    }
  }

  long runs(ChildId child) {
    return alive.stream().filter(run -> run.child().equals(child)).count()
        + launching.stream().filter(run -> run.child().equals(child)).count();
  }

  private void hear(SupervisorEvent event) {
    if (event instanceof SupervisorEvent.Defined) {
      shown.putIfAbsent(event.child(), Phase.DOWN);
    } else if (event instanceof SupervisorEvent.PhaseChanged changed) {
      assertThat(changed.from()).as(context(event.toString())).isEqualTo(shown.get(event.child()));
      assertThat(changed.to()).isNotEqualTo(changed.from());
      shown.put(event.child(), changed.to());
    } else if (event instanceof SupervisorEvent.RestartScheduled) {
      countRestart(event.child());
    } else if (event instanceof SupervisorEvent.GaveUp) {
      restartsByChild.remove(event.child());
    } else if (event instanceof SupervisorEvent.DesireChanged changed
        && changed.desire() != Desire.DOWN) {
      restartsByChild.remove(event.child());
    }
  }

  private void countRestart(ChildId child) {
    restarts.add(elapsedNanos);
    restartsByChild.computeIfAbsent(child, id -> new ArrayList<>()).add(elapsedNanos);
  }

  static Stopping ending(TreeModel model) {
    return ((Round.Ending) model.child(ChildId.ROOT).orElseThrow().team().round()).stopping();
  }

  String context(String what) {
    return what + " after " + told + " in " + model;
  }
}
