package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Notice;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.Watchdog;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What real processes say on their notification socket, and what is heard of it. */
@EnabledOnOs(OS.LINUX)
class NotifyWordsTest {
  @TempDir Path directory;
  @AutoClose private NotifyFixture talk;

  @BeforeEach
  void open() {
    Assumed.tools("perl");
    talk = new NotifyFixture();
  }

  @Test
  void childThatSaysReady_isReportedOnce_andWhatItSaysIsToo() {
    Incarnation run = talk.speaks("READY=1\nSTATUS=up\tand running", "READY=1");
    talk.platform.await(PlatformReport.Notified.class, run);
    talk.awaitNotice(run, NotifyFixture.status("up\\x09and running"));
    talk.platform.platform.stop(run, Signal.KILL);
    talk.platform.awaitExit(run);
    assertThat(talk.platform.all(PlatformReport.Notified.class, run)).hasSize(1);
  }

  @Test
  void allReports_comeAfterTheLaunch() {
    Incarnation run = talk.speaks("READY=1\nSTATUS=a");
    talk.platform.await(PlatformReport.Notified.class, run);
    talk.awaitNotice(run, NotifyFixture.status("a"));
    assertThat(talk.platform.reports.get(0)).isInstanceOf(PlatformReport.Launched.class);
  }

  @Test
  void readinessThatIsSaidElsewhere_isNotHeardHere_butSignsOfLifeAre() {
    Incarnation run =
        talk.platform.launch(
            spec ->
                spec.withReadiness(ReadinessSpec.notified(3))
                    .withWatchdog(Watchdog.every(Duration.ofSeconds(10))),
            "perl",
            "-e",
            NotifyFixture.SEND_AND_STAY,
            "READY=1\nWATCHDOG=1",
            "EXTEND_TIMEOUT_USEC=5000000",
            "WATCHDOG=trigger");
    talk.platform.await(PlatformReport.Pinged.class, run);
    assertThat(talk.platform.await(PlatformReport.MoreTime.class, run).by())
        .isEqualTo(Duration.ofSeconds(5));
    talk.platform.await(PlatformReport.Ailing.class, run);
    assertThat(talk.platform.all(PlatformReport.Notified.class, run)).isEmpty();
  }

  @Test
  void messageThatIsTooLong_isRefused_andTheNextIsHeard() {
    Incarnation run = talk.speaks("READY=1\n" + "a".repeat(5000), "STATUS=b");
    talk.awaitNotice(run, new Notice(Notice.Kind.REFUSED, "a message of more than 4096 bytes"));
    talk.awaitNotice(run, NotifyFixture.status("b"));
    assertThat(talk.platform.all(PlatformReport.Notified.class, run)).isEmpty();
  }

  @Test
  void flood_becomesFewReports_andTheLastWordIsHeard() {
    String flood =
        NotifyFixture.SEND.replace(
            "for (@ARGV)", "for ((map { \"WATCHDOG=1\\nSTATUS=$_\" } 1..5000), @ARGV)");
    long begin = System.nanoTime();
    Incarnation run =
        talk.platform.launch(
            NotifyFixture::bySocket, "perl", "-e", flood + " sleep 1000;", "STATUS=last");
    talk.awaitNotice(run, NotifyFixture.status("last"));
    long intervals = 2 + (System.nanoTime() - begin) / Duration.ofMillis(100).toNanos();
    assertThat((long) talk.notices(run).size()).isLessThanOrEqualTo(intervals);
    assertThat((long) talk.platform.all(PlatformReport.Pinged.class, run).size())
        .isLessThanOrEqualTo(intervals);
  }

  @Test
  void systemdNotify_isUnderstood_andItsBarrierIsPassed() {
    Assumed.tools("systemd-notify");
    Path passed = directory.resolve("passed");
    // It waits for the descriptor that it sends with BARRIER=1 to be closed.
    Incarnation run =
        talk.platform.launch(
            NotifyFixture::bySocket,
            "sh",
            "-c",
            "systemd-notify --ready --status='from sh' && echo yes >$0; sleep 1000",
            passed.toString());
    talk.platform.await(PlatformReport.Notified.class, run);
    talk.awaitNotice(run, NotifyFixture.status("from sh"));
    assertThat(talk.platform.awaitLine(passed)).isEqualTo("yes");
  }
}
