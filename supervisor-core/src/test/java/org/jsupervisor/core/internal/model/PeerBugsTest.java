package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.StopSpec;
import org.junit.jupiter.api.Test;

/**
 * Faults that other supervisors have had, by the number in our list of them. Those of policies (4
 * to 8: window edges, resets, caps, clocks) are in the properties of the policies; 10 is with the
 * definitions, 20 with the operations on dependencies.
 */
class PeerBugsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofMinutes(5);

  private static ProcessSpec patient(String id) {
    return Driver.worker(id, RestartPolicy.permanent())
        .withRestart(RestartPolicy.permanent().withBackoff(Backoff.fixed(LONG)))
        .build();
  }

  private static Driver patientPair() {
    return Driver.started(Driver.oneForOne(patient("a"), patient("b")));
  }

  // 1. A stop in every bad moment (process-compose, circus).

  @Test
  void bug1_stopDuringBackoff_startsNothing_andEnds() {
    Driver d = patientPair().exits("a", 1);
    assertThat(d.phase("a")).isEqualTo(Phase.BACKOFF);
    assertThat(d.stopTree().orders()).isEqualTo("stop b");
    assertThat(d.isOver()).isTrue();
    assertThat(d.pass(LONG.multipliedBy(2)).orders()).isEmpty();
  }

  @Test
  void bug1_stopDuringStarting_stopsWhatComes() {
    Driver d =
        Driver.of(Driver.oneForOne(Driver.permanent("a"), Driver.permanent("b")))
            .slowToLaunch("a")
            .step(new Input.StartTree());
    d.stopTree();
    assertThat(d.isOver()).isFalse();
    assertThat(d.launchComes("a").orders()).isEqualTo("start a, stop a");
    assertThat(d.isOver()).isTrue();
  }

  @Test
  void bug1_stopDuringAGroupRestart_endsTheRound() {
    Driver d = Driver.started(Driver.oneForAll(patient("a"), patient("b"), patient("c"))).deaf("b");
    d.exits("a", 1).trace();
    assertThat(d.phase("b")).isEqualTo(Phase.STOPPING);
    assertThat(d.stopTree().pass(Driver.GRACE).orders()).isEqualTo("kill b");
    assertThat(d.isOver()).isTrue();
  }

  @Test
  void bug1_stopTwice_isOneStop() {
    Driver d = patientPair().deaf("b").stopTree().stopTree();
    assertThat(d.orders()).isEqualTo("stop b");
    assertThat(d.pass(Driver.GRACE).orders()).isEqualTo("kill b, stop a");
    assertThat(d.isOver()).isTrue();
  }

  @Test
  void bug1_downTwice_isOneStop() {
    Driver d = patientPair().deaf("a").down("a").down("a");
    assertThat(d.orders()).isEqualTo("stop a");
  }

  // 2. A late exit of an old run does not touch the new one (pitchfork).

  @Test
  void bug2_lateExitOfAnOldRun_doesNothing() {
    Driver d = Driver.started(Driver.oneForOne(Driver.permanent("a")));
    var old = d.now("a").incarnation();
    d.exits("a", 1);
    ChildModel before = d.now("a");
    d.step(new Input.Exited(old, new ExitStatus.Exited(1)));
    assertThat(d.now("a")).isSameAs(before);
    assertThat(d.phase("a")).isEqualTo(Phase.RUNNING);
  }

  @Test
  void bug2_exitTwice_isOneExit() {
    Driver d = patientPair();
    var run = d.now("a").incarnation();
    d.exits("a", 1);
    d.step(new Input.Exited(run, new ExitStatus.Signalled(Signal.KILL, false)));
    assertThat(d.now("a").counters().exits()).isEqualTo(1);
    assertThat(d.now("a").lastExits()).hasSize(1);
  }

  // 3. What an operator has stopped stays stopped (circus).

  @Test
  void bug3_operatorsStop_isNotUndoneByTheBackoff() {
    Driver d = patientPair().exits("a", 1).down("a");
    d.trace();
    assertThat(d.pass(LONG.multipliedBy(2)).orders()).isEmpty();
    assertThat(d.now("a").desire()).isEqualTo(Desire.DOWN);
  }

  @Test
  void bug3_operatorsStop_isNotUndoneByAGroupRestart() {
    Driver d =
        Driver.started(Driver.oneForAll(Driver.permanent("a"), Driver.permanent("b"))).down("a");
    d.trace();
    assertThat(d.exits("b", 1).orders()).isEqualTo("start b");
    assertThat(d.phase("a")).isEqualTo(Phase.DOWN);
  }

  @Test
  void bug3_operatorsStop_isNotUndoneByTheEndOfAQuarantine() {
    ProcessSpec spec =
        Driver.worker("a", RestartPolicy.permanent())
            .withRestart(
                RestartPolicy.permanent()
                    .withBackoff(Backoff.none())
                    .withLimit(RestartIntensity.of(0, SECOND)))
            .build();
    Driver d = Driver.started(Driver.oneForOne(spec)).exits("a", 1);
    assertThat(d.phase("a")).isEqualTo(Phase.QUARANTINED);
    d.down("a").trace();
    assertThat(d.pass(Duration.ofDays(1)).orders()).isEmpty();
  }

  @Test
  void bug3_operatorsStop_isNotUndoneByAReload() {
    Driver d = patientPair().down("a");
    d.trace();
    assertThat(d.define(patient("a")).orders()).isEmpty();
    assertThat(d.define(Driver.permanent("a")).orders()).isEmpty();
    assertThat(d.phase("a")).isEqualTo(Phase.DOWN);
  }

  // 5. A manual restart does not reset the counters; wanting it up does (pm2, monit).

  @Test
  void bug5_operatorsRestart_leavesTheHistory_operatorsUp_forgivesIt() {
    Driver d = patientPair();
    for (int streak = 1; streak <= 3; streak++) {
      d.exits("a", 1);
      assertThat(d.now("a").history().streak()).isEqualTo(streak);
      d.restart("a");
      assertThat(d.phase("a")).isEqualTo(Phase.RUNNING);
    }
    d.restart("a");
    assertThat(d.now("a").history().streak()).isEqualTo(3);
    d.exits("a", 1).up("a");
    assertThat(d.now("a").history().streak()).isZero();
  }

  // 9. An event that has nothing to do with it does not postpone a deadline (going); a delay of one
  // child blocks no other (runit).

  @Test
  void bug9_unrelatedEvents_doNotPostponeABackoff() {
    Driver d = patientPair().exits("a", 1);
    long due = d.now("a").deadlineNanos().orElseThrow();
    d.trace();
    for (int i = 0; i < 300; i++) {
      d.pass(SECOND);
      d.step(new Input.SendSignal(ChildId.of("b"), Signal.HUP, "test"));
      d.step(new Input.Define(patient("a"), "test"));
      d.step(new Input.OutputLost(d.now("b").incarnation(), 1, "test"));
      boolean isOver = d.nowNanos - due >= 0;
      assertThat(d.phase("a")).isEqualTo(isOver ? Phase.RUNNING : Phase.BACKOFF);
    }
    assertThat(d.trace()).containsExactly("start a");
  }

  @Test
  void bug9_delayOfOneChild_blocksNoCommandForAnother() {
    Driver d = patientPair().exits("a", 1);
    d.trace();
    assertThat(d.restart("b").orders()).isEqualTo("stop b, start b");
    assertThat(d.phase("a")).isEqualTo(Phase.BACKOFF);
  }

  // 16. The extremes of each setting do what is written (supervisord's startsecs = 0).

  @Test
  void bug16_readinessAtLaunch_isReadyAtOnce_andAnInstantExitIsStillAnExit() {
    Driver d = Driver.started(Driver.oneForOne(patient("a")));
    assertThat(d.now("a").ready()).isTrue();
    d.exits("a", 0);
    assertThat(d.phase("a")).isEqualTo(Phase.BACKOFF);
    assertThat(d.now("a").lastExits().get(0).status()).isEqualTo(new ExitStatus.Exited(0));
  }

  @Test
  void bug16_smallestAndLargestTimes_areKeptAsTheyAre() {
    Duration longest = Duration.ofDays(36_500);
    ProcessSpec tiny =
        Driver.worker("a", RestartPolicy.permanent())
            .withReadiness(ReadinessSpec.aliveFor(Duration.ofNanos(1)))
            .withStop(StopSpec.of(Signal.TERM, Duration.ofNanos(1)))
            .build();
    ProcessSpec huge =
        Driver.worker("b", RestartPolicy.permanent())
            .withReadiness(ReadinessSpec.aliveFor(longest))
            .withStop(StopSpec.of(Signal.TERM, longest.minusDays(1)))
            .build();
    Driver d = Driver.started(Driver.oneForOne(tiny, huge)).deaf("a").deaf("b");
    d.pass(Duration.ofNanos(1));
    assertThat(d.now("a").ready()).isTrue();
    assertThat(d.pass(Duration.ofDays(365)).now("b").ready()).isFalse();
    d.down("a").down("b").trace();
    assertThat(d.pass(Duration.ofNanos(1)).orders()).isEqualTo("kill a");
    assertThat(d.phase("b")).isEqualTo(Phase.STOPPING);
  }

  @Test
  void bug16_noBackoffAndNoLimit_isRestartedEachTime_andNeverSpinsWithoutAnEvent() {
    Driver d = Driver.started(Driver.oneForOne(Driver.permanent("a"))).exits("a", 1);
    assertThat(d.trace()).containsExactly("end a", "start a");
    assertThat(d.pass(Duration.ofDays(1)).trace()).isEmpty();
  }

  @Test
  void bug16_limitOfZero_givesUpAtTheFirstFailure() {
    ProcessSpec spec =
        Driver.worker("a", RestartPolicy.permanent())
            .withRestart(
                RestartPolicy.permanent()
                    .withBackoff(Backoff.none())
                    .withLimit(RestartIntensity.of(0, SECOND)))
            .build();
    Driver d = Driver.started(Driver.oneForOne(spec)).exits("a", 1);
    assertThat(d.trace()).containsExactly("end a");
    assertThat(d.phase("a")).isEqualTo(Phase.QUARANTINED);
  }

  // 2, again: death before the pid is known (Elasticsearch).

  @Test
  void bug2_exitBeforeTheLaunchIsReported_doesNotLoseTheChild() {
    Fixture fixture = Fixture.started(Fixture.child().build());
    var run = fixture.now().incarnation();
    fixture.step(new Input.Exited(run, new ExitStatus.Exited(1)));
    assertThat(fixture.now().phase()).isEqualTo(Phase.LAUNCHING);
    fixture.step(new Input.Launched(run, new Pid(42)));
    assertThat(fixture.now().phase()).isEqualTo(Phase.RUNNING);
  }
}
