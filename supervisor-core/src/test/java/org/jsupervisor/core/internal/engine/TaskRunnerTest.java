package org.jsupervisor.core.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsupervisor.core.internal.model.Input;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.LaunchFault;
import org.jsupervisor.spec.TaskBody;
import org.jsupervisor.spec.TaskSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the engine hears of tasks, and that it hears it whatever happens. */
@Timeout(60)
class TaskRunnerTest {
  private static final Incarnation RUN = new Incarnation(ChildId.of("t"), 1);

  private final AtomicInteger wakes = new AtomicInteger();
  private final List<Thread> started = new ArrayList<>();
  private final List<Input> heard = new ArrayList<>();

  private TaskRunner runner() {
    return new TaskRunner(
        "test",
        wakes::incrementAndGet,
        thread -> {
          started.add(thread);
          thread.start();
        });
  }

  private static TaskSpec task(TaskBody body) {
    return TaskSpec.builder("t", body).build();
  }

  private void join() throws InterruptedException {
    for (Thread thread : started) {
      thread.join();
    }
  }

  @Test
  void reports_comeInOrder_eachOnce_andWakeTheEngine() throws Exception {
    TaskRunner tasks = runner();
    tasks.start(
        RUN,
        task(
            context -> {
              context.ready();
              context.ready();
            }));
    join();
    tasks.take(heard::add);
    tasks.take(heard::add);
    assertThat(heard)
        .containsExactly(
            new Input.TaskStarted(RUN),
            new Input.Notified(RUN),
            new Input.Exited(RUN, new ExitStatus.Completed()));
    assertThat(wakes).hasValue(3);
  }

  @Test
  void threadThatCannotBeCreated_isAShortageOfTheHost() {
    TaskRunner tasks =
        new TaskRunner(
            "test",
            wakes::incrementAndGet,
            thread -> {
              throw new OutOfMemoryError("unable to create native thread");
            });
    tasks.start(RUN, task(context -> {}));
    tasks.take(heard::add);
    assertThat(heard).hasSize(1);
    Input.LaunchFailed failed = (Input.LaunchFailed) heard.get(0);
    assertThat(failed.failure().fault()).isEqualTo(LaunchFault.HOST);
    assertThat(failed.failure().message())
        .isEqualTo(
            "thread 'supervisor-test-task-t#1' could not be created:"
                + " unable to create native thread");
    assertThat(wakes).hasValue(1);
    tasks.interrupt(RUN);
  }

  @Test
  void interruptBeforeTheThreadHasBegun_isNotLost_andTheBodyIsNotCalled() throws Exception {
    List<Thread> held = new ArrayList<>();
    TaskRunner tasks = new TaskRunner("test", wakes::incrementAndGet, held::add);
    AtomicInteger calls = new AtomicInteger();
    tasks.start(RUN, task(context -> calls.incrementAndGet()));
    tasks.interrupt(RUN);
    held.get(0).start();
    held.get(0).join();
    tasks.take(heard::add);
    assertThat(calls).hasValue(0);
    assertThat(heard)
        .containsExactly(
            new Input.TaskStarted(RUN), new Input.Exited(RUN, new ExitStatus.Completed()));
  }

  @Test
  void interruptAfterTheEnd_isNothing() throws Exception {
    TaskRunner tasks = runner();
    tasks.start(RUN, task(context -> {}));
    join();
    tasks.interrupt(RUN);
    tasks.take(heard::add);
    tasks.interrupt(RUN);
    assertThat(started.get(0).isInterrupted()).isFalse();
  }

  @Test
  void reportsOfManyThreads_areAllHeard() throws Exception {
    TaskRunner tasks = runner();
    int runs = 300;
    CountDownLatch go = new CountDownLatch(1);
    for (int n = 1; n <= runs; n++) {
      tasks.start(
          new Incarnation(ChildId.of("t"), n),
          task(
              context -> {
                go.await();
                context.ready();
              }));
    }
    go.countDown();
    for (Thread thread : started) {
      while (thread.isAlive()) {
        tasks.take(heard::add);
      }
    }
    tasks.take(heard::add);
    assertThat(heard).hasSize(3 * runs).doesNotHaveDuplicates();
  }

  @Test
  void platformThatFailsToWake_isAskedAgain_andHidesNothing() throws Exception {
    Thread[] thread = new Thread[1];
    TaskRunner tasks =
        new TaskRunner(
            "test",
            () -> {
              if (wakes.incrementAndGet() % 3 != 0) {
                throw new OutOfMemoryError("as if");
              }
            },
            starting -> {
              thread[0] = starting;
              starting.start();
            });
    tasks.start(RUN, task(context -> {}));
    thread[0].join();
    tasks.take(heard::add);
    assertThat(heard)
        .containsExactly(
            new Input.TaskStarted(RUN), new Input.Exited(RUN, new ExitStatus.Completed()));
    assertThat(wakes).hasValue(6);
  }

  @Test
  void afterTheClose_theLastRunsAreInterrupted_andNobodyIsWoken() throws Exception {
    TaskRunner tasks = runner();
    CountDownLatch inside = new CountDownLatch(1);
    tasks.start(
        RUN,
        task(
            context -> {
              inside.countDown();
              new CountDownLatch(1).await();
            }));
    inside.await();
    int before = wakes.get();
    tasks.close();
    join();
    assertThat(wakes).hasValue(before);
  }
}
