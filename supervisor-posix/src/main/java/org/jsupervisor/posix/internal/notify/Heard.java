package org.jsupervisor.posix.internal.notify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Notice;

/**
 * What a run has said and is not reported yet: any number of messages becomes at most one report of
 * each kind, of which the newest counts, so that a child that talks without end costs its
 * supervisor little. A sign of life is never forgotten, only told later.
 *
 * <p>Not thread-safe; owns no clock.
 */
public final class Heard {
  private final Incarnation run;

  /** In the order in which they came. */
  private final Map<Notice.Kind, Notice> notices = new LinkedHashMap<>();

  private boolean well;
  private boolean ill;
  private Optional<Duration> moreTime = Optional.empty();
  private boolean reloading;

  /** Of this run nothing was heard yet. */
  public Heard(Incarnation run) {
    this.run = run;
  }

  /** Takes all of a message but its readiness and its main process. */
  public void hear(NotifyMessage message) {
    switch (message.life()) {
      case UNSAID -> {}
      case WELL -> well = true;
      case ILL -> ill = true;
    }
    if (message.moreTime().isPresent()) {
      moreTime = message.moreTime();
    }
    if (message.ready() && reloading && !message.reloading()) {
      reloading = false;
      say(Notice.of(Notice.Kind.STATUS, "reloaded"));
    }
    if (message.reloading()) {
      reloading = true;
      say(Notice.of(Notice.Kind.RELOADING, ""));
    }
    if (message.stopping()) {
      say(Notice.of(Notice.Kind.STOPPING, ""));
    }
    message.status().ifPresent(text -> say(Notice.of(Notice.Kind.STATUS, text)));
    if (!message.refused().isEmpty()) {
      say(Notice.of(Notice.Kind.REFUSED, String.join("; ", message.refused())));
    }
  }

  /** Takes a notice. */
  public void say(Notice notice) {
    notices.remove(notice.kind());
    notices.put(notice.kind(), notice);
  }

  /** Whether there is nothing to report. */
  public boolean isEmpty() {
    return !well && !ill && moreTime.isEmpty() && notices.isEmpty();
  }

  /** The reports, which are forgotten here. */
  public List<PlatformReport> take() {
    List<PlatformReport> reports = new ArrayList<>();
    if (well) {
      // Before the time that was asked for, which is granted from now on, too.
      reports.add(new PlatformReport.Pinged(run));
    }
    moreTime.ifPresent(by -> reports.add(new PlatformReport.MoreTime(run, by)));
    notices.values().forEach(notice -> reports.add(new PlatformReport.Said(run, notice)));
    if (ill) {
      reports.add(new PlatformReport.Ailing(run));
    }
    well = false;
    ill = false;
    moreTime = Optional.empty();
    notices.clear();
    return reports;
  }
}
