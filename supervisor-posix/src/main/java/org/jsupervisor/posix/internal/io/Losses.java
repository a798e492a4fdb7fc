package org.jsupervisor.posix.internal.io;

import java.util.LinkedHashSet;
import java.util.Set;

/** The pipes whose loss waits to be reported. Confined to one output thread. */
final class Losses {
  private final Set<OutputPipe> pending = new LinkedHashSet<>();

  /** After a turn of this pipe. */
  void note(OutputPipe pipe) {
    if (pipe.losses().isPending()) {
      pending.add(pipe);
    } else {
      pending.remove(pipe);
    }
  }

  void forget(OutputPipe pipe) {
    pending.remove(pipe);
  }

  boolean isEmpty() {
    return pending.isEmpty();
  }

  /** Reports those whose interval is over. */
  void reportDue(long nowNanos) {
    pending.forEach(pipe -> pipe.losses().reportIfDue(nowNanos));
    pending.removeIf(pipe -> !pipe.losses().isPending());
  }
}
