package org.jsupervisor.posix.internal.proc;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Pid;

/**
 * Which process each run is: its number and when it started, so that an answer is never about
 * another one with the same number. The engine's thread writes, any thread reads.
 */
public final class LivePids {
  private final ProcReader reader;
  private final Map<Incarnation, Identity> live = new ConcurrentHashMap<>();

  /**
   * A process.
   *
   * @param pid its number
   * @param startTicks when it started
   */
  record Identity(Pid pid, long startTicks) {}

  /** Knows nobody yet. */
  public LivePids(ProcReader reader) {
    this.reader = reader;
  }

  /** A child that is not reaped; nothing is noted if {@code /proc} does not show it. */
  public void enter(Incarnation incarnation, Pid pid) {
    reader
        .stat(pid.value())
        .ifPresent(stat -> enter(incarnation, new Identity(pid, stat.startTicks())));
  }

  void enter(Incarnation incarnation, Identity identity) {
    live.put(incarnation, identity);
  }

  /** It has been reaped. */
  public void leave(Incarnation incarnation) {
    live.remove(incarnation);
  }

  Optional<Identity> find(Incarnation incarnation) {
    return Optional.ofNullable(live.get(incarnation));
  }
}
