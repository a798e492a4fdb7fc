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
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.GiveUp;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.RestartType;
import org.jsupervisor.policy.StandardRestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Explanation;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.AutoShutdown;
import org.jsupervisor.spec.Dependency;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.Significance;
import org.jsupervisor.spec.StartFailure;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TeamStop;
import org.jsupervisor.spec.TreeLimits;
import org.jsupervisor.spec.WhenLost;
import org.jsupervisor.spec.WorkerSpec;
import org.jsupervisor.strategy.RestartScope;
import org.jsupervisor.strategy.RestartStrategy;

/** The platform's side of a walk, and what must hold after every step. */
final class GroupWorld {
  /** The numbers choose specs, strategies and limits. */
  record Setting(
      int specs, List<Integer> strategies, int variant, int startingMax, long originNanos) {}

  private static final List<WhenLost> LOSSES = List.of(WhenLost.values());

  /** Who may depend on whom: a circle cannot be. */
  private static final Map<String, String> NEEDS =
      Map.of("b", "a", "s", "a", "m", "c", "d", "c", "f", "e");

  TreeModel model;
  long elapsedNanos;
  final Set<Incarnation> launching = new LinkedHashSet<>();
  final Set<Incarnation> alive = new LinkedHashSet<>();
  final Map<ChildId, Long> armed = new HashMap<>();
  final List<String> told = new ArrayList<>();

  private final long originNanos;
  private final Set<Incarnation> everLaunched = new HashSet<>();
  private final Set<Incarnation> askedToEnd = new HashSet<>();
  private final Map<ChildId, Phase> shown = new HashMap<>();

  GroupWorld(Setting setting) {
    originNanos = setting.originNanos();
    int specs = setting.specs();
    told.add(setting.toString());
    SupervisorSpec.Builder root = lead("t", setting.strategies().get(0), setting.variant());
    root.addChild(worker("a", specs % 10, false))
        .addChild(
            linked(lead("s", setting.strategies().get(1), specs / 10 % 10), "s", specs % 7)
                .addChild(worker("c", specs / 100 % 10, false))
                .addChild(middle("m", setting.strategies().get(2), specs / 1000 % 10, true))
                .addChild(worker("d", specs / 10_000 % 10, true))
                .build())
        .addChild(worker("b", specs / 100_000 % 10, true));
    TreeLimits limits =
        TreeLimits.defaults()
            .withStartingMax(setting.startingMax())
            .withLaunchWithin(Duration.ofSeconds(2));
    take(TreeMachine.create(root.build(), limits, moment()));
  }

  static boolean isSupervisor(ChildId id) {
    return id.path().equals("s") || id.path().equals("s/m");
  }

  static SupervisorSpec outer(String name, int strategy, int variant) {
    SupervisorSpec.Builder spec = lead(name, strategy, variant);
    switch (variant % 3) {
      case 0 -> spec.addChild(worker("d", variant, true)).addChild(worker("c", 9 - variant, false));
      case 1 ->
          spec.addChild(middle("m", strategy, variant, true)).addChild(worker("c", variant, false));
      default -> spec.addChild(worker("m", variant, false)).addChild(worker("d", variant, false));
    }
    return spec.build();
  }

  static SupervisorSpec middle(String name, int strategy, int variant, boolean linked) {
    SupervisorSpec.Builder spec = lead(name, strategy, variant);
    return (linked ? linked(spec, name, variant) : spec)
        .addChild(worker("e", variant, false))
        .addChild(worker("f", 9 - variant, true))
        .build();
  }

  private static SupervisorSpec.Builder linked(
      SupervisorSpec.Builder spec, String name, int number) {
    return number < LOSSES.size() ? spec.addDependency(NEEDS.get(name), LOSSES.get(number)) : spec;
  }

  /** Every supervisor allows significant children; some end by them. */
  private static SupervisorSpec.Builder lead(String name, int strategy, int variant) {
    StandardRestartPolicy policy =
        variant % 3 == 1 ? RestartPolicy.transientPolicy() : RestartPolicy.permanent();
    return SupervisorSpec.builder(name)
        .withStrategy(
            switch (strategy) {
              case 0 -> RestartStrategy.oneForOne();
              case 1 -> RestartStrategy.oneForAll();
              case 2 -> RestartStrategy.restForOne();
              default -> GroupWorld::itAndTheFirst;
            })
        .withLimit(RestartIntensity.of(1 + variant * 2, Duration.ofSeconds(2)))
        .withStop(
            switch (variant) {
              case 1, 2 -> TeamStop.defaults().withOrder(TeamStop.Order.TOGETHER);
              case 4 -> TeamStop.defaults().withStopWithin(Duration.ofMillis(700));
              default -> TeamStop.defaults();
            })
        .withStartFailure(
            variant % 2 == 0 ? StartFailure.IS_RETRIED : StartFailure.FAILS_THE_SUPERVISOR)
        .withAutoShutdown(
            variant % 4 == 3 ? AutoShutdown.ANY_SIGNIFICANT : AutoShutdown.ALL_SIGNIFICANT)
        .withInitially(variant == 8 ? Desire.DOWN : Desire.UP)
        .withRestart(variant == 9 ? RestartPolicy.temporary() : eager(policy));
  }

  private static RestartScope itAndTheFirst(org.jsupervisor.strategy.RestartRequest request) {
    return new RestartScope(List.of(request.failed(), request.siblings().get(0)));
  }

  private static StandardRestartPolicy eager(StandardRestartPolicy policy) {
    return policy.withBackoff(Backoff.fixed(Duration.ofMillis(200)));
  }

  static ProcessSpec worker(String name, int number, boolean linked) {
    StandardRestartPolicy permanent =
        eager(RestartPolicy.permanent())
            .withLimit(RestartIntensity.of(2, Duration.ofSeconds(3)))
            .withGiveUp(GiveUp.quarantine(Duration.ofSeconds(5), Duration.ofSeconds(9)));
    StandardRestartPolicy policy =
        switch (number) {
          case 0, 1 -> permanent.withBackoff(Backoff.none());
          case 2 -> permanent.withGiveUp(GiveUp.stayDown());
          case 3 -> permanent.withGiveUp(GiveUp.escalate());
          case 4, 5 -> RestartPolicy.temporary();
          case 6, 7 -> eager(RestartPolicy.transientPolicy());
          default -> permanent;
        };
    ReadinessSpec readiness =
        switch (number) {
          case 6 -> ReadinessSpec.completed(Duration.ofSeconds(1));
          case 1, 3, 5, 7, 9 -> ReadinessSpec.aliveFor(Duration.ofMillis(90));
          default -> ReadinessSpec.atLaunch();
        };
    boolean significant = policy.type() != RestartType.PERMANENT && number % 2 == 1;
    ProcessSpec.Builder spec = ProcessSpec.builder(name, "program" + number);
    if (linked && number > 0 && NEEDS.containsKey(name)) {
      ProcessSpec.Builder unused = spec.addDependency(NEEDS.get(name), LOSSES.get(number % 3));
    }
    return spec.withRestart(policy)
        .withReadiness(readiness)
        .withStop(StopSpec.of(Signal.TERM, Duration.ofMillis(500)))
        .withInitially(number == 9 ? Desire.DOWN : Desire.UP)
        .withSignificance(significant ? Significance.SIGNIFICANT : Significance.ORDINARY)
        .build();
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
      assertStopsInTurn(before, report.child());
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
    step.forgotten().forEach(gone -> checkExplanation(gone, Causes.of(model, gone)));
    int recount = 0;
    for (ChildModel child : all()) {
      recount += child.isAwaited() ? 1 : 0;
      check(child);
      checkExplanation(child, Causes.of(model, child));
    }
    assertThat(model.crowd().awaited()).as(context("awaited")).isEqualTo(recount);
    checkCrowd();
  }

  private void checkCrowd() {
    Crowd crowd = model.crowd();
    assertThat(crowd.starting())
        .as(context("starting"))
        .isEqualTo((int) all().stream().filter(ChildModel::isStarting).count())
        .isLessThanOrEqualTo(model.limits().startingMax());
    assertThat(crowd.atGate())
        .as(context("at the gate"))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            all().stream().filter(ChildModel::isAtGate).map(ChildModel::id).toList());
    for (ChildId id : crowd.atGate()) {
      boolean isFull = crowd.starting() >= model.limits().startingMax();
      assertThat(
              isFull
                  || !Gate.missing(model.children(), model.child(id).orElseThrow().spec())
                      .isEmpty())
          .as(context(id + " waits for something"))
          .isTrue();
    }
  }

  /** Who cannot go on without a sibling does not. */
  private void checkDependencies(ChildModel lead, ChildModel child) {
    boolean goesOn = child.isUpOrComing() && !child.stopOnLaunch();
    for (Dependency dependency : child.spec().dependencies()) {
      Optional<ChildModel> on = model.child(lead.id().child(dependency.on()));
      boolean isLost = on.filter(sibling -> !Gate.isLost(sibling)).isEmpty();
      boolean mustNot = dependency.whenLost() != WhenLost.GOES_ON;
      assertThat(goesOn && isLost && mustNot && lead.isUpOrComing())
          .as(context(child.id() + " goes on without " + dependency))
          .isFalse();
    }
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

  private long runs(ChildId child) {
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

  private void check(ChildModel child) {
    String context = context(child.id() + " in " + child.phase());
    boolean works = child.phase().isAlive() && !child.isSupervisor();
    assertThat(runs(child.id())).as(context + ": runs").isEqualTo(works ? 1 : 0);
    assertThat(armed.get(child.id()))
        .as(context + ": armed")
        .isEqualTo(child.deadlineNanos().isPresent() ? child.deadlineNanos().getAsLong() : null);
    if (!child.id().isRoot()) {
      assertThat(shown.getOrDefault(child.id(), Phase.DOWN)).as(context).isEqualTo(child.phase());
      ChildModel lead = model.child(child.id().parent().orElseThrow()).orElseThrow();
      assertThat(lead.team().order()).as(context + ": team").containsOnlyOnce(child.id());
    }
    if (child.isSupervisor()) {
      checkLead(child, context);
    }
  }

  /** It is about the child, bounded, and does not end at somebody who waits for somebody. */
  private void checkExplanation(ChildModel child, List<Link> chain) {
    String context = child.id() + " is explained by " + chain;
    assertThat(chain).as(context).hasSizeBetween(1, Explanation.CHAIN_MAX).doesNotHaveDuplicates();
    assertThat(chain.get(0).child()).as(context).isEqualTo(child.id());
    Link root = chain.get(chain.size() - 1);
    Optional<ChildModel> last = model.child(root.child());
    if (last.isEmpty() || last.get().id().isRoot() || !root.equals(Facts.of(model, last.get()))) {
      return;
    }
    assertThat(last.get().phase() == Phase.WAITING && root.dueNanos().isEmpty())
        .as(context(context))
        .isFalse();
    assertThat(last.get().phase() == Phase.DOWN && last.get().desire() != Desire.DOWN)
        .as(context(context))
        .isFalse();
  }

  private void checkLead(ChildModel lead, String context) {
    for (ChildId id : lead.team().order()) {
      ChildModel child = model.child(id).orElseThrow();
      boolean waits = child.phase() == Phase.WAITING || child.phase() == Phase.BACKOFF;
      assertThat(waits && !lead.isUpOrComing()).as(context + ": " + id).isFalse();
      assertThat(child.phase().isAlive() && !lead.phase().isAlive() && !isStuck(child))
          .as(context + ": lives without it: " + id)
          .isFalse();
      checkDependencies(lead, child);
      assertThat(child.held && child.phase() == Phase.WAITING && lead.team().round() == Round.IDLE)
          .as(context + ": waits for no round: " + id)
          .isFalse();
    }
    if (lead.team().round() instanceof Round.Regrouping round) {
      for (ChildId id : round.stopping().order().subList(0, round.stopping().next())) {
        assertThat(model.child(id).filter(c -> c.phase().isAlive() && !isStuck(c)))
            .as(context + ": has been stopped: " + id)
            .isEmpty();
      }
    }
    boolean regroups = lead.team().round() instanceof Round.Regrouping r && r.stopping().isDone();
    // A group whose back-off is over may still wait for a start that began before it.
    boolean mayWait =
        regroups
            && lead.team().order().stream()
                .flatMap(id -> model.child(id).stream())
                .anyMatch(other -> other.phase() == Phase.LAUNCHING);
    boolean mayBeBounded =
        lead.team().round() instanceof Round.Ending e && e.stopping().how().within().isPresent();
    assertThat(lead.deadlineNanos().isPresent() && lead.phase().isAlive())
        .as(context + ": has a deadline")
        .matches(has -> has == regroups || mayWait || (has && mayBeBounded));
  }

  private static boolean isStuck(ChildModel child) {
    return child.phase() == Phase.UNKILLABLE;
  }

  /** A report about one child stops none of a round but the one whose turn it is. */
  private void assertStopsInTurn(TreeModel before, ChildId reported) {
    for (ChildModel lead : all()) {
      if (lead.isSupervisor()
          && lead.team().round() instanceof Round.Regrouping round
          && TeamRules.spec(lead).stop().order() == TeamStop.Order.ONE_BY_ONE) {
        List<ChildId> order = round.stopping().order();
        for (int i = round.stopping().next() + 1; i < order.size(); i++) {
          ChildId id = order.get(i);
          boolean ran = before.child(id).filter(c -> c.phase() == Phase.RUNNING).isPresent();
          boolean stops = model.child(id).filter(c -> c.phase() == Phase.STOPPING).isPresent();
          boolean byItself = id.equals(reported) || reported.path().startsWith(id.path() + "/");
          boolean isFree =
              before.child(id).filter(c -> c.spec().dependencies().isEmpty()).isPresent();
          assertThat(ran && stops && !byItself && isFree)
              .as(context(id + " is stopped before its turn"))
              .isFalse();
        }
      }
    }
  }

  String context(String what) {
    return what + " after " + told;
  }
}
