package org.jsupervisor.posix.internal.io;

import java.time.Duration;
import java.util.function.Consumer;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.posix.internal.libc.DatagramReader;
import org.jsupervisor.posix.internal.libc.Errno;
import org.jsupervisor.posix.internal.notify.Heard;
import org.jsupervisor.posix.internal.notify.NotifyMessage;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Notice;
import org.jsupervisor.process.Pid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket on which one run tells of itself, as {@code sd_notify} does. Over when the run has
 * ended: whoever holds its address may send as long as it is open.
 *
 * <p>Readiness is reported at once. The rest is reported at once too, if the last report is an
 * interval ago; else it is held back until then. The interval is so much shorter than the time of
 * the watchdog that a sign of life which is held back is never too late.
 *
 * <p>Confined to the leader of its pump, but for {@link #belongsTo}.
 */
final class NotifySocket implements PipeSource {
  private static final Logger LOG = LoggerFactory.getLogger(NotifySocket.class);

  /** So often, at most, what a run says is reported. */
  static final Duration INTERVAL_MAX = Duration.ofMillis(100);

  /** How many messages are read before the other sources have their turn. */
  static final int MESSAGES_PER_TURN = 32;

  private static final int PARTS_OF_WATCHDOG = 4;

  private final int descriptor;
  private final NotifyTerms terms;
  private final SenderCheck senders;
  private final DatagramReader reader;
  private final OutputContext context;
  private final Heard heard;
  private final long intervalNanos;
  private boolean readyTold;
  private boolean reported;
  private long reportedNanos;
  // Written by the spawner, before the thread is told of it.
  private volatile long session;

  NotifySocket(int descriptor, NotifyTerms terms, NotifySockets shared, OutputContext context) {
    this.descriptor = descriptor;
    this.terms = terms;
    this.senders = shared.senders();
    this.reader = shared.reader();
    this.context = context;
    this.heard = new Heard(terms.incarnation());
    this.intervalNanos =
        terms
            .watchdog()
            .map(within -> within.toNanos() / PARTS_OF_WATCHDOG)
            .map(part -> Math.min(part, INTERVAL_MAX.toNanos()))
            .orElse(INTERVAL_MAX.toNanos());
  }

  /** The run has this process as the leader of its session; before it is begun. */
  void belongsTo(Pid leader) {
    session = leader.value();
  }

  @Override
  public boolean endsWithRun() {
    return true;
  }

  @Override
  public int readEnd() {
    return descriptor;
  }

  @Override
  public Turn turn(ReadBuffer buffer) {
    Turn turn = Turn.OPEN;
    for (int n = 0; n < MESSAGES_PER_TURN && turn == Turn.OPEN; n++) {
      DatagramReader.Outcome outcome = reader.receive(descriptor);
      if (outcome instanceof DatagramReader.Outcome.Nothing nothing) {
        turn = after(nothing.errno());
        break;
      } else if (outcome instanceof DatagramReader.Outcome.Received received) {
        take(received.datagram());
      }
    }
    reportIfDue(context.nowNanos());
    return turn;
  }

  private Turn after(int errno) {
    if (errno == Errno.EAGAIN || errno == Errno.EINTR) {
      return Turn.OPEN;
    }
    LOG.warn("{}: notification socket: recvmsg: {}", incarnation(), Errno.name(errno));
    return Turn.OVER;
  }

  private void take(DatagramReader.Datagram datagram) {
    if (!senders.isOf(session, datagram)) {
      refuse(
          "a message of process "
              + datagram.pid()
              + " of user "
              + datagram.uid()
              + ", which is not of this run");
      return;
    }
    NotifyMessage message =
        datagram.tooLong()
            ? NotifyMessage.nothing("a message of more than " + NotifyMessage.BYTES_MAX + " bytes")
            : NotifyMessage.parse(datagram.bytes().array());
    if (message.ready() && terms.readinessAwaited() && !readyTold) {
      readyTold = true;
      reports().accept(new PlatformReport.Notified(incarnation()));
    }
    heard.hear(message);
    message.mainPid().ifPresent(pid -> takeMainPid((int) pid));
  }

  private void takeMainPid(int pid) {
    if (senders.isInSession(session, pid)) {
      heard.say(Notice.of(Notice.Kind.MAIN_PID, Integer.toString(pid)));
    } else {
      refuse("MAINPID=" + pid + ": not of this run's session");
    }
  }

  private void refuse(String what) {
    heard.say(Notice.of(Notice.Kind.REFUSED, what));
  }

  @Override
  public long waitNanos(long nowNanos) {
    if (heard.isEmpty()) {
      return NOTHING_HELD_NANOS;
    }
    return reported ? Math.max(0, intervalNanos - (nowNanos - reportedNanos)) : 0;
  }

  @Override
  public void reportIfDue(long nowNanos) {
    if (waitNanos(nowNanos) == 0) {
      reportNow(nowNanos);
    }
  }

  private void reportNow(long nowNanos) {
    reported = true;
    reportedNanos = nowNanos;
    heard.take().forEach(reports());
  }

  private Incarnation incarnation() {
    return terms.incarnation();
  }

  private Consumer<PlatformReport> reports() {
    return context.reports();
  }

  @Override
  public void over() {
    reportNow(context.nowNanos());
  }

  @Override
  public void failed(Throwable cause) {
    LOG.warn("{}: notification socket: {}", incarnation(), OneLine.describe(cause));
    over();
  }

  @Override
  public void neverRead(Throwable cause) {}

  @Override
  public void abandoned() {}
}
