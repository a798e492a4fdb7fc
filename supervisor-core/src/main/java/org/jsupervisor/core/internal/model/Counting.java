package org.jsupervisor.core.internal.model;

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
  private Counters counted() {
    return new Counters(
        launches, launchFailures, exits, restarts, outputBytesLost, restartsByCause);
  }

  static Counters launch(Counters so) {
    Counting now = new Counting(so);
    now.launches++;
    return now.counted();
  }

  static Counters launchFailure(Counters so) {
    Counting now = new Counting(so);
    now.launchFailures++;
    return now.counted();
  }

  static Counters exit(Counters so) {
    Counting now = new Counting(so);
    now.exits++;
    return now.counted();
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
    Counting now = new Counting(so);
    now.restarts++;
    now.restartsByCause = byCause;
    return now.counted();
  }

  /** Somebody's; no decision of ours, so it is none of {@link Counters#restarts}. */
  static Counters askedRestart(Counters so) {
    Counting now = new Counting(so);
    now.restartsByCause = so.restartsByCause().plusAsked();
    return now.counted();
  }

  static Counters outputLost(Counters so, long bytes) {
    Counting now = new Counting(so);
    now.outputBytesLost += bytes;
    return now.counted();
  }
}
