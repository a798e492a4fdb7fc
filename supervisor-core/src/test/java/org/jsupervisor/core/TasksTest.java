package org.jsupervisor.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jsupervisor.core.TaskFixture.AT_ONCE;
import static org.jsupervisor.core.TaskFixture.SLEEPS;
import static org.jsupervisor.core.TaskFixture.T;
import static org.jsupervisor.core.TaskFixture.awaitEnd;
import static org.jsupervisor.core.TaskFixture.endOf;
import static org.jsupervisor.core.TaskFixture.ends;
import static org.jsupervisor.core.TaskFixture.get;
import static org.jsupervisor.core.TaskFixture.refusal;
import static org.jsupervisor.core.TaskFixture.start;
import static org.jsupervisor.core.TaskFixture.task;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jsupervisor.Refusal;
import org.jsupervisor.Supervisor;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.Run;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TaskBody;
import org.jsupervisor.spec.TaskDeclinedException;
import org.jsupervisor.spec.TaskSpec;
import org.jsupervisor.strategy.RestartStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks on real threads: how they begin, become ready and end by themselves. */
@Timeout(60)
class TasksTest {
  @Test
  void returns_underTransient_isFinished_andItsThreadEnds() throws Exception {
    try (Supervisor tree = start("once")) {
      Semaphore ends = ends(tree);
      get(tree.define(task("t", context -> {}).build()));
      assertThat(ends.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
      ChildSnapshot done = tree.child(T).orElseThrow();
      assertThat(done.phase()).isEqualTo(Phase.FINISHED);
      assertThat(done.lastExit().orElseThrow().status()).isEqualTo(new ExitStatus.Completed());
      assertThat(get(tree.ready()).isReady()).isTrue();
    }
    awaitEnd("once");
  }

  @Test
  void declines_isFinished_notRestarted_andItsReasonIsSeen() throws Exception {
    TaskBody body =
        context -> {
          throw new TaskDeclinedException("no tenant");
        };
    TaskSpec declining =
        task("t", body).withReadiness(ReadinessSpec.aliveFor(Duration.ofSeconds(20))).build();
    try (Supervisor tree = start("declined", declining)) {
      ChildSnapshot now = get(tree.up(T));
      assertThat(now.phase()).isEqualTo(Phase.FINISHED);
      assertThat(now.lastExit().orElseThrow().status())
          .isEqualTo(new ExitStatus.Declined("no tenant"));
      assertThat(tree.explain(T).orElseThrow().describe()).contains("declined: no tenant");
      assertThat(get(tree.ready()).isReady()).isTrue();
      assertThat(now.counters().restarts()).isZero();
    }
    awaitEnd("declined");
  }

  @Test
  void throws_isRestarted_untilItWorks() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch third = new CountDownLatch(3);
    TaskBody body =
        context -> {
          third.countDown();
          if (runs.incrementAndGet() < 3) {
            throw new IOException("not yet");
          }
          SLEEPS.run(context);
        };
    try (Supervisor tree = start("again", task("t", body).build())) {
      assertThat(third.await(30, TimeUnit.SECONDS)).isTrue();
      ChildSnapshot now = get(tree.up(T));
      assertThat(now.counters().restarts()).isEqualTo(2);
      assertThat(now.lastExits())
          .extracting(exit -> exit.status())
          .containsOnly(new ExitStatus.Threw("java.io.IOException", "not yet"));
      assertThat(now.run()).isInstanceOf(Run.LiveTask.class);
      assertThat(now.pid()).isEmpty();
    }
    awaitEnd("again");
  }

  @Test
  void readiness_isSaidByTheTask() throws Exception {
    Semaphore go = new Semaphore(0);
    TaskBody body =
        context -> {
          go.acquire();
          context.ready();
          context.ready();
          SLEEPS.run(context);
        };
    TaskSpec spec = task("t", body).withReadyWithin(Duration.ofSeconds(50)).build();
    try (Supervisor tree = start("says", spec)) {
      CompletionStage<?> ready = tree.ready();
      assertThat(get(tree.define(task("other", SLEEPS).build())).id().name()).isEqualTo("other");
      assertThat(ready.toCompletableFuture()).isNotDone();
      go.release();
      get(ready);
      assertThat(tree.child(T).orElseThrow().ready()).isTrue();
    }
  }

  @Test
  void saysNothing_isStoppedAfterItsTime() throws Exception {
    TaskSpec spec =
        task("t", SLEEPS)
            .withReadyWithin(Duration.ofMillis(1))
            .withRestart(AT_ONCE.withBackoff(Backoff.fixed(Duration.ofHours(1))))
            .build();
    try (Supervisor tree = start("mute", task("a", SLEEPS).withInitially(down()).build())) {
      Semaphore ends = ends(tree);
      get(tree.define(spec));
      assertThat(ends.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
      assertThat(tree.child(T).orElseThrow().lastExit().orElseThrow().cause())
          .isEqualTo(ExitCause.START_TIMEOUT);
    }
  }

  private static org.jsupervisor.snapshot.Desire down() {
    return org.jsupervisor.snapshot.Desire.DOWN;
  }

  private static final class Broken {
    static final int VALUE = Integer.parseInt("no number");
  }

  @SuppressWarnings("InfiniteRecursion") // on purpose
  private static int bottomless(int depth) {
    return depth + bottomless(depth + 1);
  }

  private static final class Mute extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new IllegalStateException("not even that");
    }
  }

  @Test
  void errors_areItsExit() throws Exception {
    assertThat(endOf("init", context -> System.getProperty("" + Broken.VALUE)))
        .isEqualTo(new ExitStatus.Threw("java.lang.ExceptionInInitializerError", ""));
    assertThat(endOf("link", context -> System.getProperty("" + Broken.VALUE)).describe())
        .startsWith("threw java.lang.NoClassDefFoundError: ");
    assertThat(endOf("stack", context -> System.getProperty("" + bottomless(0))))
        .isEqualTo(new ExitStatus.Threw("java.lang.StackOverflowError", ""));
    assertThat(
            endOf(
                "memory",
                context -> {
                  throw new OutOfMemoryError("as if");
                }))
        .isEqualTo(new ExitStatus.Threw("java.lang.OutOfMemoryError", "as if"));
    assertThat(
            endOf(
                "mute-one",
                context -> {
                  throw new Mute();
                }))
        .isEqualTo(
            new ExitStatus.Threw(
                Mute.class.getName(), "its message threw java.lang.IllegalStateException"));
  }

  @Test
  void longMessageOfManyLines_isOneBoundedLine() throws Exception {
    String message = "a\n\u001b[31m" + "x".repeat(289) + "\ud83d\ude00" + "y".repeat(1_000_000);
    ExitStatus status =
        endOf(
            "long",
            context -> {
              throw new IllegalStateException(message);
            });
    assertThat(((ExitStatus.Threw) status).message())
        .isEqualTo("a  [31m" + "x".repeat(289) + "...")
        .hasSizeLessThanOrEqualTo(ExitStatus.Threw.LENGTH_MAX);
  }

  @Test
  void thread_isNamedAfterTheRun_andHasTheClassLoaderOfWhoStartedTheTree() throws Exception {
    AtomicReference<Thread> seen = new AtomicReference<>();
    AtomicReference<ClassLoader> loader = new AtomicReference<>();
    AtomicReference<String> inherited = new AtomicReference<>();
    InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
    TaskBody body =
        context -> {
          seen.set(Thread.currentThread());
          loader.set(Thread.currentThread().getContextClassLoader());
          inherited.set(local.get());
          context.ready();
          SLEEPS.run(context);
        };
    TaskSpec spec = task("t", body).withReadyWithin(Duration.ofSeconds(50)).build();
    ClassLoader mine = new ClassLoader(getClass().getClassLoader()) {};
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(mine);
    local.set("secret of the host's thread");
    try (Supervisor tree = start("named", spec)) {
      get(tree.ready());
      assertThat(seen.get().getName()).isEqualTo("supervisor-named-task-t#1");
      assertThat(loader).hasValue(mine);
      assertThat(inherited.get()).isNull();
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    } finally {
      Thread.currentThread().setContextClassLoader(before);
      local.remove();
    }
    assertThat(Thread.currentThread().isInterrupted()).as("the host's flag").isFalse();
  }

  @Test
  void signal_isRefused() throws Exception {
    try (Supervisor tree = start("nosignal", task("t", SLEEPS).build())) {
      get(tree.ready());
      assertThat(refusal(tree.signal(T, Signal.HUP))).isEqualTo(Refusal.NOT_A_PROCESS);
    }
  }

  @Test
  void defineAsAProcess_isRefused_andTheTaskLives() throws Exception {
    try (Supervisor tree = start("kinds", task("t", SLEEPS).build())) {
      get(tree.ready());
      assertThat(refusal(tree.define(SimulatedTree.child("t").build())))
          .isEqualTo(Refusal.INVALID_SPEC);
      assertThat(tree.child(T).orElseThrow().ready()).isTrue();
    }
  }

  @Test
  void oneForAll_withAProcess_restartsBoth() throws Exception {
    Semaphore fail = new Semaphore(0);
    TaskBody body =
        context -> {
          fail.acquire();
          throw new IOException("no");
        };
    SupervisorSpec spec =
        SupervisorSpec.builder("mixed")
            .withStrategy(RestartStrategy.oneForAll())
            .addChild(SimulatedTree.child("p").withReadiness(ReadinessSpec.atLaunch()).build())
            .addChild(task("t", body).build())
            .build();
    CountDownLatch both = new CountDownLatch(2);
    try (Supervisor tree = SupervisorBuilder.of(spec, new FakePlatform()).start()) {
      get(tree.ready());
      tree.subscribe(
          event -> {
            if (event.event() instanceof SupervisorEvent.Launched
                || event.event() instanceof SupervisorEvent.TaskStarted) {
              both.countDown();
            }
          });
      fail.release();
      assertThat(both.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }
}
