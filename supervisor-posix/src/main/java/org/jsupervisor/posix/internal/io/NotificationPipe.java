package org.jsupervisor.posix.internal.io;

import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.posix.internal.libc.Errno;
import org.jsupervisor.process.Incarnation;

/**
 * The descriptor on which a child says with a newline that it is ready. Over after the newline:
 * whatever a child writes after it would otherwise have to be read for ever.
 */
final class NotificationPipe implements PipeSource {
  private final Incarnation incarnation;
  private final int readEnd;
  private final OutputContext context;

  NotificationPipe(Incarnation incarnation, int readEnd, OutputContext context) {
    this.incarnation = incarnation;
    this.readEnd = readEnd;
    this.context = context;
  }

  @Override
  public int readEnd() {
    return readEnd;
  }

  @Override
  public Turn turn(ReadBuffer buffer) {
    long count = buffer.read(readEnd);
    if (count == -Errno.EAGAIN || count == -Errno.EINTR) {
      return Turn.OPEN;
    }
    for (int i = 0; i < count; i++) {
      if (buffer.buffer().get(i) == '\n') {
        context.reports().accept(new PlatformReport.Notified(incarnation));
        return Turn.OVER;
      }
    }
    return count > 0 ? Turn.OPEN : Turn.OVER;
  }

  @Override
  public void over() {}

  // A child that is not heard to be ready in time has failed its start: that tells enough.
  @Override
  public void failed(Throwable cause) {}

  @Override
  public void neverRead(Throwable cause) {}

  @Override
  public void abandoned() {}
}
