package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TreeLimits;
import org.jsupervisor.spec.WorkerSpec;

/** The platform's side of a walk, and what must hold after every step. */
final class GroupWorld {
  /** The numbers choose specs, strategies and limits. */
  record Setting(
      int specs, List<Integer> strategies, int variant, int startingMax, long originNanos) {}

  TreeModel model;
  long elapsedNanos;
  final Set<Incarnation> launching = new LinkedHashSet<>();
  final Set<Incarnation> alive = new LinkedHashSet<>();
  final Map<ChildId, Long> armed = new HashMap<>();
  final List<String> told = new ArrayList<>();
  private final long originNanos;
  private final Set<Incarnation> everLaunched = new HashSet<>();
  private final Set<Incarnation> askedToEnd = new HashSet<>();
  final Map<ChildId, Phase> shown = new HashMap<>();

  GroupWorld(Setting setting) {
    originNanos = setting.originNanos();
    int specs = setting.specs();
    told.add(setting.toString());
    SupervisorSpec.Builder root =
        GroupSpecs.lead("t", setting.strategies().get(0), setting.variant());
    root.addChild(GroupSpecs.worker("a", specs % 10, false))
        .addChild(
            GroupSpecs.linked(
                    GroupSpecs.lead("s", setting.strategies().get(1), specs / 10 % 10),
                    "s",
                    specs % 7)
                .addChild(GroupSpecs.worker("c", specs / 100 % 10, false))
                .addChild(
                    GroupSpecs.middle("m", setting.strategies().get(2), specs / 1000 % 10, true))
                .addChild(GroupSpecs.worker("d", specs / 10_000 % 10, true))
                .build())
        .addChild(GroupSpecs.worker("b", specs / 100_000 % 10, true));
    TreeLimits limits =
        TreeLimits.defaults()
            .withStartingMax(setting.startingMax())
            .withLaunchWithin(Duration.ofSeconds(2));
    take(TreeMachine.create(root.build(), limits, moment()));
  }

  static boolean isSupervisor(ChildId id) {
    return id.path().equals("s") || id.path().equals("s/m");
  }

  // What happens.

  void comes(Incarnation run) {
    launching.remove(run);
    alive.add(run);
    step(new Input.Launched(run, new Pid(7)));
  }

  void ends(Incarnation run, ExitStatus status) {
    alive.remove(run);
    askedToEnd.remove(run);
    step(new Input.Exited(run, status));
  }

  void due(ChildId id) {
    Long due = armed.remove(id);
    if (due != null) {
      elapsedNanos = Math.max(elapsedNanos, due - originNanos);
      step(new Input.Deadline(id, due));
    }
  }

  /** Launches come out, stops end their runs (if it obeys), deadlines come; nothing else. */
  void giveWhatIsOwed(boolean obeys) {
    told.add("ALL IS GIVEN");
    for (int stepsMax = 2000; ; stepsMax--) {
      assertThat(stepsMax).as(context("it never settles")).isPositive();
      Optional<Incarnation> stopped =
          alive.stream().filter(run -> obeys && askedToEnd.contains(run)).findFirst();
      Optional<ChildId> next = armed.keySet().stream().min(Comparator.comparing(this::wait));
      if (!launching.isEmpty()) {
        comes(launching.iterator().next());
      } else if (stopped.isPresent()) {
        ends(stopped.get(), new ExitStatus.Signalled(Signal.TERM, false));
      } else if (working().isPresent()) {
        ends(working().get(), new ExitStatus.Exited(0));
      } else if (next.isPresent()) {
        due(next.get());
      } else {
        return;
      }
    }
  }

  /** One that completes its work in its time. */
  private Optional<Incarnation> working() {
    return alive.stream()
        .filter(run -> !askedToEnd.contains(run))
        .filter(
            run ->
                model
                    .child(run.child())
                    .filter(child -> child.phase() == Phase.RUNNING && !child.isSupervisor())
                    .filter(
                        child ->
                            ((WorkerSpec) child.spec()).readiness().kind()
                                == ReadinessSpec.Kind.COMPLETED)
                    .isPresent())
        .findFirst();
  }

  private long wait(ChildId id) {
    return armed.get(id) - originNanos;
  }

  void step(Input input) {
    TreeModel before = model;
    Step step;
    try {
      step = TreeMachine.step(model, input, moment());
    } catch (RuntimeException thrown) {
      throw new AssertionError(context(input.toString()), thrown);
    }
    if (before.phase() == TreePhase.STOPPED) {
      assertThat(step.model()).as(context("after the end")).isEqualTo(before);
      assertThat(step.effects()).as(context("effects after the end")).isEmpty();
      return;
    }
    take(step);
    if (input instanceof Input.RunInput report) {
      GroupChecks.assertStopsInTurn(this, before, report.child());
    }
  }

  private Moment moment() {
    return new Moment(originNanos + elapsedNanos, 0.25);
  }

  // What must hold.

  private void take(Step step) {
    model = step.model();
    step.events().forEach(this::hear);
    step.effects().forEach(this::obey);
    for (ChildModel gone : step.forgotten()) {
      if (model.child(gone.id()).isEmpty()) {
        shown.remove(gone.id());
        assertThat(armed).as(context("forgotten")).doesNotContainKey(gone.id());
        assertThat(runs(gone.id())).as(context("runs of forgotten " + gone.id())).isZero();
      }
    }
    step.forgotten()
        .forEach(gone -> GroupChecks.checkExplanation(this, gone, Causes.of(model, gone)));
    int recount = 0;
    for (ChildModel child : all()) {
      recount += child.isAwaited() ? 1 : 0;
      GroupChecks.check(this, child);
      GroupChecks.checkExplanation(this, child, Causes.of(model, child));
    }
    assertThat(model.crowd().awaited()).as(context("awaited")).isEqualTo(recount);
    GroupChecks.checkCrowd(this);
  }

  List<ChildModel> all() {
    List<ChildModel> all = new ArrayList<>(model.inStartOrder());
    all.add(model.child(ChildId.ROOT).orElseThrow());
    return all;
  }

  private void obey(Effect effect) {
    if (effect instanceof Effect.Launch launch) {
      Incarnation run = launch.incarnation();
      assertThat(everLaunched.add(run)).as(context(run + " is new")).isTrue();
      assertThat(runs(run.child())).as(context("a second run of " + run)).isZero();
      ChildModel lead = model.child(run.child().parent().orElseThrow()).orElseThrow();
      assertThat(lead.isUpOrComing()).as(context("launch of " + run)).isTrue();
      launching.add(run);
    } else if (effect instanceof Effect.Stop stop) {
      assertThat(alive).as(context("stop of nobody")).contains(stop.incarnation());
      askedToEnd.add(stop.incarnation());
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
    if (event instanceof SupervisorEvent.PhaseChanged changed) {
      assertThat(changed.from())
          .as(context(event.toString()))
          .isEqualTo(shown.getOrDefault(event.child(), Phase.DOWN));
      shown.put(event.child(), changed.to());
    } else if (event instanceof SupervisorEvent.Removed) {
      shown.remove(event.child());
    }
  }

  String context(String what) {
    return what + " after " + told;
  }
}
