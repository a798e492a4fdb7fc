package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.RestartType;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.LaunchFailure;
import org.jsupervisor.process.LaunchFault;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.SupervisorSpec;
import org.junit.jupiter.api.Test;

/** What a restart is charged to, from the platform's report to the budgets. */
class RestartChargeTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void thirdLaunchThatFails_isQuarantined_withoutAnyRestartUsedUp() {
    Fixture f = Fixture.started(Fixture.child().build());
    f.launchFails().due().launchFails().due();
    assertThat(f.now().history().restarts()).isZero();
    assertThat(f.now().history().failedStarts()).isEqualTo(2);
    f.launchFails();
    assertThat(f.now().phase()).isEqualTo(Phase.QUARANTINED);
    assertThat(f.now().reason()).startsWith("3 start attempts failed; could not be started");
  }

  @Test
  void launchThatSucceeds_beginsTheStartAttemptsAnew() {
    Fixture f = Fixture.started(Fixture.child().build());
    f.launchFails().due().launchFails().due().launched().exits(1).due();
    f.launchFails().due().launchFails();
    assertThat(f.now().phase()).isEqualTo(Phase.BACKOFF);
    assertThat(f.now().history().restarts()).isEqualTo(1);
  }

  @Test
  void hostShortage_isTriedAgainWithoutEnd_andNeverEndsTheTree() {
    Fixture f = Fixture.started(limited(0));
    for (int i = 0; i < 300; i++) {
      hostHasNoRoom(f);
      assertThat(f.now().phase()).isEqualTo(Phase.BACKOFF);
      f.due();
    }
    assertThat(f.model.phase()).isEqualTo(TreePhase.RUNNING);
    assertThat(f.now(ChildId.ROOT).team().history().restarts()).isZero();
  }

  @Test
  void r46_retryOfAFailedLaunch_countsInTheSupervisorsLimit() {
    Fixture f = Fixture.started(limited(1)).launchFails().due();
    assertThat(f.now(ChildId.ROOT).team().history().restarts()).isEqualTo(1);
    f.launchFails();
    assertThat(f.model.phase()).isNotEqualTo(TreePhase.RUNNING);
  }

  @Test
  void otp_retriesOfAFailedLaunch_useUpTheSupervisorsLimit_alsoForWantOfRoom() {
    Fixture f =
        Fixture.started(
            SupervisorSpec.builder("t")
                .addChild(
                    Fixture.child().withRestart(RestartPolicy.otp(RestartType.PERMANENT)).build())
                .withLimit(RestartIntensity.of(1, HOUR))
                .build());
    hostHasNoRoom(f);
    assertThat(f.now().deadlineNanos()).as("without delay").hasValue(f.nowNanos);
    f.due();
    hostHasNoRoom(f);
    assertThat(f.model.phase()).isNotEqualTo(TreePhase.RUNNING);
  }

  /** monit#64: a restart that somebody asked for is no failure, and no stable life either. */
  @Test
  void restartThatWasAskedFor_neitherCountsNorResets() {
    Fixture f = Fixture.started(Fixture.child().build()).launched().exits(1).due().launched();
    var history = f.now().history();
    f.restart().exits(0).launched();
    assertThat(f.now().history()).isEqualTo(history);
  }

  private static SupervisorSpec limited(int restarts) {
    return SupervisorSpec.builder("t")
        .addChild(
            Fixture.child()
                .withRestart(
                    RestartPolicy.permanent()
                        .withBackoff(Backoff.fixed(Fixture.BACKOFF))
                        .withLimit(RestartIntensity.of(0, HOUR)))
                .build())
        .withLimit(RestartIntensity.of(restarts, HOUR))
        .build();
  }

  private static void hostHasNoRoom(Fixture fixture) {
    fixture.step(
        new Input.LaunchFailed(
            fixture.now().incarnation(),
            new LaunchFailure(LaunchFault.HOST, "EAGAIN", "host", "no room")));
  }
}
