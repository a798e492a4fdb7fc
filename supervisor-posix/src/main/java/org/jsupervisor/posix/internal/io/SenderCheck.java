package org.jsupervisor.posix.internal.io;

import java.io.IOException;
import java.util.OptionalInt;
import org.jsupervisor.posix.internal.libc.DatagramReader.Datagram;
import org.jsupervisor.posix.internal.libc.Sockets;
import org.jsupervisor.posix.internal.proc.ProcStatus;

/**
 * Who is believed. The address of a socket is no secret: it is in {@code /proc/net/unix}. The
 * kernel vouches for the process and the user of each sender.
 *
 * <p>Believed is a process of the run's session. A sender that has ended meanwhile has no session
 * any more; it is believed if its user is that of the run, who could do the run any harm anyway.
 */
final class SenderCheck {
  private final Sockets sockets;

  SenderCheck(Sockets sockets) {
    this.sockets = sockets;
  }

  /** Whether the sender may speak for the run with this leader. */
  boolean isOf(long leader, Datagram datagram) {
    if (datagram.pid() <= 0) {
      return false;
    }
    // Also when it is reaped by now: the last words of a run.
    if (datagram.pid() == leader) {
      return true;
    }
    OptionalInt session = sockets.session(datagram.pid());
    return session.isPresent()
        ? session.getAsInt() == leader
        : userOf(leader).equals(OptionalInt.of(datagram.uid()));
  }

  /** Whether the process lives in the session of the run with this leader. */
  boolean isInSession(long leader, int pid) {
    return pid > 0 && sockets.session(pid).equals(OptionalInt.of(Math.toIntExact(leader)));
  }

  /** The real user of a process; empty if it has gone. */
  private static OptionalInt userOf(long pid) {
    try {
      return ProcStatus.of(pid).fields("Uid").stream()
          .limit(1)
          .mapToInt(Integer::parseUnsignedInt)
          .findFirst();
    } catch (IOException | RuntimeException e) {
      // Whoever cannot be looked at is not known; the message is refused, and that is told.
      return OptionalInt.empty();
    }
  }
}
