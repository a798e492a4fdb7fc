package org.jsupervisor.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jsupervisor.core.TaskFixture.SLEEPS;
import static org.jsupervisor.core.TaskFixture.T;
import static org.jsupervisor.core.TaskFixture.awaitEnd;
import static org.jsupervisor.core.TaskFixture.endOf;
import static org.jsupervisor.core.TaskFixture.ends;
import static org.jsupervisor.core.TaskFixture.get;
import static org.jsupervisor.core.TaskFixture.refusal;
import static org.jsupervisor.core.TaskFixture.spec;
import static org.jsupervisor.core.TaskFixture.start;
import static org.jsupervisor.core.TaskFixture.task;
import static org.jsupervisor.core.TaskFixture.threads;

import java.nio.channels.Pipe;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jsupervisor.Refusal;
import org.jsupervisor.StopReport;
import org.jsupervisor.Supervisor;
import org.jsupervisor.platform.LaunchRequest;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TaskBody;
import org.jsupervisor.spec.TaskContext;
import org.jsupervisor.spec.TaskSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks on real threads: how they are stopped, and what is left of them. */
@Timeout(60)
class TaskStopTest {
  @Test
  void stop_interrupts_andThatIsAnOrderlyEnd() throws Exception {
    try (Supervisor tree = start("orderly", task("t", SLEEPS).build())) {
      get(tree.ready());
      ChildSnapshot down = get(tree.down(T));
      assertThat(down.phase()).isEqualTo(Phase.DOWN);
      assertThat(down.lastExit().orElseThrow().status()).isEqualTo(new ExitStatus.Completed());
      assertThat(down.lastExit().orElseThrow().cause()).isEqualTo(ExitCause.ASKED_TO_STOP);
      assertThat(get(tree.up(T)).ready()).isTrue();
      assertThat(get(tree.restart(T, "test")).counters().launches()).isEqualTo(3);
    }
    awaitEnd("orderly");
  }

  @Test
  void stopOfATaskInAChannel_isAnOrderlyEnd() throws Exception {
    Pipe pipe = Pipe.open();
    TaskBody reads =
        context -> {
          int unused = pipe.source().read(java.nio.ByteBuffer.allocate(1));
        };
    try (Supervisor tree = start("channel", task("t", reads).build())) {
      get(tree.ready());
      assertThat(get(tree.down(T)).lastExit().orElseThrow().status())
          .isEqualTo(new ExitStatus.Completed());
    } finally {
      pipe.sink().close();
    }
  }

  @Test
  void interruptThatNobodyAskedFor_isAFailure() throws Exception {
    assertThat(
            endOf(
                "selfmade",
                context -> {
                  Thread.currentThread().interrupt();
                  SLEEPS.run(context);
                }))
        .isEqualTo(new ExitStatus.Threw("java.lang.InterruptedException", ""));
  }

  /** A channel whose closing fails: it is closed by whoever interrupts the thread that is in it. */
  private static final class Trap extends AbstractInterruptibleChannel {
    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicReference<Thread> closer = new AtomicReference<>();

    @Override
    protected void implCloseChannel() {
      closer.set(Thread.currentThread());
      closed.countDown();
      throw new IllegalStateException("trap");
    }

    void await(TaskContext context) throws Exception {
      boolean completed = false;
      try {
        begin();
        inside.countDown();
        SLEEPS.run(context);
        completed = true;
      } finally {
        // Whoever leaves before the interrupter has looked for a channel is not closed any more.
        assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
        end(completed);
      }
    }
  }

  @Test
  void channelThatThrowsWhenItIsInterrupted_doesNotHurtTheEngine() throws Exception {
    Trap trap = new Trap();
    TaskSpec spec = task("t", trap::await).withGrace(Duration.ofMillis(1)).build();
    Supervisor tree = start("trap", spec, task("u", SLEEPS).build());
    assertThat(trap.inside.await(30, TimeUnit.SECONDS)).isTrue();
    tree.close();
    assertThat(get(tree.stopped()).cause()).isEqualTo(StopReport.Cause.ASKED);
    assertThat(trap.closer.get().getName()).isEqualTo("supervisor-trap-engine");
    awaitEnd("trap");
  }

  @Test
  void ignoresTheInterrupt_isUnkillable_siblingsGoOn_andItsLaterEndIsSeen() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch inside = new CountDownLatch(1);
    TaskSpec deaf = task("t", deaf(inside, release)).withGrace(Duration.ofMillis(1)).build();
    try (Supervisor tree = start("deaf", task("a", SLEEPS).build(), deaf)) {
      Semaphore ends = ends(tree);
      assertThat(inside.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(refusal(tree.down(T))).isEqualTo(Refusal.UNKILLABLE);
      assertThat(refusal(tree.up(T))).as("its slot is taken").isEqualTo(Refusal.UNKILLABLE);
      assertThat(tree.child(ChildId.of("a")).orElseThrow().ready()).isTrue();
      assertThat(ends.availablePermits()).isZero();
      release.countDown();
      assertThat(ends.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
      assertThat(get(tree.up(T)).counters().exits()).isPositive();
    }
    awaitEnd("deaf");
  }

  private static TaskBody deaf(CountDownLatch inside, CountDownLatch release) {
    return context -> {
      inside.countDown();
      for (boolean released = false; !released; ) {
        try {
          release.await();
          released = true;
        } catch (InterruptedException ignored) {
          // That is the point.
        }
      }
    };
  }

  @Test
  void stopReport_namesTheTaskThatRefuses_andOnlyItsThreadIsLeft() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch inside = new CountDownLatch(1);
    Supervisor tree =
        start(
            "refuser",
            task("a", SLEEPS).build(),
            task("t", deaf(inside, release)).withGrace(Duration.ofMillis(1)).build(),
            task("z", SLEEPS).build());
    assertThat(inside.await(30, TimeUnit.SECONDS)).isTrue();
    StopReport report = get(tree.stop("test"));
    assertThat(report.unkillable()).containsExactly(T);
    for (Thread thread : threads("refuser")) {
      if (!thread.getName().contains("-task-t#")) {
        thread.join(30_000);
      }
    }
    assertThat(threads("refuser"))
        .extracting(Thread::getName)
        .containsExactly("supervisor-refuser-task-t#1");
    release.countDown();
    awaitEnd("refuser");
  }

  @Test
  void many_startAndStop_andNoThreadIsLeft() throws Exception {
    int count = 200;
    Set<Thread> seen = ConcurrentHashMap.newKeySet();
    ChildSpec[] tasks = new ChildSpec[count];
    for (int i = 0; i < count; i++) {
      tasks[i] =
          task(
                  "t" + i,
                  context -> {
                    seen.add(Thread.currentThread());
                    context.ready();
                    SLEEPS.run(context);
                  })
              .withReadyWithin(Duration.ofSeconds(50))
              .build();
    }
    SupervisorSpec spec = spec("many", tasks);
    Supervisor tree =
        SupervisorBuilder.of(spec, new FakePlatform())
            .withOptions(EngineOptions.defaults().withInboxCapacity(2).withOperationsMax(2))
            .start();
    get(tree.ready());
    assertThat(seen).hasSize(count).allMatch(Thread::isDaemon);
    assertThat(get(tree.stop("test")).unkillable()).isEmpty();
    for (Thread thread : seen) {
      thread.join(30_000);
      assertThat(thread.isAlive()).as(thread.getName()).isFalse();
    }
    awaitEnd("many");
  }

  @Test
  void engineFails_tasksAreInterrupted() throws Exception {
    FakePlatform broken =
        new FakePlatform() {
          @Override
          public void launch(LaunchRequest request) {
            throw new IllegalStateException("broken");
          }
        };
    SupervisorSpec spec = spec("failing", task("t", SLEEPS).build());
    Supervisor tree = SupervisorBuilder.of(spec, broken).start();
    get(tree.ready());
    tree.define(SimulatedTree.child("p").build());
    assertThat(get(tree.stopped()).cause()).isEqualTo(StopReport.Cause.ENGINE_FAILED);
    awaitEnd("failing");
  }

  @Test
  void invoked_tasksStillHaveTheirThreads() throws Exception {
    List<Thread> bodies = new ArrayList<>();
    TaskBody body =
        context -> {
          synchronized (bodies) {
            bodies.add(Thread.currentThread());
          }
          context.ready();
          SLEEPS.run(context);
        };
    TaskSpec spec = task("t", body).withReadyWithin(Duration.ofSeconds(50)).build();
    try (InvokedSupervisor tree =
        SupervisorBuilder.of(spec("invoked", spec), new FakePlatform()).startInvoked()) {
      CompletionStage<?> ready = tree.supervisor().ready();
      while (!ready.toCompletableFuture().isDone()) {
        tree.doWork(Duration.ofSeconds(30));
      }
      assertThat(bodies).doesNotContain(Thread.currentThread()).hasSize(1);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
    bodies.get(0).join(30_000);
    assertThat(bodies.get(0).isAlive()).isFalse();
  }
}
