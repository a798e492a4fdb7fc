package org.jsupervisor.log;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jsupervisor.event.PublishedEvent;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.event.SupervisorListener;
import org.jsupervisor.output.Datagrams;

/**
 * Sends what goes wrong in a tree to a syslog daemon, as <em>going</em> does: all abnormal events,
 * each one record of RFC 5424. Starts and clean ends are not logged.
 *
 * <pre>{@code
 * SupervisorBuilder.of(spec, platform)
 *     .addListener(SyslogEvents.to(UnixDatagrams.to(Path.of("/dev/log")), SyslogEvents.format("web")))
 * }</pre>
 *
 * <table>
 * <caption>Which severity</caption>
 * <tr><td>CRITICAL</td><td>the tree gave up, or its engine failed; a process that KILL does not
 *     end</td></tr>
 * <tr><td>ERROR</td><td>a launch that failed; a child that gave up, and why; a policy that
 *     failed</td></tr>
 * <tr><td>WARNING</td><td>an end that was neither clean nor asked for, or whose exit is not known;
 *     lost output; lost events</td></tr>
 * <tr><td>NOTICE</td><td>a KILL that was sent; what was left behind and killed; a group that is
 *     restarted</td></tr>
 * </table>
 *
 * <p>MSGID is the kind of the event; the structured data has {@code service} and {@code sequence}.
 * A text that is too long is cut, and ends with {@value #CUT}. Never blocks: a record that is
 * refused is counted, and a record tells how many as soon as one is taken.
 *
 * <p>Confined to the notifier as {@link SupervisorListener} says, but for {@link #lost}.
 */
public final class SyslogEvents implements SupervisorListener, AutoCloseable {
  /** Ends a text that was cut. */
  public static final String CUT = " [cut]";

  private static final String APP_NAME = "supervisor";

  private final Datagrams datagrams;
  private final SyslogFormat format;
  private final InstantSource clock;
  private final int recordBytesMax;
  private final String processId = Long.toString(ProcessHandle.current().pid());
  private final AtomicLong lost = new AtomicLong();

  /** What is lost and not told yet. */
  private long untold;

  private SyslogEvents(Datagrams datagrams, SyslogFormat format, InstantSource clock) {
    this.datagrams = datagrams;
    this.format = format;
    this.clock = clock;
    this.recordBytesMax = Math.max(SyslogRecord.BYTES_MIN, datagrams.bytesMax());
  }

  /** The facility DAEMON, with this as the APP-NAME: what syslog(3) calls the ident. */
  public static SyslogFormat format(String ident) {
    return SyslogFormat.of(SyslogFacility.DAEMON).withAppName(ident);
  }

  /** A listener that sends there; the datagrams are closed with it. */
  public static SyslogEvents to(Datagrams datagrams, SyslogFormat format) {
    return to(datagrams, format, InstantSource.system());
  }

  static SyslogEvents to(Datagrams datagrams, SyslogFormat format, InstantSource clock) {
    return new SyslogEvents(datagrams, format, clock);
  }

  /** How many events were lost since they were refused, or too many. Any thread. */
  public long lost() {
    return lost.get();
  }

  @Override
  public void onEvent(PublishedEvent published) {
    SupervisorEvent event = published.event();
    EventSeverity.of(event)
        .ifPresent(
            severity -> {
              Map<String, String> data = new LinkedHashMap<>();
              data.put("service", event.child().path());
              data.put("sequence", Long.toString(published.sequence()));
              String kind = event.getClass().getSimpleName();
              String text = event.child() + ": " + event.describe();
              send(record(severity, published.at(), kind, data), text);
            });
  }

  @Override
  public void onLoss(long events) {
    note(events);
  }

  private SyslogRecord record(
      SyslogSeverity severity, Instant at, String kind, Map<String, String> data) {
    return new SyslogRecord(severity, at, APP_NAME, processId, kind, data);
  }

  private void send(SyslogRecord record, String text) {
    try {
      tellLoss();
      sendCut(record, text);
    } catch (IOException refused) {
      note(1);
    }
  }

  private void tellLoss() throws IOException {
    if (untold > 0) {
      SyslogRecord record = record(SyslogSeverity.WARNING, clock.instant(), "EventsLost", Map.of());
      sendCut(record, untold + " events lost");
      untold = 0;
    }
  }

  private void sendCut(SyslogRecord record, String text) throws IOException {
    String shown = SyslogRecord.shown(text);
    int room = record.room(format, recordBytesMax);
    String fitting = SyslogRecord.pieces(shown, room).get(0);
    if (fitting.length() < shown.length()) {
      fitting = SyslogRecord.pieces(shown, room - CUT.length()).get(0) + CUT;
    }
    datagrams.send(record.bytes(format, fitting));
  }

  private void note(long events) {
    lost.addAndGet(events);
    untold += events;
  }

  @Override
  public void close() throws IOException {
    datagrams.close();
  }
}
