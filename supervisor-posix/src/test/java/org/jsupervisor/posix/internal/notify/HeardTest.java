package org.jsupervisor.posix.internal.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Notice;
import org.junit.jupiter.api.Test;

/** Many messages become few reports, and nothing that matters is forgotten. */
class HeardTest {
  private static final Incarnation RUN = new Incarnation(ChildId.of("c"), 1);
  private final Heard heard = new Heard(RUN);

  private HeardTest hear(String text) {
    heard.hear(NotifyMessage.parse(text.getBytes(StandardCharsets.UTF_8)));
    return this;
  }

  private static PlatformReport said(Notice.Kind kind, String text) {
    return new PlatformReport.Said(RUN, new Notice(kind, text));
  }

  @Test
  void manySigns_areOneReport_andThenNone() {
    hear("WATCHDOG=1").hear("WATCHDOG=1").hear("X=1");
    assertThat(heard.take()).containsExactly(new PlatformReport.Pinged(RUN));
    assertThat(heard.isEmpty()).isTrue();
    assertThat(heard.take()).isEmpty();
  }

  @Test
  void ofEachKind_theNewestCounts_inTheOrderInWhichTheyCame() {
    hear("STATUS=a").hear("STOPPING=1").hear("STATUS=b").hear("WATCHDOG=1");
    hear("EXTEND_TIMEOUT_USEC=1").hear("EXTEND_TIMEOUT_USEC=2000000");
    assertThat(heard.take())
        .containsExactly(
            new PlatformReport.Pinged(RUN),
            new PlatformReport.MoreTime(RUN, Duration.ofSeconds(2)),
            said(Notice.Kind.STOPPING, ""),
            said(Notice.Kind.STATUS, "b"));
  }

  @Test
  void illness_isToldLast_withWhatWasSaidOfIt() {
    hear("WATCHDOG=trigger\nSTATUS=out of heap");
    assertThat(heard.take())
        .containsExactly(said(Notice.Kind.STATUS, "out of heap"), new PlatformReport.Ailing(RUN));
  }

  @Test
  void readiness_endsAReload() {
    hear("RELOADING=1");
    assertThat(heard.take()).containsExactly(said(Notice.Kind.RELOADING, ""));
    hear("READY=1");
    assertThat(heard.take()).containsExactly(said(Notice.Kind.STATUS, "reloaded"));
    hear("READY=1");
    assertThat(heard.take()).isEmpty();
  }

  @Test
  void statusOfItsOwn_isShownInsteadOfTheEndOfAReload() {
    hear("RELOADING=1").hear("READY=1\nSTATUS=version 2");
    assertThat(heard.take())
        .containsExactly(said(Notice.Kind.RELOADING, ""), said(Notice.Kind.STATUS, "version 2"));
  }
}
