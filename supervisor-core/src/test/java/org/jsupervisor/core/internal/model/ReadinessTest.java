package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Notice;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.Probe;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.junit.jupiter.api.Test;

/** Who says that a run is ready, and what a run says of itself. */
class ReadinessTest {
  private static final Duration WITHIN = Duration.ofSeconds(5);
  private static final ReadinessSpec PROBED =
      ReadinessSpec.probed(Probe.tcp(80)).withReadyWithin(WITHIN);

  private static Fixture running(ReadinessSpec readiness) {
    return Fixture.started(Fixture.child().withReadiness(readiness).build()).launched();
  }

  private static Notice status(String text) {
    return new Notice(Notice.Kind.STATUS, text);
  }

  @Test
  void probedRun_isProbedFromItsLaunch_untilItIsReady() {
    Fixture f = running(PROBED);
    ProcessSpec spec = (ProcessSpec) f.now().spec();
    assertThat(f.effects).contains(new Effect.Probe(f.run(1), spec));
    f.step(new Input.Notified(f.run(1)));
    assertThat(f.effects).contains(new Effect.EndProbe(f.run(1)));
    assertThat(f.now().ready()).isTrue();
    assertThat(f.exits(1).effects).as("only once").doesNotContain(new Effect.EndProbe(f.run(1)));
  }

  @Test
  void probedRun_thatEnds_isProbedNoMore() {
    Fixture f = running(PROBED).exits(1);
    assertThat(f.effects).contains(new Effect.EndProbe(f.run(1)));
  }

  @Test
  void probedRun_thatIsGivenAnotherSpec_isProbedNoMore() {
    Fixture f = running(PROBED);
    f.step(new Input.Define(Fixture.child().build(), "test"));
    assertThat(f.effects).contains(new Effect.EndProbe(f.run(1)));
  }

  @Test
  void probedRun_thatIsNotReadyInItsTime_isStopped() {
    Fixture f = running(PROBED).due();
    assertThat(f.now().phase()).isEqualTo(Phase.STOPPING);
    assertThat(f.effects).contains(new Effect.EndProbe(f.run(1)));
    f.ends(new ExitStatus.Signalled(Signal.TERM, false));
    assertThat(f.now().lastExits().get(0).cause()).isEqualTo(ExitCause.START_TIMEOUT);
  }

  @Test
  void answerAboutAnOldRun_isNothing() {
    Fixture f = running(PROBED).exits(1).due().launched();
    f.step(new Input.Notified(f.run(1)));
    assertThat(f.effects).isEmpty();
    assertThat(f.now().ready()).isFalse();
  }

  @Test
  void socketNotified_isReadyWhenItSaysSo_andHasItsTime() {
    Fixture f = running(new ReadinessSpec.NotifiedBySocket(WITHIN));
    assertThat(f.now().deadlineNanos()).hasValue(f.nowNanos + WITHIN.toNanos());
    assertThat(f.step(new Input.Notified(f.run(1))).now().ready()).isTrue();
    assertThat(f.now().deadlineNanos()).isEmpty();
  }

  @Test
  void wordOfReadiness_countsOnlyWhereItIsAwaited() {
    Fixture f = running(ReadinessSpec.aliveFor(WITHIN));
    assertThat(f.step(new Input.Notified(f.run(1))).now().ready()).isFalse();
  }

  @Test
  void status_isShownUntilTheNextRun_andTold() {
    Fixture f = running(ReadinessSpec.atLaunch());
    f.step(new Input.Said(f.run(1), status("serving")));
    assertThat(f.now().status()).isEqualTo("serving");
    assertThat(f.events).containsExactly(new SupervisorEvent.Said(f.run(1), status("serving")));
    assertThat(f.exits(1).now().status()).isEqualTo("serving");
    assertThat(f.due().launched().now().status()).isEmpty();
  }

  @Test
  void otherNews_areTold_andOnlyWhatItIsDoingIsShown() {
    Fixture f = running(ReadinessSpec.atLaunch());
    f.step(new Input.Said(f.run(1), new Notice(Notice.Kind.RELOADING, "")));
    assertThat(f.now().status()).isEqualTo("reloading");
    f.step(new Input.Said(f.run(1), new Notice(Notice.Kind.MAIN_PID, "12")));
    f.step(new Input.Said(f.run(1), new Notice(Notice.Kind.REFUSED, "no")));
    assertThat(f.now().status()).isEqualTo("reloading");
    f.step(new Input.Said(f.run(1), new Notice(Notice.Kind.STOPPING, "")));
    assertThat(f.now().status()).isEqualTo("stopping");
    assertThat(f.exits(0).now().lastExits().get(0).cause()).isEqualTo(ExitCause.BY_ITSELF);
  }
}
