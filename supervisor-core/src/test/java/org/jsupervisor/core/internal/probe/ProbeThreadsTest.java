package org.jsupervisor.core.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsupervisor.core.internal.ScarceThreads;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.spec.Probe;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is asked, how often, and who is not held up by whom. */
class ProbeThreadsTest {
  private static final Duration SHORT = Duration.ofMillis(5);
  private static final AtomicInteger TREES = new AtomicInteger();

  @TempDir Path directory;
  private final Semaphore told = new Semaphore(0);
  private final Answers answers = new Answers(told::release);
  // Its own for each test: the threads of the last one may be still ending.
  private final String tree = "probing" + TREES.incrementAndGet();
  private final ProbeThreads threads = new ProbeThreads(tree, 2, answers);

  @AfterEach
  void close() {
    threads.close();
  }

  private ProcessSpec spec(Probe probe) {
    return ProcessSpec.builder("c", "true")
        .withDirectory(directory)
        .withReadiness(ReadinessSpec.probed(probe).withInterval(SHORT))
        .build();
  }

  private static Incarnation run(String child) {
    return new Incarnation(ChildId.of(child), 1);
  }

  private List<Incarnation> await() throws InterruptedException {
    assertThat(told.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    List<Incarnation> ready = new ArrayList<>();
    answers.take(ready::add);
    return ready;
  }

  private long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("supervisor-" + tree + "-probe"))
        .count();
  }

  @Test
  void nobodyIsAsked_noThread() {
    threads.end(run("a"));
    assertThat(threads()).isZero();
  }

  @Test
  void childIsAsked_untilItIsReady_andThenNoMore() throws Exception {
    threads.begin(run("a"), spec(Probe.file(Path.of("a"))));
    threads.begin(run("b"), spec(Probe.file(Path.of("b"))));
    Files.createFile(directory.resolve("a"));
    assertThat(await()).containsExactly(run("a"));
    Files.createFile(directory.resolve("b"));
    assertThat(await()).containsExactly(run("b"));
    assertThat(told.availablePermits()).isZero();
  }

  @Test
  void runThatIsAskedNoMore_isNotFoundReady() throws Exception {
    threads.begin(run("a"), spec(Probe.file(Path.of("a"))));
    threads.end(run("a"));
    Files.createFile(directory.resolve("a"));
    Files.createFile(directory.resolve("b"));
    threads.begin(run("b"), spec(Probe.file(Path.of("b"))));
    assertThat(await()).containsExactly(run("b"));
  }

  @Test
  void probeThatHangs_holdsUpItsOwnThreadOnly_andThereAreNoMoreThanAllowed() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      URI uri = URI.create("http://127.0.0.1:" + mute.getLocalPort());
      ProcessSpec hangs =
          spec(Probe.http(uri)).toBuilder()
              .withReadiness(
                  ReadinessSpec.probed(Probe.http(uri)).withTimeout(Duration.ofMinutes(10)))
              .build();
      threads.begin(run("hangs"), hangs);
      assertThat(mute.accept()).as("it is being asked").isNotNull();
      for (int n = 0; n < 20; n++) {
        threads.begin(run("n" + n), spec(Probe.file(Path.of("up"))));
      }
      Files.createFile(directory.resolve("up"));
      List<Incarnation> ready = new ArrayList<>();
      while (ready.size() < 20) {
        ready.addAll(await());
      }
      assertThat(ready).doesNotContain(run("hangs"));
      assertThat(threads()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void probeThatThrows_isNotReady_andIsAskedAgain() throws Exception {
    int port = freePort();
    threads.begin(run("a"), spec(new Probe.Tcp("no.such.host.invalid", 1)));
    threads.begin(run("b"), spec(Probe.tcp(port)));
    try (ServerSocket server = new ServerSocket(port, 5, InetAddress.getLoopbackAddress())) {
      assertThat(await()).containsExactly(run("b"));
      assertThat(server.isBound()).isTrue();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return server.getLocalPort();
    }
  }

  @Test
  void afterTheEnd_nothingIsTakenOn() throws Exception {
    threads.begin(run("a"), spec(Probe.file(Path.of("a"))));
    threads.close();
    threads.begin(run("b"), spec(Probe.file(Path.of("a"))));
    Files.createFile(directory.resolve("a"));
    assertThat(told.tryAcquire(100, TimeUnit.MILLISECONDS)).isFalse();
  }

  @Test
  void noThreadCanBeStarted_costsNobodyButHimWhoIsAsked_andIsTriedAgain() throws Exception {
    ProbeThreads scarce = new ProbeThreads(new ScarceThreads(), 2, answers);
    Files.createFile(directory.resolve("a"));
    scarce.begin(run("a"), spec(Probe.file(Path.of("a"))));
    scarce.begin(run("b"), spec(Probe.file(Path.of("a"))));
    List<Incarnation> ready = new ArrayList<>(await());
    while (ready.size() < 2) {
      ready.addAll(await());
    }
    assertThat(ready).containsExactlyInAnyOrder(run("a"), run("b"));
    scarce.close();
  }
}
