package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jsupervisor.platform.LaunchRequest;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.ProcessSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the engine waits, and what is left when the platform is closed. */
@Timeout(60)
abstract class PollAndCloseContract {
  abstract ExitDetection detection();

  private PosixOptions options() {
    return PosixOptions.defaults().withExitDetection(detection());
  }

  private PlatformFixture open() {
    return new PlatformFixture(options());
  }

  @Test
  void wakeUpBeforePoll_endsIt() {
    try (var platform = PosixPlatform.open(options())) {
      platform.wakeUp();
      platform.wakeUp();

      platform.poll(Platform.FOREVER_NANOS, report -> {});
    }
  }

  @Test
  void wakeUpDuringPoll_endsIt_andTheNextOneToo() throws InterruptedException {
    try (var platform = PosixPlatform.open(options())) {
      for (int i = 0; i < 50; i++) {
        var polling = new CountDownLatch(1);
        Thread waker =
            new Thread(
                () -> {
                  try {
                    polling.await();
                    platform.wakeUp();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
        waker.start();
        polling.countDown();
        platform.poll(Platform.FOREVER_NANOS, report -> {});
        waker.join();
      }
    }
  }

  @Test
  void wakeUpThatHasEndedAPoll_doesNotEndTheNext() {
    try (var platform = PosixPlatform.open(options())) {
      platform.wakeUp();
      platform.poll(0, report -> {});
      long begin = System.nanoTime();

      platform.poll(Duration.ofMillis(100).toNanos(), report -> {});

      assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(100_000_000);
    }
  }

  @Test
  void pollWithoutTimeout_endsWithAReport() {
    try (var fixture = open()) {
      Incarnation run = fixture.launch("true");
      while (fixture.all(PlatformReport.Exited.class, run).isEmpty()) {
        fixture.platform.poll(Platform.FOREVER_NANOS, fixture.reports::add);
      }
    }
  }

  @Test
  void takerThatThrows_losesNoOtherReport() {
    try (var fixture = open()) {
      List<Incarnation> runs = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        runs.add(fixture.launch("true"));
      }
      List<PlatformReport> seen = fixture.reports;
      for (int polls = 0; seen.size() < 100 && polls < 1_000; polls++) {
        try {
          fixture.platform.poll(
              Duration.ofMillis(100).toNanos(),
              report -> {
                seen.add(report);
                throw new IllegalStateException("after " + report);
              });
        } catch (IllegalStateException e) {
          assertThat(e).hasMessageContaining("after ");
        }
      }

      runs.forEach(fixture::awaitExit);
    }
  }

  @Test
  void close_killsWhatLives_andLeavesNoThreadAndNoDescriptor() throws IOException {
    // Whatever is loaded once has been loaded.
    try (var first = open()) {
      first.awaitExit(first.launch(new CollectingSink(), "true"));
    }
    long descriptorsBefore = descriptors();
    CollectingSink sink = new CollectingSink();
    List<Pid> pids = new ArrayList<>();
    var fixture = open();
    for (int i = 0; i < 20; i++) {
      pids.add(fixture.awaitLaunched(fixture.launch(sink, "sh", "-c", "trap '' TERM; sleep 60")));
    }
    for (int i = 0; i < 20; i++) {
      fixture.launch(sink, "sleep", "60");
    }

    fixture.close();
    fixture.close();

    assertThat(pids).noneMatch(pid -> Files.exists(Path.of("/proc/" + pid)));
    assertThat(ProcessHandle.current().children()).isEmpty();
    assertThat(sink.closed.get()).isEqualTo(1);
    // What an earlier test left to be collected may have been closed meanwhile.
    assertThat(descriptors()).isLessThanOrEqualTo(descriptorsBefore);
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("supervisor-"));
  }

  @Test
  void afterClose_nothingIsStartedAndNothingIsHurt() {
    var fixture = open();
    Incarnation run = fixture.launch("true");
    fixture.awaitExit(run);
    fixture.close();

    fixture.platform.wakeUp();
    fixture.platform.signal(run, Signal.KILL);
    fixture.platform.retire(new CollectingSink());
    assertThatThrownBy(() -> fixture.launch("true")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void sinkThatNeverReturns_doesNotHoldUpClose() {
    var blocked = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    PosixOptions options = options().withDrainWait(Duration.ofMillis(100));
    var fixture = new PlatformFixture(options);
    fixture.launch(
        (source, bytes) -> {
          blocked.countDown();
          boolean interrupted = false;
          while (never.getCount() > 0) {
            try {
              never.await();
            } catch (InterruptedException e) {
              interrupted = true;
            }
          }
          if (interrupted) {
            Thread.currentThread().interrupt();
          }
        },
        "yes");
    fixture.await("the sink blocks", () -> blocked.getCount() == 0);
    long begin = System.nanoTime();

    fixture.close();

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
    never.countDown();
  }

  @Test
  void closeFromAnInterruptedThread_isComplete_andKeepsTheFlag() {
    var fixture = open();
    Incarnation run = fixture.launch("sleep", "60");
    Pid pid = fixture.awaitLaunched(run);
    Thread.currentThread().interrupt();

    fixture.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(Path.of("/proc/" + pid)).doesNotExist();
  }

  @Test
  void secondEngineOnOnePlatform_isRefusedAtARunThatIsKnown() {
    try (var fixture = open()) {
      Incarnation run = fixture.launch("sleep", "60");
      var spec = ProcessSpec.builder("child", "true").build();
      var again = new LaunchRequest(run, spec, new OutputTarget.Null());

      assertThatThrownBy(() -> fixture.platform.launch(again)).hasMessageContaining("two engines");
      fixture.awaitLaunched(run);
      assertThatThrownBy(() -> fixture.platform.launch(again))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void twoPlatforms_doNotSeeEachOther() {
    try (var one = open();
        var two = open()) {
      Incarnation first = one.launch("sh", "-c", "exit 1");
      Incarnation second = two.launch("sh", "-c", "exit 2");

      assertThat(one.awaitExit(first)).isEqualTo(new ExitStatus.Exited(1));
      assertThat(two.awaitExit(second)).isEqualTo(new ExitStatus.Exited(2));
    }
  }

  private static long descriptors() throws IOException {
    try (var files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }
}
