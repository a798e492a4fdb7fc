package org.jsupervisor.posix.internal.reap;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.spec.Leftovers;

/**
 * What other threads have for the engine's, in the order in which they left it. Any thread adds,
 * the engine's takes.
 *
 * <p>Bounded by what feeds it: a launch leaves one entry, a search two, a source of output one for
 * its end and one for each interval in which it lost something, a notification socket a handful for
 * each interval in which it was spoken to.
 */
public final class Arrivals {
  private final Queue<Arrival> queue = new ConcurrentLinkedQueue<>();
  private final Runnable wakeUp;

  /** What waits for the engine's thread. */
  sealed interface Arrival {
    /** A process runs and is watched. */
    record Started(PlatformReport.Launched report, long watchId, Leftovers leftovers, Ending ending)
        implements Arrival {}

    /** Nothing is left of a run but its zombie, or nothing more can be done about it. */
    record Searched(long watchId) implements Arrival {}

    /** Something that only has to be passed on. */
    record Reported(PlatformReport report) implements Arrival {}
  }

  /** Calls {@code wakeUp} after each addition. */
  public Arrivals(Runnable wakeUp) {
    this.wakeUp = wakeUp;
  }

  /** A process runs, and its end is watched for under this id. */
  public void addStarted(
      PlatformReport.Launched report, long watchId, Leftovers leftovers, Ending ending) {
    queue.add(new Arrival.Started(report, watchId, leftovers, ending));
    wakeUp.run();
  }

  /** The search for what a run has left behind is over. */
  public void addSearched(long watchId) {
    queue.add(new Arrival.Searched(watchId));
    wakeUp.run();
  }

  /** Something that only has to be passed on. */
  public void add(PlatformReport report) {
    queue.add(new Arrival.Reported(report));
    wakeUp.run();
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  @Nullable Arrival take() {
    return queue.poll();
  }
}
