package org.jsupervisor.policy;

import java.time.Duration;

/** What happens when a child has used up its restarts. */
public sealed interface GiveUp {
  /**
   * Set aside for a pause, then one probation start; a failure in probation doubles the pause.
   *
   * @param pause the first pause
   * @param pauseMax the longest pause
   */
  record Quarantine(Duration pause, Duration pauseMax) implements GiveUp {
    public Quarantine {
      Durations.requirePositive("quarantine: pause", pause);
      Durations.requirePositive("quarantine: longest pause", pauseMax);
      Durations.requireAtLeast("quarantine: longest pause", pauseMax, "the first pause", pause);
    }

    /** The pause when the child is set aside for the {@code count}-th time in a row, from 1. */
    public Duration pause(int count) {
      long first = pause.toNanos();
      long longest = pauseMax.toNanos();
      int doublings = Math.max(1, count) - 1;
      boolean beyond = doublings >= Long.SIZE - 1 || first > (longest >> doublings);
      return Duration.ofNanos(beyond ? longest : first << doublings);
    }
  }

  /** Down until an operator says otherwise. */
  record StayDown() implements GiveUp {}

  /** The supervisor gives up with it, as in Erlang/OTP. */
  record Escalate() implements GiveUp {}

  /** A minute, doubling up to an hour. */
  static GiveUp quarantine() {
    return new Quarantine(Duration.ofMinutes(1), Duration.ofHours(1));
  }

  /** Quarantine with the given first and longest pause. */
  static GiveUp quarantine(Duration pause, Duration pauseMax) {
    return new Quarantine(pause, pauseMax);
  }

  /** Down until an operator says otherwise. */
  static GiveUp stayDown() {
    return new StayDown();
  }

  /** The supervisor gives up with it. */
  static GiveUp escalate() {
    return new Escalate();
  }
}
