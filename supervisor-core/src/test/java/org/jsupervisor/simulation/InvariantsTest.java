package org.jsupervisor.simulation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.event.WishOrigin;
import org.jsupervisor.platform.LaunchRequest;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartLimit;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.snapshot.TreeSnapshot;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TeamStop;
import org.jsupervisor.spec.TreeLimits;
import org.jsupervisor.spec.WhenLost;
import org.junit.jupiter.api.Test;

/** Each invariant is broken by an engine that does wrong: one that cannot fail checks nothing. */
class InvariantsTest {
  private static final ChildId A = ChildId.of("a");
  private static final TreeSnapshot RUNNING =
      new TreeSnapshot("t", TreePhase.RUNNING, "runs", List.of());

  private final SupervisorSpec tree =
      SupervisorSpec.builder("t").withLimit(RestartIntensity.of(1, s(5))).build();
  private final Invariants invariants = new Invariants(tree, TreeLimits.defaults());
  private final Ledger ledger = new Ledger(new SimulatedPlatform(0), invariants);

  private static Duration s(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static LaunchRequest launch(int number) {
    return new LaunchRequest(
        new Incarnation(A, number), ProcessSpec.builder("a", "a").build(), new OutputTarget.Null());
  }

  private void hear(Duration at, SupervisorEvent event) {
    invariants.hear(at, event, () -> RUNNING);
  }

  private static SupervisorEvent phase(Phase from, Phase to) {
    return new SupervisorEvent.PhaseChanged(A, from, to, "test");
  }

  private static SupervisorSpec two(ProcessSpec.Builder b) {
    return SupervisorSpec.builder("t")
        .addChild(ProcessSpec.builder("a", "a").build())
        .addChild(b.build())
        .build();
  }

  @Test
  void secondProcessOfAChild_isFound() {
    ledger.launch(launch(1));

    assertThatThrownBy(() -> ledger.launch(launch(2)))
        .hasMessage("a#2 is launched while a#1 lives");
  }

  @Test
  void signalToARunThatIsOver_isFound() {
    assertThatThrownBy(() -> ledger.signal(new Incarnation(A, 1), Signal.HUP))
        .hasMessage("HUP is sent to a#1, which is over");
    assertThatThrownBy(() -> ledger.stop(new Incarnation(A, 1), Signal.TERM))
        .hasMessage("TERM stops a#1, which is over");
  }

  @Test
  void launchOfWhatIsNotWanted_isFound() {
    assertThatThrownBy(() -> invariants.launches(new Incarnation(A, 1), launch(1).spec(), RUNNING))
        .hasMessage("a#1 is launched, but not wanted up");
  }

  @Test
  void moreRestartsThanTheIntensity_areFound_onlyIfTheSupervisorGoesOn() {
    for (int i = 0; i < 2; i++) {
      hear(s(i), new SupervisorEvent.RestartScheduled(A, 1, Duration.ZERO));
    }
    assertThatThrownBy(() -> invariants.check(s(1), RUNNING, ledger))
        .hasMessage("/ has seen more restarts than 1 restarts in 5 s and goes on");

    hear(s(9), new SupervisorEvent.RestartScheduled(A, 1, Duration.ZERO));
    assertThatCode(() -> invariants.check(s(9), RUNNING, ledger)).doesNotThrowAnyException();
    hear(s(9), new SupervisorEvent.RestartScheduled(A, 1, Duration.ZERO));
    hear(s(9), new SupervisorEvent.TreePhaseChanged(TreePhase.RUNNING, TreePhase.STOPPING, "x"));
    assertThatCode(() -> invariants.check(s(9), RUNNING, ledger)).doesNotThrowAnyException();
  }

  @Test
  void temporaryChildThatComesBack_isFound() {
    RestartBounds bounds = new RestartBounds(tree, RestartLimit.none());
    ProcessSpec spec = ProcessSpec.builder("a", "a").withRestart(RestartPolicy.temporary()).build();
    Incarnation run = new Incarnation(A, 1);
    bounds.launches(run, spec);
    bounds.hear(
        s(1),
        new SupervisorEvent.Ended(
            new Exit(run, new ExitStatus.Exited(1), ExitCause.BY_ITSELF, s(1))));

    assertThatThrownBy(
            () -> bounds.hear(s(1), new SupervisorEvent.RestartScheduled(A, 1, Duration.ZERO)))
        .hasMessage("a is temporary, but is restarted");
  }

  @Test
  void phaseThatWasNotTold_isFound() {
    assertThatThrownBy(() -> hear(s(1), phase(Phase.RUNNING, Phase.STOPPING)))
        .hasMessage("a is told to go from RUNNING to STOPPING, but was DOWN");
  }

  @Test
  void startBeforeItsTurn_andStopBeforeItsTurn_areFound() {
    SupervisorSpec two = two(ProcessSpec.builder("b", "b"));
    Trace shown = Simulation.run(Scenario.of(two));
    ChildId b = ChildId.of("b");
    RoundOrder order = new RoundOrder(new KnownSpecs(two), true);
    TellsTrue told = new TellsTrue();
    told.apply(phase(Phase.DOWN, Phase.WAITING));
    assertThatThrownBy(
            () ->
                order.hear(
                    new SupervisorEvent.PhaseChanged(b, Phase.WAITING, Phase.LAUNCHING, "x"),
                    told,
                    shown::end))
        .hasMessage("b is started in its turn, but a before it still waits");
    told.apply(new SupervisorEvent.PhaseChanged(b, Phase.LAUNCHING, Phase.RUNNING, "x"));
    told.apply(new SupervisorEvent.TreePhaseChanged(TreePhase.RUNNING, TreePhase.STOPPING, "x"));
    told.apply(new SupervisorEvent.DesireChanged(A, Desire.DOWN, WishOrigin.ASKED, "x"));
    assertThatThrownBy(() -> order.hear(phase(Phase.RUNNING, Phase.STOPPING), told, shown::end))
        .hasMessage("a is stopped in its turn, but b behind it is still RUNNING");
  }

  @Test
  void startThatDoesNotWaitForTheOneBefore_isFound() {
    SupervisorSpec two = two(ProcessSpec.builder("b", "b"));
    RoundOrder order = new RoundOrder(new KnownSpecs(two), true);
    order.hear(phase(Phase.WAITING, Phase.LAUNCHING), new TellsTrue(), () -> RUNNING);

    assertThatThrownBy(
            () ->
                order.hear(
                    new SupervisorEvent.PhaseChanged(
                        ChildId.of("b"), Phase.WAITING, Phase.LAUNCHING, "x"),
                    new TellsTrue(),
                    () -> RUNNING))
        .hasMessage("b is started in its turn, but the start of a has not come out");
  }

  @Test
  void stopThatTakesLongerThanItsLadder_isFound() {
    StopBounds stops = new StopBounds();
    stops.launches(new Incarnation(A, 1), launch(1).spec());
    stops.hear(s(1), phase(Phase.RUNNING, Phase.STOPPING));

    assertThatCode(() -> stops.check(s(13))).doesNotThrowAnyException();
    assertThatThrownBy(() -> stops.check(s(14)))
        .hasMessage("a stops since 1000 ms, its ladder takes PT12S");
  }

  @Test
  void processThatIsLeftBehind_isFound() {
    assertThatThrownBy(() -> invariants.leftBehind(new Incarnation(A, 1), RUNNING))
        .hasMessage("a#1 is left behind, but a is forgotten");
  }

  @Test
  void operationWithoutAnAnswer_isFound_onlyWhenTheTreeIsOver() {
    assertThatCode(() -> invariants.atEnd(s(1), RUNNING, false, 1)).doesNotThrowAnyException();
    assertThatThrownBy(() -> invariants.atEnd(s(1), RUNNING, true, 1))
        .hasMessage("1 operations were never answered");
  }

  @Test
  void launchWithoutADependency_isFound() {
    ProcessSpec.Builder b = ProcessSpec.builder("b", "b").addDependency("a");
    NeedsMet needs = new NeedsMet(new KnownSpecs(two(b)));
    Incarnation run = new Incarnation(ChildId.of("b"), 1);

    assertThatThrownBy(() -> needs.launches(run, b.build(), Map.of()))
        .hasMessage("b#1 is launched, but a, which it depends on, is not there");
  }

  @Test
  void goingOnWithoutWhatItCannotGoOnWithout_isFound() {
    SupervisorSpec spec = two(ProcessSpec.builder("b", "b"));
    Trace shown = Simulation.run(Scenario.of(spec));
    Map<ChildId, ChildSnapshot> onlyB = Map.of(ChildId.of("b"), shown.end().children().get(1));
    ProcessSpec b = ProcessSpec.builder("b", "b").addDependency("a", WhenLost.IS_RESTARTED).build();
    NeedsMet needs = new NeedsMet(new KnownSpecs(spec));

    assertThatThrownBy(
            () ->
                needs.check(
                    TreePhase.RUNNING, onlyB, Map.of(new Incarnation(ChildId.of("b"), 1), b)))
        .hasMessage("b#1 goes on, but a, which it cannot go on without, is lost");
  }

  @Test
  void launchThatTakesTooLong_isFound() {
    StartBounds starts = new StartBounds(TreeLimits.defaults());
    starts.launches(new Incarnation(A, 1), launch(1).spec());
    starts.hear(s(1), phase(Phase.DOWN, Phase.LAUNCHING));

    assertThatCode(() -> starts.check(s(73), RUNNING)).doesNotThrowAnyException();
    assertThatThrownBy(() -> starts.check(s(74), RUNNING))
        .hasMessage("a is launched since 1000 ms, at most PT1M12S");
  }

  @Test
  void moreThanMayBeStartingAtOnce_areFound() {
    SupervisorSpec spec = two(ProcessSpec.builder("b", "b"));
    Trace shown =
        Simulation.run(
            Scenario.of(spec)
                .script("a", Script.of(SimulatedProgram.runs()))
                .script("b", Script.of(SimulatedProgram.runs())));
    StartBounds starts = new StartBounds(TreeLimits.defaults().withStartingMax(1));
    starts.launches(new Incarnation(A, 1), launch(1).spec());
    starts.launches(new Incarnation(ChildId.of("b"), 1), launch(1).spec());

    assertThatThrownBy(() -> starts.check(s(1), shown.end()))
        .hasMessage("2 are starting at once, at most 1 may be");
  }

  @Test
  void onceThatIsStartedAgain_isFound_unlessSomebodyAsks() {
    OnceIsOnce once = new OnceIsOnce();
    TellsTrue told = new TellsTrue();
    told.apply(new SupervisorEvent.DesireChanged(A, Desire.ONCE, WishOrigin.ASKED, "x"));
    Exit exit =
        new Exit(new Incarnation(A, 1), new ExitStatus.Exited(1), ExitCause.BY_ITSELF, s(1));
    once.hear(new SupervisorEvent.Ended(exit), told);

    assertThatThrownBy(() -> once.hear(phase(Phase.BACKOFF, Phase.LAUNCHING), told))
        .hasMessage("a was wanted once, but is started again");
    once.happens(new Happening.Up(A));
    assertThatCode(() -> once.hear(phase(Phase.DOWN, Phase.LAUNCHING), told))
        .doesNotThrowAnyException();
  }

  @Test
  void boundedStopThatTakesLonger_isFound() {
    SupervisorSpec bounded =
        SupervisorSpec.builder("t").withStop(TeamStop.defaults().withStopWithin(s(3))).build();
    TeamStopBounds stops = new TeamStopBounds(new KnownSpecs(bounded));
    stops.hear(
        s(1), new SupervisorEvent.TreePhaseChanged(TreePhase.RUNNING, TreePhase.STOPPING, "x"));

    assertThatCode(() -> stops.check(s(8))).doesNotThrowAnyException();
    assertThatThrownBy(() -> stops.check(s(9))).hasMessageStartingWith("/ stops since 1000 ms");
  }

  @Test
  void moreRestartsThanTheTreeMaySee_areFound() {
    TreeRestarts restarts = new TreeRestarts(RestartIntensity.of(1, s(5)));
    restarts.restarts(s(1), A);
    assertThatCode(() -> restarts.check(TreePhase.RUNNING)).doesNotThrowAnyException();
    restarts.restarts(s(2), A);

    assertThatThrownBy(() -> restarts.check(TreePhase.RUNNING))
        .hasMessage("the tree has seen more restarts than 1 restarts in 5 s and goes on");
  }
}
