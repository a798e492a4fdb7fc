package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Notice;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.Watchdog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What real processes say on their notification socket, and who is believed. */
@EnabledOnOs(OS.LINUX)
class NotifySocketTest {
  /** Sends each argument to the socket; then stays, so that it can be asked who it is. */
  private static final String SEND =
      "use Socket; $n = $ENV{NOTIFY_SOCKET}; $n =~ s/^@/\\0/;"
          + "socket($s, AF_UNIX, SOCK_DGRAM, 0) or die $!;"
          + "for (@ARGV) { defined send($s, $_, 0, pack_sockaddr_un($n)) or die $! }";

  private static final String SEND_AND_STAY = SEND + " sleep 1000;";
  @TempDir Path directory;
  private PlatformFixture fixture;

  @BeforeEach
  void open() {
    Assumed.tools("perl");
    fixture = new PlatformFixture();
  }

  @AfterEach
  void close() {
    if (fixture != null) {
      fixture.close();
    }
  }

  private static ProcessSpec.Builder bySocket(ProcessSpec.Builder spec) {
    return spec.withReadiness(ReadinessSpec.notifiedBySocket());
  }

  private Incarnation speaks(String... messages) {
    List<String> command = new ArrayList<>(List.of("perl", "-e", SEND_AND_STAY));
    command.addAll(List.of(messages));
    return fixture.launch(NotifySocketTest::bySocket, command.toArray(new String[0]));
  }

  private List<Notice> notices(Incarnation run) {
    return fixture.all(PlatformReport.Said.class, run).stream()
        .map(PlatformReport.Said::notice)
        .toList();
  }

  private void awaitNotice(Incarnation run, Notice notice) {
    fixture.await(notice + " of " + run, () -> notices(run).contains(notice));
  }

  private static Notice status(String text) {
    return new Notice(Notice.Kind.STATUS, text);
  }

  /** The address of a run's socket, as anybody on the machine can find it. */
  private String addressIn(Incarnation run) {
    return addressIn(fixture, run);
  }

  static String addressIn(PlatformFixture fixture, Incarnation run) {
    long pid = fixture.awaitLaunched(run).value();
    // The kernel shows it a moment after the exec, whose success is what was reported.
    fixture.await("the environment of " + run, () -> address(pid).isPresent());
    return address(pid).orElseThrow();
  }

  private static Optional<String> address(long pid) {
    try {
      String environment = Files.readString(Path.of("/proc/" + pid + "/environ"));
      return Stream.of(environment.split("\0", -1))
          .filter(variable -> variable.startsWith("NOTIFY_SOCKET="))
          .map(variable -> variable.substring("NOTIFY_SOCKET=".length()))
          .findFirst();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static Process stranger(String address, String... messages) throws IOException {
    List<String> command = new ArrayList<>(List.of("perl", "-e", SEND_AND_STAY));
    command.addAll(List.of(messages));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("NOTIFY_SOCKET", address);
    return builder.start();
  }

  @Test
  void childThatSaysReady_isReportedOnce_andWhatItSaysIsToo() {
    Incarnation run = speaks("READY=1\nSTATUS=up\tand running", "READY=1");
    fixture.await(PlatformReport.Notified.class, run);
    awaitNotice(run, status("up\\x09and running"));
    fixture.platform.stop(run, Signal.KILL);
    fixture.awaitExit(run);
    assertThat(fixture.all(PlatformReport.Notified.class, run)).hasSize(1);
  }

  @Test
  void allReports_comeAfterTheLaunch() {
    Incarnation run = speaks("READY=1\nSTATUS=a");
    fixture.await(PlatformReport.Notified.class, run);
    awaitNotice(run, status("a"));
    assertThat(fixture.reports.get(0)).isInstanceOf(PlatformReport.Launched.class);
  }

  @Test
  void processOfTheSession_isBelieved_alsoOneThatHasEnded() {
    Incarnation run =
        fixture.launch(
            NotifySocketTest::bySocket, "sh", "-c", "perl -e \"$0\" READY=1; sleep 1000", SEND);
    fixture.await(PlatformReport.Notified.class, run);
  }

  @Test
  void stranger_isNotBelieved_andIsReported() throws Exception {
    Incarnation run = fixture.launch(NotifySocketTest::bySocket, "sleep", "1000");
    Process stranger = stranger(addressIn(run), "READY=1");
    try {
      String expected = "a message of process " + stranger.pid() + " of user ";
      fixture.await(
          "a refusal",
          () -> notices(run).stream().anyMatch(notice -> notice.text().startsWith(expected)));
      assertThat(notices(run).get(0).kind()).isEqualTo(Notice.Kind.REFUSED);
      assertThat(fixture.all(PlatformReport.Notified.class, run)).isEmpty();
    } finally {
      stranger.destroyForcibly();
      assertThat(stranger.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** The session of such a host has the number 0, and so has what it starts without a new one. */
  @Test
  void stranger_whoseSessionHasNoNumberInTheNamespace_isNotBelieved() throws Exception {
    Assumed.hostAsProcessOne();
    try (HostJvm host = HostJvm.start(HostJvm.AS_PROCESS_ONE, NotifiedHost.class)) {
      host.awaitLine("refused");
    }
  }

  @Test
  void childOfOneRun_isAStrangerToAnother() {
    Incarnation one = fixture.launch(NotifySocketTest::bySocket, "sleep", "1000");
    String address = addressIn(one);
    fixture.launch(
        spec -> spec.addVariable("NOTIFY_SOCKET", address), "perl", "-e", SEND_AND_STAY, "READY=1");
    fixture.await("a refusal", () -> !notices(one).isEmpty());
    assertThat(notices(one).get(0).kind()).isEqualTo(Notice.Kind.REFUSED);
    assertThat(fixture.all(PlatformReport.Notified.class, one)).isEmpty();
  }

  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=65534", "--clear-groups");

  @Test
  void childWithAnotherUser_isBelieved() {
    Assumed.root();
    Assumed.tools("setpriv");
    List<String> command = new ArrayList<>(AS_NOBODY);
    command.addAll(List.of("perl", "-e", SEND_AND_STAY, "READY=1"));
    Incarnation run = fixture.launch(NotifySocketTest::bySocket, command.toArray(new String[0]));
    fixture.await(PlatformReport.Notified.class, run);
  }

  @Test
  void strangerWithAnotherUser_isNotBelieved_whetherItLivesOrHasEnded() throws Exception {
    Assumed.root();
    Assumed.tools("setpriv");
    Incarnation run = fixture.launch(NotifySocketTest::bySocket, "sleep", "1000");
    List<String> command = new ArrayList<>(AS_NOBODY);
    command.addAll(List.of("perl", "-e", SEND, "READY=1"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("NOTIFY_SOCKET", addressIn(run));
    for (int n = 0; n < 5; n++) {
      assertThat(builder.start().waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
    fixture.await("a refusal", () -> !notices(run).isEmpty());
    assertThat(notices(run)).allMatch(notice -> notice.kind() == Notice.Kind.REFUSED);
    assertThat(notices(run).get(0).text()).contains("of user 65534");
    assertThat(fixture.all(PlatformReport.Notified.class, run)).isEmpty();
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
  void readinessThatIsSaidElsewhere_isNotHeardHere_butSignsOfLifeAre() {
    Incarnation run =
        fixture.launch(
            spec ->
                spec.withReadiness(ReadinessSpec.notified(3))
                    .withWatchdog(Watchdog.every(Duration.ofSeconds(10))),
            "perl",
            "-e",
            SEND_AND_STAY,
            "READY=1\nWATCHDOG=1",
            "EXTEND_TIMEOUT_USEC=5000000",
            "WATCHDOG=trigger");
    fixture.await(PlatformReport.Pinged.class, run);
    assertThat(fixture.await(PlatformReport.MoreTime.class, run).by())
        .isEqualTo(Duration.ofSeconds(5));
    fixture.await(PlatformReport.Ailing.class, run);
    assertThat(fixture.all(PlatformReport.Notified.class, run)).isEmpty();
  }

  @Test
  void mainProcess_isTakenFromTheSessionOnly() {
    Incarnation run = speaks("MAINPID=1");
    awaitNotice(run, new Notice(Notice.Kind.REFUSED, "MAINPID=1: not of this run's session"));
    Incarnation own =
        fixture.launch(
            NotifySocketTest::bySocket,
            "perl",
            "-e",
            SEND.replace("@ARGV", "(\"MAINPID=$$\")") + " sleep 1000;");
    long pid = fixture.awaitLaunched(own).value();
    awaitNotice(own, new Notice(Notice.Kind.MAIN_PID, Long.toString(pid)));
  }

  @Test
  void messageThatIsTooLong_isRefused_andTheNextIsHeard() {
    Incarnation run = speaks("READY=1\n" + "a".repeat(5000), "STATUS=b");
    awaitNotice(run, new Notice(Notice.Kind.REFUSED, "a message of more than 4096 bytes"));
    awaitNotice(run, status("b"));
    assertThat(fixture.all(PlatformReport.Notified.class, run)).isEmpty();
  }

  @Test
  void flood_becomesFewReports_andTheLastWordIsHeard() {
    String flood =
        SEND.replace("for (@ARGV)", "for ((map { \"WATCHDOG=1\\nSTATUS=$_\" } 1..5000), @ARGV)");
    long begin = System.nanoTime();
    Incarnation run =
        fixture.launch(
            NotifySocketTest::bySocket, "perl", "-e", flood + " sleep 1000;", "STATUS=last");
    awaitNotice(run, status("last"));
    long intervals = 2 + (System.nanoTime() - begin) / Duration.ofMillis(100).toNanos();
    assertThat((long) notices(run).size()).isLessThanOrEqualTo(intervals);
    assertThat((long) fixture.all(PlatformReport.Pinged.class, run).size())
        .isLessThanOrEqualTo(intervals);
  }

  @Test
  void lastWords_areHeard_andTheSocketIsGoneWithTheRun() throws Exception {
    Path fds = Path.of("/proc/self/fd");
    Incarnation first =
        fixture.launch(NotifySocketTest::bySocket, "perl", "-e", SEND, "STOPPING=1");
    fixture.awaitExit(first);
    awaitNotice(first, new Notice(Notice.Kind.STOPPING, ""));
    long before = count(fds);
    for (int n = 0; n < 20; n++) {
      Incarnation run =
          fixture.launch(NotifySocketTest::bySocket, "perl", "-e", SEND, "STATUS=bye");
      fixture.awaitExit(run);
      awaitNotice(run, status("bye"));
    }
    fixture.await(
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
    fixture.awaitFailure(fixture.launch(NotifySocketTest::bySocket, "/no/such/program"));
    long before = count(fds);
    for (int n = 0; n < 20; n++) {
      fixture.awaitFailure(fixture.launch(NotifySocketTest::bySocket, "/no/such/program"));
    }
    assertThat(count(fds)).isLessThanOrEqualTo(before + 3);
  }

  private static long count(Path fds) throws IOException {
    try (Stream<Path> all = Files.list(fds)) {
      return all.count();
    }
  }

  @Test
  void systemdNotify_isUnderstood_andItsBarrierIsPassed() {
    Assumed.tools("systemd-notify");
    Path passed = directory.resolve("passed");
    // It waits for the descriptor that it sends with BARRIER=1 to be closed.
    Incarnation run =
        fixture.launch(
            NotifySocketTest::bySocket,
            "sh",
            "-c",
            "systemd-notify --ready --status='from sh' && echo yes >$0; sleep 1000",
            passed.toString());
    fixture.await(PlatformReport.Notified.class, run);
    awaitNotice(run, status("from sh"));
    assertThat(fixture.awaitLine(passed)).isEqualTo("yes");
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
    fixture.awaitLaunched(fixture.launch(NotifySocketTest::bySocket, "sleep", "1000"));
    long before = count(fds);
    Incarnation run = fixture.launch(NotifySocketTest::bySocket, "python3", "-c", send);
    fixture.await(PlatformReport.Notified.class, run);
    awaitNotice(run, new Notice(Notice.Kind.REFUSED, "FDSTORE=1: no descriptors are kept"));
    assertThat(count(fds)).isLessThan(before + 20);
  }

  @Test
  void platformThatIsClosed_whileASocketIsOpen_doesNotWaitForIt() {
    fixture.await(PlatformReport.Notified.class, speaks("READY=1"));
    Thread closing = new Thread(fixture::close);
    closing.start();
    try {
      closing.join(PlatformFixture.PATIENCE.toMillis());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    assertThat(closing.isAlive()).isFalse();
  }
}
