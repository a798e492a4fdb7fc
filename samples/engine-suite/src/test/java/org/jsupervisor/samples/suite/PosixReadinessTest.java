package org.jsupervisor.samples.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Due;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.Probe;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.Watchdog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The ways to be ready and the watchdog, with real processes. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the POSIX platform knows Linux only so far")
class PosixReadinessTest extends PosixCase {
  private static final Duration OFTEN = Duration.ofMillis(20);

  /** Opens the notification socket; {@code say} sends. */
  private static final String PERL =
      "use Socket; $n = $ENV{NOTIFY_SOCKET}; $n =~ s/^@/\\0/;"
          + "socket($s, AF_UNIX, SOCK_DGRAM, 0) or die $!;"
          + "sub say_it { defined send($s, $_[0], 0, pack_sockaddr_un($n)) or die $! }"
          + "sub nap { select(undef, undef, undef, $_[0]) }";

  private ProcessSpec.Builder shell(String id, String script) {
    return ProcessSpec.builder(id, "/bin/sh", "-c", script)
        .withDirectory(directory)
        .withRestart(RestartPolicy.permanent().withBackoff(Backoff.fixed(OFTEN)));
  }

  private ProcessSpec.Builder perl(String script) {
    boolean found =
        Stream.of(System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":", -1))
            .anyMatch(place -> Files.isExecutable(Path.of(place, "perl")));
    assumeTrue(found, "tool missing: perl");
    return ProcessSpec.builder("c", "perl", "-e", PERL + script)
        .withReadiness(ReadinessSpec.notifiedBySocket())
        .withRestart(RestartPolicy.permanent().withBackoff(Backoff.fixed(OFTEN)))
        .withStop(StopSpec.of(Signal.TERM, Duration.ofSeconds(30)));
  }

  private static ReadinessSpec when(Probe probe) {
    return ReadinessSpec.probed(probe).withInterval(OFTEN).withTimeout(Duration.ofSeconds(20));
  }

  private void awaitReady() {
    world.awaitUntil("c is ready", () -> now().ready());
  }

  private Exit awaitExit() {
    world.awaitUntil("c has ended", () -> now().lastExit().isPresent());
    return now().lastExits().get(now().lastExits().size() - 1);
  }

  @Test
  void socket_readyWithItsStatus() {
    start(perl("say_it(\"READY=1\\nSTATUS=serving\"); sleep 1000;"));
    awaitReady();
    world.awaitUntil("its status", () -> now().status().equals("serving"));
    // Listeners hear of it after the snapshot shows it.
    world.awaitUntil(
        "its event", () -> events.stream().anyMatch(SupervisorEvent.Said.class::isInstance));
  }

  @Test
  void file_thatTheChildMakes() {
    start(shell("c", "sleep 0.1; : >up; exec sleep 1000").withReadiness(when(fileUp())));
    awaitReady();
    assertThat(directory.resolve("up")).exists();
  }

  private static Probe fileUp() {
    return Probe.file(Path.of("up"));
  }

  @Test
  void tcpAndHttp_areAskedOutsideOfTheEngine() throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext(
        "/up",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    http.start();
    try {
      int port = http.getAddress().getPort();
      URI uri = URI.create("http://127.0.0.1:" + port + "/up");
      start(
          shell("tcp", "exec sleep 1000").withReadiness(when(Probe.tcp(port))),
          shell("http", "exec sleep 1000").withReadiness(when(Probe.http(uri))));
      world.await(tree.ready());
    } finally {
      http.stop(0);
    }
  }

  @Test
  void command_isRunInTheChildsDirectoryAndEnvironment_untilItReturnsZero() {
    Probe probe = Probe.command("/bin/sh", "-c", "echo \"$WHO\" >>asked; test -e up");
    start(
        shell("c", "sleep 0.2; : >up; exec sleep 1000")
            .addVariable("WHO", "me")
            .withReadiness(when(probe)));
    awaitReady();
    assertThat(directory.resolve("asked")).content().startsWith("me\nme\n");
  }

  @Test
  void commandThatHangs_isKilledWithItsGroup_andAskedAgain() {
    Probe probe =
        Probe.command("/bin/sh", "-c", "test -e once && exit 0; : >once; sleep 1000 & sleep 1000");
    start(
        shell("c", "exec sleep 1000")
            .withReadiness(
                ReadinessSpec.probed(probe)
                    .withInterval(OFTEN)
                    .withTimeout(Duration.ofMillis(300))));
    awaitReady();
    assertThat(now().counters().launches()).isEqualTo(1);
  }

  @Test
  void line_isFoundInOutputThatIsKept_andInOutputThatIsNot() {
    Path log = directory.resolve("log");
    String script = "echo starting; sleep 0.1; echo 'now serving on 8080'; exec sleep 1000";
    start(
        shell("c", script).withReadiness(when(Probe.logLine("serving on \\d+$"))),
        shell("kept", script)
            .withOutput(OutputSpec.logged(LogSpec.of(log)))
            .withReadiness(when(Probe.logLine("serving on \\d+$"))));
    world.await(tree.ready());
    world.await(tree.stop("done"));
    assertThat(log.resolve("current")).content().contains("starting").contains("now serving");
  }

  @Test
  void lineThatComesAtOnce_isFoundInEachRun() {
    start(shell("c", "echo up; exec sleep 1000").withReadiness(when(Probe.logLine("^up$"))));
    awaitReady();
    world.kill(C);
    world.awaitUntil("a second run", () -> now().counters().launches() == 2 && now().ready());
  }

  @Test
  void childThatIsNeverFoundReady_isStopped_andItsStartHasFailed() {
    start(
        shell("c", "exec sleep 1000")
            .withReadiness(
                ReadinessSpec.probed(fileUp())
                    .withInterval(OFTEN)
                    .withReadyWithin(Duration.ofMillis(300))));
    assertThat(awaitExit().cause()).isEqualTo(ExitCause.START_TIMEOUT);
  }

  @Test
  void probeThatHangs_delaysNobodyElse() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      URI uri = URI.create("http://127.0.0.1:" + mute.getLocalPort());
      start(
          shell("hangs", "exec sleep 1000")
              .withReadiness(
                  ReadinessSpec.probed(Probe.http(uri)).withTimeout(Duration.ofHours(1))),
          shell("c", ": >up; exec sleep 1000").withReadiness(when(fileUp())));
      awaitReady();
      world.kill(C);
      world.awaitUntil("a second run", () -> now().counters().launches() == 2 && now().ready());
      assertThat(now(ChildId.of("hangs")).ready()).isFalse();
    }
  }

  @Test
  void silentChild_isAborted_namesItsWatchdog_andIsRestarted() {
    start(
        perl("say_it('READY=1'); sleep 1000;")
            .withWatchdog(Watchdog.every(Duration.ofMillis(200))));
    Exit exit = awaitExit();
    assertThat(exit.cause()).isEqualTo(ExitCause.WATCHDOG);
    assertThat(((ExitStatus.Signalled) exit.status()).signal()).isEqualTo(Signal.ABRT);
    world.awaitUntil("a second run", () -> now().counters().launches() >= 2);
  }

  @Test
  void childThatPings_lives_alsoWhenItStandsStillForLonger() {
    start(
        perl("say_it('READY=1'); while (1) { say_it('WATCHDOG=1'); nap(0.05) }")
            .withWatchdog(Watchdog.every(Duration.ofSeconds(1))));
    awaitReady();
    world.await(tree.pause(C));
    world.awaitUntil("it stands still", () -> world.standsStill(now()));
    long until = System.nanoTime() + Duration.ofMillis(1500).toNanos();
    world.awaitUntil("longer than it may be silent", () -> System.nanoTime() - until > 0);
    assertThat(now().paused()).isTrue();
    world.await(tree.resume(C));
    Due due = now().due();
    world.awaitUntil("it is heard again", () -> !now().due().equals(due));
    assertThat(now().phase()).isEqualTo(Phase.RUNNING);
    assertThat(now().counters().launches()).isEqualTo(1);
  }

  @Test
  void childThatSaysItIsIll_isAborted() {
    start(perl("say_it('READY=1'); nap(0.2); say_it('WATCHDOG=trigger'); sleep 1000;"));
    assertThat(awaitExit().cause()).isEqualTo(ExitCause.WATCHDOG);
  }

  @Test
  void childThatAsksForMoreTime_hasItToStart() {
    start(
        perl("for (1..8) { say_it('EXTEND_TIMEOUT_USEC=3000000'); nap(0.2) } say_it('READY=1');"
                + "sleep 1000;")
            .withReadiness(new ReadinessSpec.NotifiedBySocket(Duration.ofMillis(800))));
    awaitReady();
    assertThat(now().counters().launches()).isEqualTo(1);
  }

  @Test
  void childThatSaysItIsStopping_andEndsByItself_hasNotFailed() {
    start(
        perl("say_it('READY=1'); say_it('STOPPING=1'); exit 0;")
            .withRestart(RestartPolicy.transientPolicy()));
    world.awaitUntil("finished", () -> now().phase() == Phase.FINISHED);
    assertThat(awaitExit().cause()).isEqualTo(ExitCause.BY_ITSELF);
  }
}
