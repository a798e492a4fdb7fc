package org.jsupervisor.simulation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.platform.LaunchRequest;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.snapshot.TreeSnapshot;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.junit.jupiter.api.Test;

/** Each invariant is broken by an engine that does wrong: one that cannot fail checks nothing. */
class InvariantsTest {
  private static final ChildId A = ChildId.of("a");
  private static final TreeSnapshot RUNNING =
      new TreeSnapshot("t", TreePhase.RUNNING, "runs", List.of());

  private final SupervisorSpec tree =
      SupervisorSpec.builder("t").withLimit(RestartIntensity.of(1, s(5))).build();
  private final Invariants invariants = new Invariants(tree);
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
    RestartBounds bounds = new RestartBounds(tree);
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
    Trace shown =
        Simulation.run(
            Scenario.of(
                SupervisorSpec.builder("t")
                    .addChild(ProcessSpec.builder("a", "a").build())
                    .addChild(ProcessSpec.builder("b", "b").build())
                    .build()));
    ChildId b = ChildId.of("b");
    RoundOrder order = new RoundOrder();
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
    assertThatThrownBy(
            () ->
                order.hear(
                    new SupervisorEvent.PhaseChanged(
                        A, Phase.RUNNING, Phase.STOPPING, "its supervisor stops"),
                    told,
                    shown::end))
        .hasMessage("a is stopped in its turn, but b behind it is still RUNNING");
  }

  @Test
  void startThatDoesNotWaitForTheOneBefore_isFound() {
    RoundOrder order = new RoundOrder();
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
}
