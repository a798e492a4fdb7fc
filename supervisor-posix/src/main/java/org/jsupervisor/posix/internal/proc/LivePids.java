package org.jsupervisor.posix.internal.proc;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Pid;

/**
 * Which process each run is: its number and when it started, so that an answer is never about
 * another one with the same number. The engine's thread writes, any thread reads.
 *
 * <p>When a process started is read when it is first asked for, not at each launch: what has the
 * number then is the child only if it is not younger than the moment at which the child was known.
 */
public final class LivePids {
  private final Libc libc;
  private final Map<Incarnation, Child> live = new ConcurrentHashMap<>();

  /**
   * A process.
   *
   * @param pid its number
   * @param startTicks when it started
   */
  record Identity(Pid pid, long startTicks) {}

  /** A child, and who it is as soon as somebody has asked. Any thread. */
  private static final class Child {
    private final Pid pid;
    private final long knownNanos;
    private volatile @Nullable Identity identity;

    Child(Pid pid, long knownNanos) {
      this.pid = pid;
      this.knownNanos = knownNanos;
    }

    /** Ticks are rounded down, so a child's own never are after the moment when it was known. */
    boolean isOlderThanItsEntry(ProcStat stat) {
      return stat.startTicks() * FactsReader.NANOS_PER_TICK <= knownNanos;
    }
  }

  /** Knows nobody yet. */
  public LivePids(Libc libc) {
    this.libc = libc;
  }

  /** A child that is not reaped. */
  public void enter(Incarnation incarnation, Pid pid) {
    enter(incarnation, pid, libc.sinceBootNanos());
  }

  void enter(Incarnation incarnation, Pid pid, long knownNanos) {
    live.put(incarnation, new Child(pid, knownNanos));
  }

  void enter(Incarnation incarnation, Identity identity) {
    Child child = new Child(identity.pid(), 0);
    child.identity = identity;
    live.put(incarnation, child);
  }

  /** It has been reaped. */
  public void leave(Incarnation incarnation) {
    live.remove(incarnation);
  }

  /** Empty if there is no such child, or {@code /proc} does not show it. */
  Optional<Identity> find(Incarnation incarnation) {
    Child child = live.get(incarnation);
    return child == null ? Optional.empty() : identity(child);
  }

  private Optional<Identity> identity(Child child) {
    Identity known = child.identity;
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Identity> read =
        new ProcReader(libc)
            .stat(child.pid.value())
            .filter(child::isOlderThanItsEntry)
            .map(stat -> new Identity(child.pid, stat.startTicks()));
    read.ifPresent(identity -> child.identity = identity);
    return read;
  }
}
