package org.jsupervisor.core.internal.model;

import java.util.function.Consumer;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.snapshot.Counters;
import org.jsupervisor.snapshot.RestartCounts;

/** One more of what is counted: {@link Counters} while one of them changes, each by its name. */
final class Counting {
  private long launches;
  private long launchFailures;
  private long exits;
  private long restarts;
  private long outputBytesLost;
  private RestartCounts restartsByCause;

  private Counting(Counters so) {
    launches = so.launches();
    launchFailures = so.launchFailures();
    exits = so.exits();
    restarts = so.restarts();
    outputBytesLost = so.outputBytesLost();
    restartsByCause = so.restartsByCause();
  }

  /** The only place that names them by their order. */
  private static Counters changed(Counters so, Consumer<Counting> change) {
    Counting now = new Counting(so);
    change.accept(now);
    return new Counters(
        now.launches,
        now.launchFailures,
        now.exits,
        now.restarts,
        now.outputBytesLost,
        now.restartsByCause);
  }

  static Counters launch(Counters so) {
    return changed(so, now -> now.launches++);
  }

  static Counters launchFailure(Counters so) {
    return changed(so, now -> now.launchFailures++);
  }

  static Counters exit(Counters so) {
    return changed(so, now -> now.exits++);
  }

  /** The policy's, after a run that ended so. */
  static Counters restart(Counters so, ExitCause cause) {
    return restarted(so, so.restartsByCause().plus(cause));
  }

  /** The strategy's. */
  static Counters restartWithGroup(Counters so) {
    return restarted(so, so.restartsByCause().plusWithGroup());
  }

  private static Counters restarted(Counters so, RestartCounts byCause) {
    return changed(
        so,
        now -> {
          now.restarts++;
          now.restartsByCause = byCause;
        });
  }

  /** Somebody's; no decision of ours, so it is none of {@link Counters#restarts}. */
  static Counters askedRestart(Counters so) {
    return changed(so, now -> now.restartsByCause = so.restartsByCause().plusAsked());
  }

  static Counters outputLost(Counters so, long bytes) {
    return changed(so, now -> now.outputBytesLost += bytes);
  }
}
