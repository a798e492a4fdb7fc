package org.jsupervisor.core.internal.model;

import org.jsupervisor.process.ExitCause;
import org.jsupervisor.snapshot.Counters;
import org.jsupervisor.snapshot.RestartCounts;

/** One more of what is counted. */
final class Counting {
  private Counting() {}

  static Counters launch(Counters so) {
    return new Counters(
        so.launches() + 1,
        so.launchFailures(),
        so.exits(),
        so.restarts(),
        so.outputBytesLost(),
        so.restartsByCause());
  }

  static Counters launchFailure(Counters so) {
    return new Counters(
        so.launches(),
        so.launchFailures() + 1,
        so.exits(),
        so.restarts(),
        so.outputBytesLost(),
        so.restartsByCause());
  }

  static Counters exit(Counters so) {
    return new Counters(
        so.launches(),
        so.launchFailures(),
        so.exits() + 1,
        so.restarts(),
        so.outputBytesLost(),
        so.restartsByCause());
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
    return new Counters(
        so.launches(),
        so.launchFailures(),
        so.exits(),
        so.restarts() + 1,
        so.outputBytesLost(),
        byCause);
  }

  /** Somebody's; no decision of ours, so it is none of {@link Counters#restarts}. */
  static Counters askedRestart(Counters so) {
    return new Counters(
        so.launches(),
        so.launchFailures(),
        so.exits(),
        so.restarts(),
        so.outputBytesLost(),
        so.restartsByCause().plusAsked());
  }

  static Counters outputLost(Counters so, long bytes) {
    return new Counters(
        so.launches(),
        so.launchFailures(),
        so.exits(),
        so.restarts(),
        so.outputBytesLost() + bytes,
        so.restartsByCause());
  }
}
