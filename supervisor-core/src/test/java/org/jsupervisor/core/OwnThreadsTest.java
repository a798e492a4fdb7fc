package org.jsupervisor.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsupervisor.StopReport;
import org.jsupervisor.Supervisor;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.junit.jupiter.api.Test;

/** A tree on its own two threads: it sleeps when idle, and nothing is left when it has stopped. */
class OwnThreadsTest {
  private static final ChildId C = ChildId.of("c");

  private static SupervisorSpec spec(String name) {
    return SupervisorSpec.builder(name)
        .addChild(SimulatedTree.child("c").withReadiness(ReadinessSpec.atLaunch()).build())
        .build();
  }

  private static <T> T get(java.util.concurrent.CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static List<Thread> threads(String tree) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("supervisor-" + tree + "-"))
        .toList();
  }

  @Test
  void start_operate_close_leavesNoThread_andClosesThePlatformOnce() throws Exception {
    FakePlatform platform = new FakePlatform();
    List<Thread> threads;
    try (Supervisor tree = SupervisorBuilder.of(spec("whole"), platform).start()) {
      assertThat(get(tree.ready()).isReady()).isTrue();
      assertThat(get(tree.restart(C, "test")).counters().launches()).isEqualTo(2);
      assertThat(get(tree.down(C)).phase()).isEqualTo(Phase.DOWN);
      threads = threads("whole");
      assertThat(threads).hasSize(2).allMatch(Thread::isDaemon);
    }
    for (Thread thread : threads) {
      thread.join(10_000);
      assertThat(thread.isAlive()).as(thread.getName()).isFalse();
    }
    assertThat(platform.closed).isEqualTo(1);
  }

  @Test
  void idle_isAsleep() throws Exception {
    FakePlatform platform = new FakePlatform();
    try (Supervisor tree = SupervisorBuilder.of(spec("idle"), platform).start()) {
      ChildSnapshot ready = get(tree.up(C));
      assertThat(ready.ready()).isTrue();
      for (Thread thread : threads("idle")) {
        awaitAsleep(thread);
      }
      assertThat(platform.polls).isLessThan(20);
    }
  }

  @Test
  void listenerThatLeavesTheInterruptFlag_doesNotKeepTheNotifierAwake() throws Exception {
    try (Supervisor tree = SupervisorBuilder.of(spec("flag"), new FakePlatform()).start()) {
      tree.subscribe(event -> Thread.currentThread().interrupt());
      assertThat(get(tree.restart(C, "test")).ready()).isTrue();
      for (Thread thread : threads("flag")) {
        boolean interrupted = true;
        for (long looks = 0; interrupted && looks < 200_000_000L; looks++) {
          interrupted = thread.isInterrupted();
          Thread.onSpinWait();
        }
        assertThat(interrupted).as(thread + " cannot sleep").isFalse();
      }
      assertThat(get(tree.restart(C, "again")).ready()).isTrue();
    }
  }

  /** Bounded by looks, not by a clock. */
  private static void awaitAsleep(Thread thread) {
    int asleep = 0;
    for (long looks = 0; looks < 200_000_000L && asleep < 1_000; looks++) {
      Thread.State state = thread.getState();
      boolean waits = state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
      asleep = waits ? asleep + 1 : 0;
      Thread.onSpinWait();
    }
    assertThat(asleep).as(thread + " is asleep").isEqualTo(1_000);
  }

  @Test
  void closeInAListener_doesNotDeadlock() throws Exception {
    Supervisor tree = SupervisorBuilder.of(spec("inside"), new FakePlatform()).start();
    CountDownLatch closed = new CountDownLatch(1);
    tree.subscribe(
        event -> {
          if (event.event() instanceof SupervisorEvent.Ended) {
            tree.close();
            closed.countDown();
          }
        });
    tree.restart(C, "test");
    assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(get(tree.stopped()).cause()).isEqualTo(StopReport.Cause.ASKED);
  }

  @Test
  void closeWhileInterrupted_asksForTheStop_andKeepsTheFlag() throws Exception {
    Supervisor tree = SupervisorBuilder.of(spec("flagged"), new FakePlatform()).start();
    Thread.currentThread().interrupt();
    tree.close();
    assertThat(Thread.interrupted()).as("the flag").isTrue();
    assertThat(get(tree.stopped()).reason()).isEqualTo("closed");
  }

  @Test
  void operationsOfManyThreads_duringTheStop_areAllAnswered() throws Exception {
    Supervisor tree = SupervisorBuilder.of(spec("crowd"), new FakePlatform()).start();
    AtomicInteger answered = new AtomicInteger();
    int threads = 4;
    int each = 500;
    CountDownLatch done = new CountDownLatch(threads * each);
    List<Thread> crowd =
        java.util.stream.IntStream.range(0, threads)
            .mapToObj(
                n ->
                    new Thread(
                        () -> {
                          for (int i = 0; i < each; i++) {
                            tree.restart(C, "test")
                                .whenComplete(
                                    (value, refusal) -> {
                                      answered.incrementAndGet();
                                      done.countDown();
                                    });
                          }
                        }))
            .toList();
    crowd.forEach(Thread::start);
    tree.stop("test");
    for (Thread thread : crowd) {
      thread.join(10_000);
    }
    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(answered).hasValue(threads * each);
    assertThat(get(tree.stopped()).cause()).isEqualTo(StopReport.Cause.ASKED);
  }

  @Test
  void closeWait_isBounded() throws Exception {
    CompletableFuture<Void> stuck = new CompletableFuture<>();
    Supervisor tree =
        SupervisorBuilder.of(spec("stuck"), new FakePlatform())
            .withOptions(EngineOptions.defaults().withCloseWait(Duration.ofMillis(1)))
            .start();
    tree.subscribe(event -> stuck.join());
    tree.restart(C, "test");
    tree.close();
    stuck.complete(null);
    assertThat(get(tree.stopped()).cause()).isEqualTo(StopReport.Cause.ASKED);
  }
}
