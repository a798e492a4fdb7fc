package org.jsupervisor.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Signal;
import org.jsupervisor.simulation.SimulatedPlatform;
import org.jsupervisor.simulation.SimulatedProgram;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TaskSpec;
import org.junit.jupiter.api.Test;

/** Tasks in virtual time: the same engine, no thread, no waiting. */
class SimulatedTaskTest {
  private static final ChildId T = ChildId.of("t");
  private static final ExitStatus THREW = new ExitStatus.Threw("java.io.IOException", "no");

  private final SimulatedPlatform platform = new SimulatedPlatform(Long.MAX_VALUE - 1_000);

  private InvokedSupervisor start(TaskSpec.Builder task) {
    SupervisorSpec spec = SupervisorSpec.builder("s").addChild(task.build()).build();
    return SupervisorBuilder.of(spec, platform).startInvoked();
  }

  private static TaskSpec.Builder task() {
    return TaskSpec.builder(
            "t",
            context -> {
              throw new AssertionError("a body is never called");
            })
        .withRestart(
            RestartPolicy.transientPolicy().withBackoff(Backoff.fixed(Duration.ofSeconds(1))));
  }

  private ChildSnapshot after(Duration time, InvokedSupervisor tree) {
    long end = platform.ticker().readNanos() + time.toNanos();
    while (platform.ticker().readNanos() - end < 0) {
      tree.doWork(Duration.ofNanos(end - platform.ticker().readNanos()));
    }
    return tree.supervisor().child(T).orElseThrow();
  }

  @Test
  void throws_isRestartedAfterItsBackoff() {
    platform.register(
        "t",
        run ->
            run < 3
                ? SimulatedProgram.runs().ends(THREW, Duration.ofSeconds(2))
                : SimulatedProgram.runs().ends(new ExitStatus.Completed(), Duration.ofHours(1)));
    try (InvokedSupervisor tree = start(task())) {
      ChildSnapshot child = after(Duration.ofSeconds(10), tree);
      assertThat(child.phase()).isEqualTo(Phase.RUNNING);
      assertThat(child.counters().restarts()).isEqualTo(2);
      assertThat(child.lastExit().orElseThrow().describe())
          .isEqualTo("threw java.io.IOException: no after 2.0 s");
      assertThat(after(Duration.ofHours(2), tree).phase()).isEqualTo(Phase.FINISHED);
    }
    assertThat(platform.trace())
        .containsSubsequence(
            "0 ms launch t#1",
            "2000 ms end t#1 threw java.io.IOException: no",
            "3000 ms launch t#2",
            "6000 ms launch t#3");
  }

  @Test
  void readiness_isNotified() {
    platform.register("t", SimulatedProgram.runs().notifies(Duration.ofSeconds(5)));
    try (InvokedSupervisor tree = start(task().withReadyWithin(Duration.ofSeconds(9)))) {
      assertThat(after(Duration.ofSeconds(4), tree).ready()).isFalse();
      assertThat(after(Duration.ofSeconds(2), tree).ready()).isTrue();
    }
  }

  @Test
  void interruptThatIsIgnored_isUnkillableAfterItsGrace() {
    platform.register("t", SimulatedProgram.runs().ignoring(Signal.INT));
    InvokedSupervisor tree = start(task().withGrace(Duration.ofSeconds(3)));
    tree.close();
    assertThat(tree.supervisor().stopped().toCompletableFuture().join().unkillable())
        .containsExactly(T);
    assertThat(platform.trace()).contains("0 ms interrupt t#1", "3000 ms interrupt t#1");
  }

  @Test
  void nameThatNobodyRegistered_failsToLaunch() {
    try (InvokedSupervisor tree = start(task())) {
      assertThat(after(Duration.ofMillis(1), tree).lastExit().orElseThrow().status().kind())
          .isEqualTo(ExitStatus.Kind.NEVER_STARTED);
    }
  }
}
