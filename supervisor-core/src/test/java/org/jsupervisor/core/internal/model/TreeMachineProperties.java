package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.Size;
import org.jsupervisor.StopReport;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.GiveUp;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.RestartType;
import org.jsupervisor.policy.StandardRestartPolicy;
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
import org.jsupervisor.spec.Probe;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TaskBody;
import org.jsupervisor.spec.TaskSpec;
import org.jsupervisor.spec.TreeLimits;
import org.jsupervisor.spec.Watchdog;
import org.jsupervisor.spec.WorkerSpec;
import org.jsupervisor.strategy.RestartScope;
import org.jsupervisor.strategy.RestartStrategy;

/**
 * Random walks: whatever comes in whatever order, from a world that keeps the platform's contract
 * (and from its late and stale messages), what must always hold holds after every step.
 */
class TreeMachineProperties {
  private static final List<ChildId> IDS =
      List.of(ChildId.of("a"), ChildId.of("b"), ChildId.of("c"), ChildId.of("d"));

  /** What comes next; what it means depends on the state of the world. */
  enum Kind {
    UP,
    DOWN,
    ONCE,
    RESTART,
    SIGNAL,
    PAUSE,
    RESUME,
    DEFINE_SAME,
    DEFINE_OTHER,
    REMOVE,
    LAUNCHED,
    LAUNCH_FAILED,
    EXITED,
    NOTIFIED,
    PINGED,
    AILING,
    MORE_TIME,
    SAID,
    OUTPUT_LOST,
    STALE_REPORT,
    STALE_DEADLINE,
    DEADLINE,
    TIME,
    STOP
  }

  /** One move: its number chooses a child, a spec or a length of time. */
  record Move(Kind kind, int child, int number) {
    @Override
    public String toString() {
      return kind + "(" + IDS.get(child) + ", " + number + ")";
    }
  }

  /** A tree to walk in. */
  record Setting(List<Integer> specs, int strategy, int limit, long originNanos) {}

  // The same walks in every build; take the seed away to explore.
  @Property(seed = "20261121", tries = 600, shrinking = ShrinkingMode.BOUNDED)
  void anyWalk_keepsWhatMustAlwaysHold(
      @ForAll("settings") Setting setting, @ForAll("moves") @Size(max = 120) List<Move> moves) {
    World world = new World(setting);
    for (Move move : moves) {
      world.make(move);
    }
    world.end();
  }

  @Provide
  static Arbitrary<Setting> settings() {
    return Combinators.combine(
            Arbitraries.integers().between(0, SPECS - 1).list().ofMinSize(1).ofMaxSize(4),
            Arbitraries.integers().between(0, 2),
            Arbitraries.integers().between(0, 4),
            Arbitraries.of(0L, Long.MAX_VALUE - 20_000_000_000L, Long.MIN_VALUE))
        .as(Setting::new);
  }

  @Provide
  static Arbitrary<List<Move>> moves() {
    Arbitrary<Kind> kinds =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(20, Arbitraries.of(Kind.class)),
            net.jqwik.api.Tuple.of(
                30,
                Arbitraries.of(
                    Kind.LAUNCHED, Kind.EXITED, Kind.DEADLINE, Kind.TIME, Kind.LAUNCH_FAILED)),
            net.jqwik.api.Tuple.of(1, Arbitraries.just(Kind.STOP)));
    // Most walks must not end before they have begun.
    return Combinators.combine(
            kinds, Arbitraries.integers().between(0, 3), Arbitraries.integers().between(0, SPECS))
        .as(Move::new)
        .filter(move -> move.kind() != Kind.STOP || move.number() == 0)
        .list();
  }

  /** The last two are tasks. */
  private static final int SPECS = 8;

  private static final int FIRST_TASK = 6;

  private static WorkerSpec spec(ChildId id, int number) {
    return number < FIRST_TASK ? process(id, number) : task(id, number);
  }

  private static TaskSpec task(ChildId id, int number) {
    TaskSpec.Builder spec =
        TaskSpec.builder(id.path(), number == FIRST_TASK ? FORGIVEN : WATCHED)
            .withGrace(Duration.ofSeconds(1));
    return number == FIRST_TASK
        ? spec.withRestart(RestartPolicy.transientPolicy()).build()
        : spec.withRestart(RestartPolicy.permanent())
            .withReadyWithin(Duration.ofSeconds(1))
            .build();
  }

  private static final TaskBody FORGIVEN = context -> {};
  private static final TaskBody WATCHED = context -> {};

  private static ProcessSpec process(ChildId id, int number) {
    StandardRestartPolicy permanent =
        RestartPolicy.permanent()
            .withBackoff(Backoff.fixed(Duration.ofMillis(300)))
            .withLimit(RestartIntensity.of(2, Duration.ofSeconds(5)))
            .withResetAfter(Duration.ofSeconds(3));
    ProcessSpec.Builder spec =
        ProcessSpec.builder(id.path(), "p" + number)
            .withStop(StopSpec.of(Signal.TERM, Duration.ofSeconds(1)))
            .withReadiness(ReadinessSpec.aliveFor(Duration.ofMillis(500)));
    return (switch (number) {
          case 0 -> spec.withRestart(permanent);
          case 1 ->
              spec.withRestart(permanent.withGiveUp(GiveUp.stayDown()).withBackoff(Backoff.none()))
                  .withReadiness(ReadinessSpec.atLaunch());
          case 2 ->
              spec.withRestart(RestartPolicy.transientPolicy())
                  .withReadiness(ReadinessSpec.notified(3))
                  .withStop(StopSpec.killAtOnce());
          case 3 -> spec.withRestart(RestartPolicy.temporary());
          case 4 ->
              spec.withRestart(permanent.withGiveUp(GiveUp.escalate()))
                  .withReadiness(ReadinessSpec.probed(Probe.tcp(80)))
                  .withWatchdog(Watchdog.every(Duration.ofSeconds(2)));
          default -> spec.withRestart(permanent).withInitially(Desire.DOWN);
        })
        .build();
  }

  private static final Pid PID = new Pid(7);

  /** The platform's side, and what it has seen. */
  private static final class World {
    private final SupervisorSpec spec;
    private long elapsedNanos;
    private final long originNanos;
    private TreeModel model;
    private final Set<Incarnation> launching = new HashSet<>();
    private final Set<Incarnation> alive = new HashSet<>();
    private final Set<Incarnation> everLaunched = new HashSet<>();
    private final Set<Incarnation> probed = new HashSet<>();
    private final Map<ChildId, Long> armed = new HashMap<>();
    private final Map<ChildId, Phase> shown = new HashMap<>();
    private final List<Long> restarts = new ArrayList<>();
    private final Map<ChildId, List<Long>> restartsByChild = new HashMap<>();
    private final List<String> told = new ArrayList<>();

    World(Setting setting) {
      originNanos = setting.originNanos();
      SupervisorSpec.Builder builder =
          SupervisorSpec.builder("t").withStrategy(strategy(setting.strategy()));
      if (setting.limit() > 0) {
        builder.withLimit(RestartIntensity.of(setting.limit(), Duration.ofSeconds(10)));
      }
      for (int i = 0; i < setting.specs().size(); i++) {
        builder.addChild(spec(IDS.get(i), setting.specs().get(i)));
      }
      spec = builder.build();
      take(TreeMachine.create(spec, TreeLimits.defaults(), moment()));
      step(new Input.StartTree());
    }

    private static RestartStrategy strategy(int number) {
      return switch (number) {
        case 0 -> RestartStrategy.oneForOne();
        case 1 -> request -> new RestartScope(request.siblings());
        default ->
            request -> {
              throw new AssertionError("a strategy with a bug");
            };
      };
    }

    private Moment moment() {
      return new Moment(originNanos + elapsedNanos, 0.25);
    }

    void make(Move move) {
      told.add(move.toString());
      ChildId id = IDS.get(move.child());
      switch (move.kind()) {
        case UP -> step(new Input.Up(id, "asked for"));
        case DOWN -> step(new Input.Down(id, "asked for"));
        case ONCE -> step(new Input.Once(id, "asked for"));
        case RESTART -> step(new Input.Restart(id, "asked for"));
        case SIGNAL -> step(new Input.SendSignal(id, Signal.HUP, "asked for"));
        case PAUSE -> step(new Input.Pause(id, "asked for"));
        case RESUME -> step(new Input.Resume(id, "asked for"));
        case DEFINE_SAME ->
            model
                .child(id)
                .ifPresent(child -> step(new Input.Define(child.spec(), "spec changed")));
        case DEFINE_OTHER ->
            step(new Input.Define(spec(id, move.number() % SPECS), "spec changed"));
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

    private void report(Kind kind, ChildId id) {
      Set<Incarnation> candidates =
          kind == Kind.LAUNCHED || kind == Kind.LAUNCH_FAILED ? launching : alive;
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
                    step(
                        new Input.Exited(
                            run, new ExitStatus.Exited(elapsedNanos % 3 == 0 ? 1 : 0)));
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
        report(Kind.LAUNCHED, turn);
        if (i % 2 == 0) {
          report(Kind.EXITED, turn);
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
      assertInOrder(before);
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
        check(child);
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

    private long runs(ChildId child) {
      return alive.stream().filter(run -> run.child().equals(child)).count()
          + launching.stream().filter(run -> run.child().equals(child)).count();
    }

    private void hear(SupervisorEvent event) {
      if (event instanceof SupervisorEvent.Defined) {
        shown.putIfAbsent(event.child(), Phase.DOWN);
      } else if (event instanceof SupervisorEvent.PhaseChanged changed) {
        assertThat(changed.from())
            .as(context(event.toString()))
            .isEqualTo(shown.get(event.child()));
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

    /** The supervisor's limit: no more restarts in any window, or the tree is ending. */
    private void checkLimits() {
      if (spec.limit() instanceof RestartIntensity limit && model.phase() == TreePhase.RUNNING) {
        assertWindow(restarts, limit);
      }
    }

    private void assertWindow(List<Long> times, RestartIntensity limit) {
      int last = times.size() - 1;
      if (last >= limit.restarts()) {
        assertThat(times.get(last) - times.get(last - limit.restarts()))
            .as(context("restarts within the period"))
            .isGreaterThan(limit.period().toNanos());
      }
    }

    private void check(ChildModel child) {
      String context = context(child.id() + " in " + child.phase());
      checkLimits();
      assertThat(shown.get(child.id())).as(context + ": told phase").isEqualTo(child.phase());
      assertThat(child.deadlineNanos().isPresent()).as(context + ": waits").isEqualTo(waits(child));
      assertThat(armed.get(child.id()))
          .as(context + ": armed")
          .isEqualTo(child.deadlineNanos().isPresent() ? child.deadlineNanos().getAsLong() : null);
      assertThat(child.ready() && child.phase() != Phase.RUNNING).as(context + ": ready").isFalse();
      assertThat(runs(child.id()))
          .as(context + ": runs")
          .isEqualTo(child.phase().isAlive() ? 1 : 0);
      assertThat(!(child.life() instanceof Life.None))
          .as(context + ": life")
          .isEqualTo(alive.contains(new Incarnation(child.id(), Math.max(1, child.number()))));
      if (child.phase() == Phase.RUNNING) {
        boolean waitsForItsTurn = lead().team().round() instanceof Round.Regrouping;
        assertThat(child.desire() == Desire.DOWN && !waitsForItsTurn)
            .as(context + ": not wanted")
            .isFalse();
      }
      if (child.desire() == Desire.ONCE) {
        assertThat(child.phase().isAlive() || child.phase() == Phase.WAITING)
            .as(context + ": its one run is to come, or there")
            .isTrue();
      }
      assertThat(child.paused() && child.phase() != Phase.RUNNING)
          .as(context + ": paused")
          .isFalse();
      if (child.removing()) {
        assertThat(child.phase().isAlive()).as(context + ": being removed").isTrue();
      }
      StandardRestartPolicy policy = (StandardRestartPolicy) child.spec().restart();
      assertThat(policy.type() == RestartType.PERMANENT && child.phase() == Phase.FINISHED)
          .as(context + ": a permanent child is never done, but by an older spec")
          .isFalse();
    }

    private ChildModel lead() {
      return model.child(ChildId.ROOT).orElseThrow();
    }

    private static Stopping ending(TreeModel model) {
      return ((Round.Ending) model.child(ChildId.ROOT).orElseThrow().team().round()).stopping();
    }

    private static boolean waits(ChildModel child) {
      return switch (child.phase()) {
        case STOPPING, KILLING, BACKOFF, QUARANTINED -> true;
        case LAUNCHING -> true;
        case RUNNING -> !child.ready() && !child.paused();
        case DOWN, WAITING, UNKILLABLE, FINISHED, FAILED -> false;
      };
    }

    /** While the tree stops, a child is only asked to end when all behind it are dead. */
    private void assertInOrder(TreeModel before) {
      if (model.phase() != TreePhase.STOPPING || before.phase() != TreePhase.STOPPING) {
        return;
      }
      List<ChildId> order = ending(model).order();
      for (int i = 0; i < ending(model).next(); i++) {
        Phase phase = model.child(order.get(i)).map(ChildModel::phase).orElse(Phase.DOWN);
        assertThat(!phase.isAlive() || phase == Phase.UNKILLABLE)
            .as(context(order.get(i) + " had its turn"))
            .isTrue();
      }
      for (int i = ending(model).next() + 1; i < order.size(); i++) {
        boolean wasRunning =
            before.child(order.get(i)).filter(c -> c.phase() == Phase.RUNNING).isPresent();
        boolean isStopping =
            model.child(order.get(i)).filter(c -> c.phase() == Phase.STOPPING).isPresent();
        boolean late = model.child(order.get(i)).filter(c -> c.desire() != Desire.DOWN).isPresent();
        assertThat(wasRunning && isStopping && !late)
            .as(context(order.get(i) + " is stopped before its turn"))
            .isFalse();
      }
    }

    private String context(String what) {
      return what + " after " + told + " in " + model;
    }
  }
}
