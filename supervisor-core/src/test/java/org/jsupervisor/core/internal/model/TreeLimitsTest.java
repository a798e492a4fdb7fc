package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jsupervisor.StopReport;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.TokenBucket;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TreeLimits;
import org.jsupervisor.strategy.RestartStrategy;
import org.junit.jupiter.api.Test;

/** What is allowed of all children together, and how long a launch may take. */
class TreeLimitsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  // At most so many starting at once.

  @Test
  void startingMax_holdsTheOthersBack_untilOneIsReady() {
    Driver d = atMost(2, slow("a"), slow("b"), slow("c"), slow("d"), slow("e"));
    assertThat(d.orders()).isEqualTo("start a, start b");
    assertThat(d.now("c").reason()).isEqualTo("waits for its place: 2 may be starting at once");
    assertThat(d.pass(SECOND).orders()).isEqualTo("start c, start d");
    assertThat(d.pass(SECOND).orders()).isEqualTo("start e");
    assertThat(d.pass(SECOND).model.isReady()).isTrue();
  }

  @Test
  void startingMax_countsRestartsAsWell_firstComeFirstServed() {
    Driver d = atMost(1, slow("a"), slow("b"), slow("c")).pass(SECOND.multipliedBy(3));
    d.trace();
    d.alsoExits("c", 1).alsoExits("a", 1).exits("b", 1);
    assertThat(d.orders()).isEqualTo("start c");
    assertThat(d.pass(SECOND).orders()).isEqualTo("start a");
    assertThat(d.pass(SECOND).orders()).isEqualTo("start b");
  }

  @Test
  void startingMax_placeOfOneThatFails_isFreeAtOnce() {
    Driver d = atMost(1, slow("a"), slow("b"));
    d.trace();
    assertThat(d.down("a").orders()).isEqualTo("stop a, start b");
  }

  @Test
  void startingMax_oneThatWaitsForADependency_takesNoPlace() {
    ProcessSpec web = Driver.worker("web", RestartPolicy.permanent()).addDependency("b").build();
    Driver d = atMost(1, web, slow("a"), slow("b"));
    assertThat(d.orders()).isEqualTo("start a");
    assertThat(d.pass(SECOND).orders()).isEqualTo("start b");
    assertThat(d.pass(SECOND).orders()).isEqualTo("start web");
  }

  @Test
  void startingMax_holdsForWholeTree_notForEachSupervisor() {
    SupervisorSpec spec =
        Driver.oneForOne(
            Driver.supervisor("s", RestartStrategy.oneForOne(), slow("a")).build(),
            Driver.supervisor("t", RestartStrategy.oneForOne(), slow("b")).build());
    Driver d =
        Driver.of(spec, TreeLimits.defaults().withStartingMax(1)).step(new Input.StartTree());
    assertThat(d.orders()).isEqualTo("start s/a");
    assertThat(d.pass(SECOND).orders()).isEqualTo("start t/b");
  }

  // Restarts of the whole tree.

  @Test
  void restartsOfTheTree_areCountedOverAllSupervisors_beyondThemTheTreeGivesUp() {
    SupervisorSpec spec =
        Driver.oneForOne(
            Driver.supervisor("s", RestartStrategy.oneForOne(), Driver.permanent("a")).build(),
            Driver.supervisor("t", RestartStrategy.oneForOne(), Driver.permanent("b")).build());
    TreeLimits limits =
        TreeLimits.defaults().withRestarts(RestartIntensity.of(2, Duration.ofMinutes(1)));
    Driver d = Driver.of(spec, limits).step(new Input.StartTree());
    d.exits("s/a", 1).exits("t/b", 1).trace();
    assertThat(d.exits("s/a", 1).orders()).isEqualTo("stop t/b");
    assertThat(d.isOver()).isTrue();
    assertThat(d.cause()).isEqualTo(StopReport.Cause.GAVE_UP);
    assertThat(d.model.reason())
        .isEqualTo(
            "more than 2 restarts in 60 s in the whole tree; last: s/a: exit code 1 after 0.0 s");
  }

  @Test
  void restartsOfTheTree_giveUpOnce_andWhoWaitsForItsTurnToEndKeepsItsOwnLimit() {
    SupervisorSpec.Builder first =
        Driver.supervisor("s", RestartStrategy.oneForOne(), Driver.permanent("a"));
    SupervisorSpec spec =
        Driver.oneForOne(
            first.withLimit(RestartIntensity.of(2, Duration.ofMinutes(1))).build(),
            Driver.permanent("b"));
    TreeLimits limits =
        TreeLimits.defaults().withRestarts(RestartIntensity.of(1, Duration.ofMinutes(1)));
    Driver d = Driver.of(spec, limits).step(new Input.StartTree());
    // b, the last, is asked to stop and takes its time; s still waits for its turn.
    d.deaf("b").exits("s/a", 1).exits("s/a", 1);
    assertThat(d.orders()).endsWith("stop b, start s/a");
    d.exits("s/a", 1);
    assertThat(d.events.stream().filter(event -> event instanceof SupervisorEvent.GaveUp))
        .extracting(event -> event.child().toString())
        .containsExactly("/", "s");
  }

  @Test
  void restartsOfTheTree_asATokenBucket_comeBackWithTime() {
    TreeLimits limits = TreeLimits.defaults().withRestarts(TokenBucket.of(1, SECOND));
    Driver d =
        Driver.of(Driver.oneForOne(Driver.permanent("a")), limits).step(new Input.StartTree());
    for (int i = 0; i < 20; i++) {
      d.exits("a", 1).pass(SECOND.multipliedBy(2));
    }
    assertThat(d.phase("a")).isEqualTo(Phase.RUNNING);
    d.exits("a", 1).exits("a", 1);
    assertThat(d.isOver()).isTrue();
  }

  // A launch that hangs.

  /** F29. */
  @Test
  void d10_launchThatHangs_isGivenUp_andItsSiblingsGoOn() {
    Driver d =
        Driver.of(Driver.oneForOne(Driver.permanent("a"), Driver.permanent("b")))
            .slowToLaunch("a")
            .step(new Input.StartTree());
    assertThat(d.orders()).isEqualTo("start a");
    assertThat(d.pass(Duration.ofMinutes(1)).orders()).isEqualTo("start b");
    assertThat(d.phase("a")).isEqualTo(Phase.UNKILLABLE);
    assertThat(d.now("a").reason()).isEqualTo("the launch hangs");
  }

  @Test
  void d10_launchThatHung_andComesAfterAll_isKilled_andCountsAsAFailedStart() {
    Driver d =
        Driver.of(Driver.oneForOne(Driver.permanent("a")))
            .slowToLaunch("a")
            .step(new Input.StartTree());
    d.pass(Duration.ofMinutes(1)).trace();
    assertThat(d.launchComes("a").orders()).isEqualTo("kill a, start a");
    assertThat(d.now("a").lastExits().get(0).cause()).isEqualTo(ExitCause.START_TIMEOUT);
    assertThat(d.phase("a")).isEqualTo(Phase.RUNNING);
  }

  @Test
  void d10_launchThatHung_andFails_saysNothingAboutANewSpec() {
    Driver d =
        Driver.of(Driver.oneForOne(Driver.permanent("a")))
            .slowToLaunch("a")
            .step(new Input.StartTree());
    d.pass(Duration.ofMinutes(1));
    d.define(Driver.worker("a", RestartPolicy.transientPolicy()).build()).trace();
    assertThat(d.launchFails("a").trace()).containsExactly("fail a", "start a");
    assertThat(d.events)
        .noneMatch(event -> event instanceof SupervisorEvent.RestartScheduled)
        .anyMatch(
            event ->
                event instanceof SupervisorEvent.Ended ended
                    && ended.exit().cause() == ExitCause.ASKED_TO_STOP);
  }

  @Test
  void d10_stop_cutsAStartShort() {
    Driver d =
        Driver.of(Driver.oneForOne(Driver.permanent("a"), Driver.permanent("b")))
            .slowToLaunch("a")
            .step(new Input.StartTree());
    d.stopTree().pass(Duration.ofSeconds(7));
    assertThat(d.isOver()).isTrue();
    assertThat(d.trace()).doesNotContain("start b");
  }

  private static ProcessSpec slow(String id) {
    return Driver.worker(id, RestartPolicy.permanent())
        .withReadiness(ReadinessSpec.aliveFor(SECOND))
        .build();
  }

  private static Driver atMost(int starting, ProcessSpec... children) {
    return Driver.of(Driver.oneForOne(children), TreeLimits.defaults().withStartingMax(starting))
        .step(new Input.StartTree());
  }
}
