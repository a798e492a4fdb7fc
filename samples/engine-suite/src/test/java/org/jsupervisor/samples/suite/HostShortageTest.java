package org.jsupervisor.samples.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jsupervisor.Supervisor;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.posix.ExitDetection;
import org.jsupervisor.posix.PosixOptions;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.LaunchFault;
import org.jsupervisor.process.ProcessFacts;
import org.jsupervisor.process.ResourceUsage;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A host that can have one child only, and what the tree makes of it. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the POSIX platform knows Linux only so far")
class HostShortageTest {
  private static final ChildId FIRST = ChildId.of("first");
  private static final ChildId SECOND = ChildId.of("second");

  private final PosixWorld world =
      new PosixWorld(PosixOptions.defaults().withExitDetection(ExitDetection.waiters(1)));

  @AfterEach
  void leaveNothingBehind() {
    world.close();
    world.awaitUntil("no process is left", () -> !world.hasLiveProcesses());
  }

  private SupervisorSpec spec() {
    SupervisorSpec.Builder spec = SupervisorSpec.builder("suite");
    for (ChildId id : new ChildId[] {FIRST, SECOND}) {
      spec.addChild(
          world
              .child(id.path(), Behaviour.RUNS)
              .withReadiness(ReadinessSpec.atLaunch())
              .withRestart(
                  RestartPolicy.permanent()
                      .withStartAttempts(2)
                      .withBackoff(Backoff.fixed(Duration.ofMillis(10))))
              .build());
    }
    return spec.build();
  }

  /** F25. */
  @Test
  void shortage_isRetriedByPolicy_doesNotTakeTheTreeDown_andPasses() {
    Supervisor tree = world.start(spec());
    world.awaitUntil(
        "more failures than start attempts",
        () -> child(tree, SECOND).counters().launchFailures() >= 3);

    assertThat(tree.snapshot().phase()).isEqualTo(TreePhase.RUNNING);
    assertThat(child(tree, FIRST).ready()).isTrue();
    assertThat(child(tree, FIRST).counters().launches()).isEqualTo(1);
    ExitStatus.NeverStarted failure =
        (ExitStatus.NeverStarted) child(tree, SECOND).lastExit().orElseThrow().status();
    assertThat(failure.failure().fault()).isEqualTo(LaunchFault.HOST);

    world.await(tree.down(FIRST));
    world.awaitUntil("the second runs", () -> child(tree, SECOND).ready());
  }

  @Test
  void usageAndFacts_comeThroughTheTree() {
    Supervisor tree = world.start(spec());
    world.awaitUntil("the first runs", () -> child(tree, FIRST).ready());

    assertThat(tree.facts(FIRST, ProcessFacts.Depth.CHEAP).orElseThrow().pid())
        .isEqualTo(child(tree, FIRST).pid().orElseThrow());
    world.await(tree.down(FIRST));

    Exit exit = child(tree, FIRST).lastExit().orElseThrow();
    assertThat(child(tree, FIRST).phase()).isEqualTo(Phase.DOWN);
    assertThat(exit.usage().map(ResourceUsage::minorFaults).orElseThrow()).isPositive();
    assertThat(tree.facts(FIRST, ProcessFacts.Depth.CHEAP)).isEmpty();
  }

  private static ChildSnapshot child(Supervisor tree, ChildId id) {
    return tree.child(id).orElseThrow();
  }
}
