package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.event.SupervisorEvent.DesireChanged;
import org.jsupervisor.event.SupervisorEvent.Ended;
import org.jsupervisor.event.SupervisorEvent.PhaseChanged;
import org.jsupervisor.event.SupervisorEvent.SignalSent;
import org.jsupervisor.event.WishOrigin;
import org.jsupervisor.policy.GiveUp;
import org.jsupervisor.policy.RestartDecision;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartLimit;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.StandardRestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.strategy.RestartStrategy;
import org.junit.jupiter.api.Test;

/** Whatever happens is told once, in the order in which it happens. */
class ToldTest {
  private static Fixture running() {
    return Fixture.started(Fixture.child().build()).launched();
  }

  private static Exit lastExit(Fixture f) {
    return f.now().lastExits().get(0);
  }

  private static SupervisorEvent phase(Phase from, Phase to, String reason) {
    return new PhaseChanged(Fixture.CHILD, from, to, reason);
  }

  @Test
  void tree_thatIsMade_tellsOfItsChildren_notOfItsRoot() {
    Driver d = Driver.of(Driver.oneForOne(Driver.permanent("a"), Driver.permanent("b")));
    assertThat(d.events)
        .containsExactly(
            new SupervisorEvent.Defined(ChildId.of("a"), "defined"),
            new SupervisorEvent.Defined(ChildId.of("b"), "defined"));
  }

  @Test
  void tree_tellsOfItsPhases() {
    Driver d = Driver.started(Driver.oneForOne()).stopTree();
    assertThat(d.events)
        .containsExactly(
            new SupervisorEvent.TreePhaseChanged(TreePhase.NEW, TreePhase.RUNNING, "started"),
            new SupervisorEvent.TreePhaseChanged(TreePhase.RUNNING, TreePhase.STOPPING, "test"),
            new SupervisorEvent.TreePhaseChanged(TreePhase.STOPPING, TreePhase.STOPPED, "test"));
  }

  @Test
  void ready_isTold_afterTheLaunch() {
    Driver d = Driver.of(Driver.oneForOne(Driver.permanent("a"))).slowToLaunch("a");
    d.step(new Input.StartTree()).events.clear();
    d.launchComes("a");
    assertThat(d.events)
        .hasSize(3)
        .anyMatch(event -> event instanceof SupervisorEvent.Launched)
        .contains(new PhaseChanged(ChildId.of("a"), Phase.LAUNCHING, Phase.RUNNING, "launched"))
        .endsWith(new SupervisorEvent.Ready(d.now("a").incarnation()));
  }

  @Test
  void down_isTold_asWishThenPhaseThenSignals_andTheEnd() {
    Fixture f = running().down();
    assertThat(f.events)
        .containsExactly(
            new DesireChanged(Fixture.CHILD, Desire.DOWN, WishOrigin.ASKED, "test"),
            phase(Phase.RUNNING, Phase.STOPPING, "test"),
            new SignalSent(f.run(1), Signal.TERM, "test"),
            new SignalSent(f.run(1), Signal.CONT, "so that a stopped process hears TERM"));
    f.exits(0);
    assertThat(f.events)
        .containsExactly(
            new Ended(lastExit(f)), phase(Phase.STOPPING, Phase.DOWN, lastExit(f).describe()));
  }

  @Test
  void removal_isTold_afterItsRunIsOver() {
    Fixture f = running();
    f.step(new Input.Remove(Fixture.CHILD, "not needed"));
    f.exits(0);
    assertThat(f.events)
        .hasSize(3)
        .contains(phase(Phase.STOPPING, Phase.DOWN, "removed"))
        .endsWith(new SupervisorEvent.Removed(Fixture.CHILD, "removed"));
  }

  @Test
  void temporary_thatEnds_isDown_thenRemoved() {
    Fixture f =
        Fixture.started(Fixture.child().withRestart(RestartPolicy.temporary()).build()).launched();
    f.exits(1);
    assertThat(f.events)
        .hasSize(3)
        .contains(phase(Phase.RUNNING, Phase.DOWN, "exit code 1 after 0.0 s"))
        .endsWith(new SupervisorEvent.Removed(Fixture.CHILD, "exit code 1 after 0.0 s"));
  }

  @Test
  void temporary_thatIsStoppedWithItsGroup_isDown_thenRemoved() {
    Driver d = Driver.started(Driver.oneForAll(Driver.permanent("a"), Driver.temporary("b")));
    d.events.clear();
    d.exits("a", 1);
    List<SupervisorEvent> ofB =
        d.events.stream().filter(event -> ChildId.of("b").equals(event.child())).toList();
    assertThat(ofB).last().isInstanceOf(SupervisorEvent.Removed.class);
    assertThat(ofB.get(ofB.size() - 2)).isInstanceOf(PhaseChanged.class);
    assertThat(((PhaseChanged) ofB.get(ofB.size() - 2)).to()).isEqualTo(Phase.DOWN);
  }

  @Test
  void restart_isTold_withItsNumberAndDelay() {
    Fixture f = running();
    f.exits(1);
    assertThat(f.events)
        .containsExactly(
            new Ended(lastExit(f)),
            new SupervisorEvent.RestartScheduled(Fixture.CHILD, 1, Fixture.BACKOFF),
            phase(Phase.RUNNING, Phase.BACKOFF, "exit code 1 after 0.0 s"));
  }

  @Test
  void restartOfAGroup_isTold_withItsMembers() {
    Driver d = Driver.started(Driver.oneForAll(Driver.permanent("a"), Driver.permanent("b")));
    d.exits("b", 1);
    assertThat(d.events)
        .contains(
            new SupervisorEvent.GroupRestart(
                ChildId.ROOT, ChildId.of("b"), List.of(ChildId.of("a"), ChildId.of("b"))));
  }

  @Test
  void interrupt_isTold() {
    Fixture f = Fixture.started(Fixture.task().build()).launched().down();
    assertThat(f.events).contains(new SupervisorEvent.Interrupted(f.run(1), "test"));
  }

  @Test
  void phaseThatIsEnteredAgain_isNotTold() {
    Fixture f = running().exits(1).step(new Input.Hold(Fixture.CHILD, "first"));
    assertThat(f.events).containsExactly(phase(Phase.BACKOFF, Phase.WAITING, "first"));
    f.step(new Input.Hold(Fixture.CHILD, "second"));
    assertThat(f.events).isEmpty();
    assertThat(f.now().reason()).isEqualTo("second");
  }

  // Who gives up.

  private static RestartDecision.Kind toldWhen(GiveUp then) {
    RestartLimit never = (history, now) -> false;
    StandardRestartPolicy policy = RestartPolicy.permanent().withLimit(never).withGiveUp(then);
    Fixture f = Fixture.started(Fixture.child().withRestart(policy).build()).launched().exits(1);
    List<SupervisorEvent.GaveUp> told =
        f.events.stream()
            .filter(event -> event instanceof SupervisorEvent.GaveUp)
            .map(SupervisorEvent.GaveUp.class::cast)
            .filter(event -> event.child().equals(Fixture.CHILD))
            .toList();
    assertThat(told).hasSize(1);
    return told.get(0).decision().kind();
  }

  @Test
  void childThatGivesUp_isTold_withWhatFollows() {
    Duration pause = Duration.ofSeconds(1);
    assertThat(toldWhen(GiveUp.stayDown())).isEqualTo(RestartDecision.Kind.STAY_DOWN);
    assertThat(toldWhen(GiveUp.escalate())).isEqualTo(RestartDecision.Kind.ESCALATE);
    assertThat(toldWhen(GiveUp.quarantine(pause, pause)))
        .isEqualTo(RestartDecision.Kind.QUARANTINE);
  }

  @Test
  void supervisorThatGivesUp_isTold_withTheChildThatDidIt() {
    SupervisorSpec below =
        Driver.supervisor("s", RestartStrategy.oneForOne(), Driver.permanent("a"))
            .withLimit(RestartIntensity.of(0, Duration.ofSeconds(1)))
            .build();
    Driver d = Driver.started(Driver.oneForOne(below)).exits("s/a", 1);
    assertThat(d.events)
        .filteredOn(event -> event instanceof SupervisorEvent.GaveUp)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.child()).isEqualTo(ChildId.of("s"));
              assertThat(event.toString()).contains("last: s/a: exit code 1");
            });
  }
}
