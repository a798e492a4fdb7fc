package org.jsupervisor.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jsupervisor.OperationRefusedException;
import org.jsupervisor.Refusal;
import org.jsupervisor.Supervisor;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.StandardRestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TaskBody;
import org.jsupervisor.spec.TaskSpec;

/** Trees of tasks on real threads; every wait is bounded. */
final class TaskFixture {
  static final ChildId T = ChildId.of("t");
  static final StandardRestartPolicy AT_ONCE =
      RestartPolicy.transientPolicy().withBackoff(Backoff.fixed(Duration.ofMillis(1)));
  static final TaskBody SLEEPS = context -> new CountDownLatch(1).await();

  private TaskFixture() {}

  static TaskSpec.Builder task(String id, TaskBody body) {
    return TaskSpec.builder(id, body)
        .withReadiness(ReadinessSpec.atLaunch())
        .withRestart(AT_ONCE)
        .withGrace(Duration.ofSeconds(20));
  }

  static SupervisorSpec spec(String name, ChildSpec... children) {
    SupervisorSpec.Builder spec = SupervisorSpec.builder(name);
    List.of(children).forEach(spec::addChild);
    return spec.build();
  }

  static Supervisor start(String name, ChildSpec... children) {
    return SupervisorBuilder.of(spec(name, children), new FakePlatform()).start();
  }

  static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  static Refusal refusal(CompletionStage<?> stage) {
    try {
      throw new AssertionError("was not refused: " + stage.toCompletableFuture().join());
    } catch (CompletionException refused) {
      return ((OperationRefusedException) refused.getCause()).refusal();
    }
  }

  static List<Thread> threads(String tree) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("supervisor-" + tree + "-"))
        .toList();
  }

  static void awaitEnd(String tree) throws InterruptedException {
    for (Thread thread : threads(tree)) {
      thread.join(30_000);
      assertThat(thread.isAlive()).as(thread.getName()).isFalse();
    }
  }

  /** Hears of every end, so that a test can wait for one. */
  static Semaphore ends(Supervisor tree) {
    Semaphore ends = new Semaphore(0);
    tree.subscribe(
        event -> {
          if (event.event() instanceof SupervisorEvent.PhaseChanged changed
              && changed.from().isAlive()
              && !changed.to().isAlive()) {
            ends.release();
          }
        });
    return ends;
  }

  static ExitStatus endOf(String tree, TaskBody body) throws Exception {
    TaskSpec spec = task("t", body).withRestart(RestartPolicy.temporary()).build();
    AtomicReference<ExitStatus> status = new AtomicReference<>();
    CountDownLatch ended = new CountDownLatch(1);
    try (Supervisor supervisor = start(tree)) {
      supervisor.subscribe(
          event -> {
            if (event.event() instanceof SupervisorEvent.Ended end) {
              status.set(end.exit().status());
              ended.countDown();
            }
          });
      supervisor.define(spec);
      assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    }
    awaitEnd(tree);
    return status.get();
  }
}
