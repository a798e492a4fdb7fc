package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Notice;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Who is believed on a notification socket. */
@EnabledOnOs(OS.LINUX)
class NotifySenderTest {
  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=65534", "--clear-groups");

  @AutoClose private NotifyFixture talk;

  @BeforeEach
  void open() {
    Assumed.tools("perl");
    talk = new NotifyFixture();
  }

  @Test
  void processOfTheSession_isBelieved_alsoOneThatHasEnded() {
    Incarnation run =
        talk.platform.launch(
            NotifyFixture::bySocket,
            "sh",
            "-c",
            "perl -e \"$0\" READY=1; sleep 1000",
            NotifyFixture.SEND);
    talk.platform.await(PlatformReport.Notified.class, run);
  }

  @Test
  void stranger_isNotBelieved_andIsReported() throws Exception {
    Incarnation run = talk.platform.launch(NotifyFixture::bySocket, "sleep", "1000");
    Process stranger = NotifyFixture.stranger(talk.addressIn(run), "READY=1");
    try {
      String expected = "a message of process " + stranger.pid() + " of user ";
      talk.platform.await(
          "a refusal",
          () -> talk.notices(run).stream().anyMatch(notice -> notice.text().startsWith(expected)));
      assertThat(talk.notices(run).get(0).kind()).isEqualTo(Notice.Kind.REFUSED);
      assertThat(talk.platform.all(PlatformReport.Notified.class, run)).isEmpty();
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
    Incarnation one = talk.platform.launch(NotifyFixture::bySocket, "sleep", "1000");
    String address = talk.addressIn(one);
    talk.platform.launch(
        spec -> spec.addVariable("NOTIFY_SOCKET", address),
        "perl",
        "-e",
        NotifyFixture.SEND_AND_STAY,
        "READY=1");
    talk.platform.await("a refusal", () -> !talk.notices(one).isEmpty());
    assertThat(talk.notices(one).get(0).kind()).isEqualTo(Notice.Kind.REFUSED);
    assertThat(talk.platform.all(PlatformReport.Notified.class, one)).isEmpty();
  }

  @Test
  void childWithAnotherUser_isBelieved() {
    Assumed.root();
    Assumed.tools("setpriv");
    List<String> command = new ArrayList<>(AS_NOBODY);
    command.addAll(List.of("perl", "-e", NotifyFixture.SEND_AND_STAY, "READY=1"));
    Incarnation run = talk.platform.launch(NotifyFixture::bySocket, command.toArray(new String[0]));
    talk.platform.await(PlatformReport.Notified.class, run);
  }

  @Test
  void strangerWithAnotherUser_isNotBelieved_whetherItLivesOrHasEnded() throws Exception {
    Assumed.root();
    Assumed.tools("setpriv");
    Incarnation run = talk.platform.launch(NotifyFixture::bySocket, "sleep", "1000");
    List<String> command = new ArrayList<>(AS_NOBODY);
    command.addAll(List.of("perl", "-e", NotifyFixture.SEND, "READY=1"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("NOTIFY_SOCKET", talk.addressIn(run));
    for (int n = 0; n < 5; n++) {
      assertThat(builder.start().waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
    talk.platform.await("a refusal", () -> !talk.notices(run).isEmpty());
    assertThat(talk.notices(run)).allMatch(notice -> notice.kind() == Notice.Kind.REFUSED);
    assertThat(talk.notices(run).get(0).text()).contains("of user 65534");
    assertThat(talk.platform.all(PlatformReport.Notified.class, run)).isEmpty();
  }

  @Test
  void mainProcess_isTakenFromTheSessionOnly() {
    Incarnation run = talk.speaks("MAINPID=1");
    talk.awaitNotice(run, new Notice(Notice.Kind.REFUSED, "MAINPID=1: not of this run's session"));
    Incarnation own =
        talk.platform.launch(
            NotifyFixture::bySocket,
            "perl",
            "-e",
            NotifyFixture.SEND.replace("@ARGV", "(\"MAINPID=$$\")") + " sleep 1000;");
    long pid = talk.platform.awaitLaunched(own).value();
    talk.awaitNotice(own, new Notice(Notice.Kind.MAIN_PID, Long.toString(pid)));
  }
}
