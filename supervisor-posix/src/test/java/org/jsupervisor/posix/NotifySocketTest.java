package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Notice;
import org.jsupervisor.spec.Watchdog;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Who has a notification socket, and how long it lives. */
@EnabledOnOs(OS.LINUX)
class NotifySocketTest {
  @TempDir Path directory;
  @AutoClose private NotifyFixture talk;

  @BeforeEach
  void open() {
    Assumed.tools("perl");
    talk = new NotifyFixture();
  }

  @Test
  void childWithoutWatchdogOrSocketReadiness_hasNoSocket() {
    Path told = directory.resolve("told");
    Map<String, String> host =
        Map.of("PATH", System.getenv("PATH"), "OUT", told.toString(), "NOTIFY_SOCKET", "/host's");
    try (var own = new PlatformFixture(PosixOptions.defaults().withHostEnvironment(host))) {
      own.launch("sh", "-c", "echo \"$NOTIFY_SOCKET\" >$OUT");
      assertThat(own.awaitLine(told)).isEqualTo("/host's");
    }
  }

  @Test
  void childWithWatchdog_findsItsTime_andNotThatOfTheHost() {
    Path told = directory.resolve("told");
    Map<String, String> host =
        Map.of(
            "PATH", System.getenv("PATH"),
            "OUT", told.toString(),
            "NOTIFY_SOCKET", "/host's",
            "WATCHDOG_PID", "1",
            "WATCHDOG_USEC", "1");
    try (var own = new PlatformFixture(PosixOptions.defaults().withHostEnvironment(host))) {
      own.launch(
          spec -> spec.withWatchdog(Watchdog.every(Duration.ofMillis(1500))),
          "sh",
          "-c",
          "echo \"$NOTIFY_SOCKET $WATCHDOG_USEC ${WATCHDOG_PID-none}\" >$OUT");
      assertThat(own.awaitLine(told)).matches("@jsupervisor/[0-9a-f]{32} 1500000 none");
    }
  }

  @Test
  void lastWords_areHeard_andTheSocketIsGoneWithTheRun() throws Exception {
    Path fds = Path.of("/proc/self/fd");
    Incarnation first =
        talk.platform.launch(
            NotifyFixture::bySocket, "perl", "-e", NotifyFixture.SEND, "STOPPING=1");
    talk.platform.awaitExit(first);
    talk.awaitNotice(first, new Notice(Notice.Kind.STOPPING, ""));
    long before = count(fds);
    for (int n = 0; n < 20; n++) {
      Incarnation run =
          talk.platform.launch(
              NotifyFixture::bySocket, "perl", "-e", NotifyFixture.SEND, "STATUS=bye");
      talk.platform.awaitExit(run);
      talk.awaitNotice(run, NotifyFixture.status("bye"));
    }
    talk.platform.await(
        "descriptors as before",
        () -> {
          try {
            return count(fds) <= before + 3;
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
  }

  @Test
  void launchThatFails_leavesNoSocketBehind() throws Exception {
    Path fds = Path.of("/proc/self/fd");
    talk.platform.awaitFailure(talk.platform.launch(NotifyFixture::bySocket, "/no/such/program"));
    long before = count(fds);
    for (int n = 0; n < 20; n++) {
      talk.platform.awaitFailure(talk.platform.launch(NotifyFixture::bySocket, "/no/such/program"));
    }
    assertThat(count(fds)).isLessThanOrEqualTo(before + 3);
  }

  @Test
  void descriptorsThatAreSent_areClosed() throws Exception {
    Assumed.tools("python3");
    Path fds = Path.of("/proc/self/fd");
    String send =
        """
        import os, socket, time
        s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        s.connect('\\0' + os.environ['NOTIFY_SOCKET'][1:])
        for n in range(8):
          socket.send_fds(s, [b'FDSTORE=1'], [0] * 50)
        s.send(b'READY=1')
        time.sleep(1000)
        """;
    talk.platform.awaitLaunched(talk.platform.launch(NotifyFixture::bySocket, "sleep", "1000"));
    long before = count(fds);
    Incarnation run = talk.platform.launch(NotifyFixture::bySocket, "python3", "-c", send);
    talk.platform.await(PlatformReport.Notified.class, run);
    talk.awaitNotice(run, new Notice(Notice.Kind.REFUSED, "FDSTORE=1: no descriptors are kept"));
    assertThat(count(fds)).isLessThan(before + 20);
  }

  @Test
  void platformThatIsClosed_whileASocketIsOpen_doesNotWaitForIt() {
    talk.platform.await(PlatformReport.Notified.class, talk.speaks("READY=1"));
    Thread closing = new Thread(talk::close);
    closing.start();
    try {
      closing.join(PlatformFixture.PATIENCE.toMillis());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    assertThat(closing.isAlive()).isFalse();
  }

  private static long count(Path fds) throws IOException {
    try (Stream<Path> all = Files.list(fds)) {
      return all.count();
    }
  }
}
