package org.jsupervisor.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Notice;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Counters;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Due;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.Run;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.snapshot.TreeSnapshot;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.Watchdog;
import org.junit.jupiter.api.Test;

/** Signs of life in scenarios, and the invariant that nobody lives on without them. */
class SilenceTest {
  private static final ChildId A = ChildId.of("a");
  private static final Incarnation RUN = new Incarnation(A, 1);
  private static final ProcessSpec SPEC =
      ProcessSpec.builder("a", "a")
          .withReadiness(ReadinessSpec.notifiedBySocket())
          .withRestart(RestartPolicy.permanent().withBackoff(Backoff.fixed(s(1))))
          .withWatchdog(Watchdog.every(s(5)))
          .build();

  private final SilenceBounds bounds = new SilenceBounds();

  private static Duration s(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static String text(Trace trace) {
    return String.join("\n", trace.text());
  }

  private static Scenario scenario(SimulatedProgram program) {
    return Scenario.of(SupervisorSpec.builder("t").addChild(SPEC).build())
        .script("a", Script.always(program.notifies(s(1))));
  }

  @Test
  void childThatPings_lives_andIsAbortedWhenItStops() {
    Trace trace = Simulation.run(scenario(SimulatedProgram.runs().pings(s(4), 5)).until(s(30)));

    assertThat(trace.broken()).isEmpty();
    assertThat(text(trace))
        .containsSubsequence(
            "1000 ms a: ready",
            "25000 ms a: sent ABRT",
            "25000 ms a: killed by signal ABRT (missed its watchdog) after 25.0 s",
            "26000 ms a: BACKOFF -> LAUNCHING");
  }

  @Test
  void pingFromOutside_keepsItAlive() {
    Trace trace =
        Simulation.run(
            scenario(SimulatedProgram.runs())
                .at(s(5), new Happening.Ping(A))
                .at(s(9), new Happening.Ping(A))
                .until(s(13)));

    assertThat(trace.broken()).isEmpty();
    assertThat(text(trace)).doesNotContain("ABRT");
  }

  @Test
  void childThatAsksForTime_hasIt_andWhatItSaysIsShown() {
    Notice notice = Notice.of(Notice.Kind.STATUS, "compacting");
    SimulatedProgram slow =
        SimulatedProgram.runs().asksForTime(s(20), s(5)).says(notice, s(5)).exits(0, s(24));
    Trace trace = Simulation.run(scenario(slow).until(s(24)));

    assertThat(trace.broken()).isEmpty();
    assertThat(text(trace)).contains("5000 ms a: says: status: compacting");
    assertThat(text(trace)).doesNotContain("ABRT");
    assertThat(trace.end().children().get(0).status()).isEqualTo("compacting");
  }

  @Test
  void childThatSaysItIsIll_isAborted() {
    Trace trace = Simulation.run(scenario(SimulatedProgram.runs().ails(s(2))).until(s(3)));

    assertThat(trace.broken()).isEmpty();
    assertThat(text(trace)).contains("2000 ms a: killed by signal ABRT (missed its watchdog)");
  }

  @Test
  void pausedChild_isNotMissed() {
    Trace trace =
        Simulation.run(
            scenario(SimulatedProgram.runs())
                .at(s(4), new Happening.Pause(A))
                .at(s(60), new Happening.Resume(A))
                .until(s(64)));

    assertThat(trace.broken()).isEmpty();
    assertThat(text(trace)).doesNotContain("ABRT");
  }

  // The invariant itself.

  private static TreeSnapshot running() {
    ChildSnapshot child =
        new ChildSnapshot(
            A,
            Desire.UP,
            Phase.RUNNING,
            true,
            Instant.EPOCH,
            "ready",
            new Run.Live(RUN, new Pid(9), Instant.EPOCH),
            new Due.Never(),
            Counters.ZERO,
            List.of(),
            1,
            false,
            "");
    return new TreeSnapshot("t", TreePhase.RUNNING, "runs", List.of(child));
  }

  private void isReadyAt(Duration time) {
    bounds.launches(RUN, SPEC);
    bounds.hear(time, new SupervisorEvent.Ready(RUN));
  }

  private void breaksAt(Duration time) {
    assertThatCode(() -> bounds.check(time, running())).doesNotThrowAnyException();
    assertThatThrownBy(() -> bounds.check(time.plusNanos(1), running()))
        .isInstanceOf(BrokenInvariant.class)
        .hasMessageContaining("a#1 goes on, but is silent for");
  }

  @Test
  void runThatGoesOnInSilence_isFound() {
    isReadyAt(s(3));
    breaksAt(s(8));
  }

  @Test
  void signOfLife_countsFromWhenItWasReported() {
    isReadyAt(s(3));
    bounds.reported(new PlatformReport.Pinged(RUN));
    bounds.check(s(6), running());
    breaksAt(s(11));
  }

  @Test
  void moreTime_isAddedToTheSilenceThatIsAllowed() {
    isReadyAt(s(3));
    bounds.reported(new PlatformReport.MoreTime(RUN, s(20)));
    bounds.check(s(4), running());
    breaksAt(s(24));
  }

  @Test
  void stall_isNotTheFaultOfTheEngine_andContinueBeginsAnew() {
    isReadyAt(s(3));
    bounds.stalls(s(2));
    bounds.hear(s(5), new SupervisorEvent.SignalSent(RUN, Signal.CONT, "test"));
    bounds.check(s(5), running());
    breaksAt(s(12));
  }
}
