package org.jsupervisor.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Signal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order of the rules: never, then always, then the type with the clean exits. */
class RestartExitsTest {
  @ParameterizedTest(name = "{0}, clean {1}, never {2}, always {3}: exit code 7 -> {4}")
  @CsvSource(
      delimiter = '|',
      value = {
        "PERMANENT | 0   | none | none | RESTART",
        "PERMANENT | 7   | none | none | RESTART",
        "PERMANENT | 0   | 7    | none | STAY_DOWN",
        "PERMANENT | 7   | 7    | none | FINISH",
        "PERMANENT | 0   | 7    | 7    | STAY_DOWN",
        "TRANSIENT | 0   | none | none | RESTART",
        "TRANSIENT | 7   | none | none | FINISH",
        "TRANSIENT | 7   | none | 7    | RESTART",
        "TRANSIENT | 0   | 7    | none | STAY_DOWN",
        "TRANSIENT | 7   | 7    | 7    | FINISH",
        "TEMPORARY | 0   | none | none | FORGET",
        "TEMPORARY | 0   | none | 7    | RESTART",
        "TEMPORARY | 0   | 7    | 7    | FORGET",
        "TEMPORARY | 7   | 7    | none | FORGET",
      })
  void rules_areAskedInTheirOrder(
      RestartType type, String clean, String never, String always, RestartDecision.Kind expected) {
    StandardRestartPolicy policy =
        StandardRestartPolicy.of(type)
            .withClean(ExitSet.parse(clean))
            .withNever(ExitSet.parse(never))
            .withAlways(ExitSet.parse(always));
    RestartDecision decision = new Life(policy).ends(new ExitStatus.Exited(7));
    assertThat(decision.kind()).isEqualTo(expected);
  }

  @Test
  void neverRestart_staysDownWithAReason_whateverHappensBeyondTheLimit() {
    StandardRestartPolicy policy =
        RestartPolicy.permanent()
            .withNever(ExitSet.S6_PERMANENT_FAILURE)
            .withGiveUp(GiveUp.escalate());
    assertThat(new Life(policy).ends(new ExitStatus.Exited(125)))
        .isEqualTo(new RestartDecision.StayDown("never restarted after this exit"));
  }

  @Test
  void alwaysRestart_isStillWithinItsBudget() {
    StandardRestartPolicy policy =
        RestartPolicy.transientPolicy()
            .withAlways(ExitSet.CLEAN)
            .withLimit(RestartIntensity.of(1, Duration.ofMinutes(1)));
    Life life = new Life(policy);
    assertThat(life.ends(new ExitStatus.Exited(0)).kind()).isEqualTo(RestartDecision.Kind.RESTART);
    assertThat(life.ends(new ExitStatus.Exited(0)).kind())
        .isEqualTo(RestartDecision.Kind.QUARANTINE);
  }

  @Test
  void systemdClean_transientEndedByTerm_isFinished() {
    ExitStatus terminated = new ExitStatus.Signalled(Signal.TERM, false);
    StandardRestartPolicy policy = RestartPolicy.transientPolicy();
    assertThat(new Life(policy).ends(terminated).kind()).isEqualTo(RestartDecision.Kind.RESTART);
    assertThat(new Life(policy.withClean(ExitSet.SYSTEMD_CLEAN)).ends(terminated).kind())
        .isEqualTo(RestartDecision.Kind.FINISH);
  }

  @ParameterizedTest
  @CsvSource({"START_TIMEOUT", "ASKED_TO_STOP"})
  void runThatWasStopped_isNeverClean_butMayBeNeverRestarted(ExitCause cause) {
    ExitStatus done = new ExitStatus.Exited(0);
    Exit exit = new Exit(Life.exit(done, Duration.ZERO).incarnation(), done, cause, Duration.ZERO);
    StandardRestartPolicy policy = RestartPolicy.transientPolicy();
    assertThat(new Life(policy).ends(exit, Duration.ZERO).kind())
        .isEqualTo(RestartDecision.Kind.RESTART);
    assertThat(new Life(policy.withNever(ExitSet.CLEAN)).ends(exit, Duration.ZERO).kind())
        .isEqualTo(RestartDecision.Kind.STAY_DOWN);
  }

  @Test
  void launchFailure_canBeNeverRestarted() {
    StandardRestartPolicy policy =
        RestartPolicy.permanent().withNever(ExitSet.classes(ExitClass.LAUNCH_FAILED));
    assertThat(new Life(policy).ends(Life.NO_PROGRAM).kind())
        .isEqualTo(RestartDecision.Kind.STAY_DOWN);
    assertThat(new Life(policy).ends(Life.NO_ROOM).kind()).isEqualTo(RestartDecision.Kind.RESTART);
  }
}
