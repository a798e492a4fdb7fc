package org.jsupervisor.samples.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jsupervisor.OperationRefusedException;
import org.jsupervisor.Refusal;
import org.jsupervisor.Supervisor;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.StandardRestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.junit.jupiter.api.AfterEach;

/**
 * What the engine promises, whatever platform is under it: the parts of the suite are {@link
 * ChildSuite}, {@link OperationSuite} and {@link TreeSuite}, each run on every platform.
 */
abstract class EngineSuite {
  static final ChildId A = ChildId.of("a");
  static final ChildId B = ChildId.of("b");

  static final StandardRestartPolicy QUICK =
      RestartPolicy.permanent().withBackoff(Backoff.fixed(Duration.ofMillis(10)));

  final World world = newWorld();

  abstract World newWorld();

  @AfterEach
  void leaveNothingBehind() {
    world.close();
    world.awaitUntil("no process is left", () -> !world.hasLiveProcesses());
  }

  ProcessSpec.Builder child(String id, Behaviour behaviour) {
    return world
        .child(id, behaviour)
        .withReadiness(ReadinessSpec.atLaunch())
        .withRestart(QUICK)
        .withStop(StopSpec.of(Signal.TERM, Duration.ofSeconds(20)));
  }

  Supervisor start(ProcessSpec.Builder... children) {
    SupervisorSpec.Builder spec = SupervisorSpec.builder("suite");
    for (ProcessSpec.Builder child : children) {
      spec.addChild(child.build());
    }
    return world.start(spec.build());
  }

  static ChildSnapshot now(Supervisor tree, ChildId id) {
    return tree.child(id).orElseThrow();
  }

  void assertRefused(Refusal refusal, ThrowingCallable operation) {
    assertThatThrownBy(operation)
        .isInstanceOfSatisfying(
            OperationRefusedException.class,
            refused -> assertThat(refused.refusal()).isEqualTo(refusal));
  }
}
