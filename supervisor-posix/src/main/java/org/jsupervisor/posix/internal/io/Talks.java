package org.jsupervisor.posix.internal.io;

import java.util.LinkedHashSet;
import java.util.Set;

/** The sockets that hold something back. Confined to one output thread. */
final class Talks {
  private final Set<NotifySocket> holding = new LinkedHashSet<>();

  /** After a turn of this socket. */
  void note(NotifySocket socket) {
    if (socket.isHolding()) {
      holding.add(socket);
    } else {
      holding.remove(socket);
    }
  }

  void forget(NotifySocket socket) {
    holding.remove(socket);
  }

  /** How long until the first of them is due; {@link Long#MAX_VALUE} if there is none. */
  long waitNanos(long nowNanos) {
    return holding.stream()
        .mapToLong(socket -> socket.waitNanos(nowNanos))
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** Reports those whose interval is over. */
  void reportDue(long nowNanos) {
    holding.forEach(socket -> socket.reportIfDue(nowNanos));
    holding.removeIf(socket -> !socket.isHolding());
  }
}
