package org.jsupervisor.posix.internal.io;

import org.jsupervisor.posix.internal.libc.DatagramReader;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.Sockets;
import org.jsupervisor.posix.internal.libc.SyscallException;
import org.jsupervisor.posix.internal.notify.NotifyMessage;

/** What all notification sockets share; made when the first is opened. */
final class NotifySockets {
  private final Libc libc;
  private final Sockets sockets;
  private final SenderCheck senders;
  private final DatagramReader reader;

  /** Confined to the output thread that has the sockets, but for {@link #open}. */
  NotifySockets(Libc libc) {
    this.libc = libc;
    this.sockets = Sockets.load();
    this.senders = new SenderCheck(sockets);
    this.reader = new DatagramReader(libc, sockets, NotifyMessage.BYTES_MAX);
  }

  /** A socket and its name, which nobody can guess and so take before it is used. */
  record Open(int descriptor, String name) {}

  Open open() throws SyscallException {
    String name = "jsupervisor/" + libc.randomBits();
    return new Open(sockets.openAbstract(libc, name), name);
  }

  SenderCheck senders() {
    return senders;
  }

  DatagramReader reader() {
    return reader;
  }
}
