package org.jsupervisor.core.internal.model;

import org.jsupervisor.snapshot.Counters;

/** One more of what is counted. */
final class Counting {
  private Counting() {}

  static Counters launch(Counters so) {
    return new Counters(
        so.launches() + 1, so.launchFailures(), so.exits(), so.restarts(), so.outputBytesLost());
  }

  static Counters launchFailure(Counters so) {
    return new Counters(
        so.launches(), so.launchFailures() + 1, so.exits(), so.restarts(), so.outputBytesLost());
  }

  static Counters exit(Counters so) {
    return new Counters(
        so.launches(), so.launchFailures(), so.exits() + 1, so.restarts(), so.outputBytesLost());
  }

  static Counters restart(Counters so) {
    return new Counters(
        so.launches(), so.launchFailures(), so.exits(), so.restarts() + 1, so.outputBytesLost());
  }

  static Counters outputLost(Counters so, long bytes) {
    return new Counters(
        so.launches(),
        so.launchFailures(),
        so.exits(),
        so.restarts(),
        so.outputBytesLost() + bytes);
  }
}
